"""Who one is over SSH, who looks at what, and where everybody was."""

import sqlalchemy as sa
from alembic import op

from dispatch_tui.storage.types import UTCDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables of sessions, presence and keys."""
    op.create_table(
        "sessions",
        sa.Column("login", sa.String(80), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("saved_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("login", name=op.f("pk_sessions")),
    )
    op.create_table(
        "presence",
        sa.Column("console", sa.String(40), nullable=False),
        sa.Column("login", sa.String(80), nullable=False),
        sa.Column("ticket", sa.String(20), nullable=False),
        sa.Column("doing", sa.String(40), nullable=False),
        sa.Column("pressed_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("console", name=op.f("pk_presence")),
    )
    op.create_index(op.f("ix_presence_pressed_at"), "presence", ["pressed_at"])
    op.create_table(
        "staff_keys",
        sa.Column("fingerprint", sa.String(80), nullable=False),
        sa.Column("login", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("comment", sa.String(120), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["login"], ["staff.login"], name=op.f("fk_staff_keys_login_staff")),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_staff_keys")),
    )
    op.create_index(op.f("ix_staff_keys_login"), "staff_keys", ["login"])
