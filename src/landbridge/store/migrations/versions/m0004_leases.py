"""Servers that are at work, and which of them holds a job."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "servers",
        sa.Column("server_id", sa.String(32), primary_key=True),
        sa.Column("machine", sa.String(200), nullable=False, server_default=""),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("until_ms", sa.BigInteger, nullable=False),
    )
    op.add_column("jobs", sa.Column("server_id", sa.String(32)))


def downgrade() -> None:
    op.drop_column("jobs", "server_id")
    op.drop_table("servers")
