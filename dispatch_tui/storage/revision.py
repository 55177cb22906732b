"""Which schema this version of the program works on."""

HEAD = "0006"
"""The newest migration; a test compares it with the scripts."""

VERSIONS = "alembic_version"
"""The table in which a database says which migration it has."""
