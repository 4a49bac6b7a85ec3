"""Alembic's environment: runs the migrations on the connection that database.py hands in."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,  # an update that is killed half way leaves the case as it was
    render_as_batch=True,  # SQLite can alter a column only by copying its table
)
with context.begin_transaction():
    context.run_migrations()
