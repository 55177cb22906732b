"""Which schema this version of the program works on."""

HEAD = "0005"
"""The newest migration; a test compares it with the scripts."""

VERSIONS = "alembic_version"
"""The table in which a database says which migration it has."""
