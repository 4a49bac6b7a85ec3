"""Alembic's environment: runs the library's migrations on the connection it is handed."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,  # an update that is killed half way leaves the library as it was
    render_as_batch=True,  # SQLite can alter a column only by copying its table
)
with context.begin_transaction():
    context.run_migrations()
