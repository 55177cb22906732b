"""Runs the migrations on the connection that `storage.migrate` hands over."""

from alembic import context

from dispatch_tui.storage.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
context.run_migrations()
