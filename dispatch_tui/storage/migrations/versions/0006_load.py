"""What ended when, with when it was reported: the queue at any time is answered by the index."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Put the wider index in the place of the one on the end alone."""
    op.drop_index(op.f("ix_tickets_ended_at"), "tickets")
    op.create_index("ix_tickets_ended", "tickets", ["ended_at", "reported_at"])
