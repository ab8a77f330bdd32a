"""Changes of the server's tables, one after another, run by Alembic when the database is opened."""
