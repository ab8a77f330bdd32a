"""Alembic's entry: runs the changes on the connection that the engine hands over."""

from alembic import context

from landbridge.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
