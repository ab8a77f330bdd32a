"""Saved plans are found by their question alone too, whoever asked it."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("plans_by_digest", "plans", ["question_digest"])


def downgrade() -> None:
    op.drop_index("plans_by_digest", "plans")
