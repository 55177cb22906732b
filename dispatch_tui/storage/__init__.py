"""The journal and the folded rows in SQLite or PostgreSQL; the only room that knows SQLAlchemy."""

from dispatch_tui.storage import driver

driver.stand_in_where_needed()
