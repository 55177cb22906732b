"""Which schema this version of the program works on, and which rows it makes of a journal."""

from dispatch_tui.domain.fold import FOLD_VERSION
from dispatch_tui.domain.indexed import INDEX_VERSION

HEAD = "0007"
"""The newest migration; a test compares it with the scripts."""

VERSIONS = "alembic_version"
"""The table in which a database says which migration it has."""

SETTING = "fold"
"""Under which a database says by which fold its rows were made, and by which version its index."""

MADE_BY = f"{FOLD_VERSION}.{INDEX_VERSION}"
"""What this version says there."""
