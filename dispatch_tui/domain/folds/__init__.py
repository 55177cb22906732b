"""What each kind of entry does to a ticket."""

from dispatch_tui.domain import events as e
from dispatch_tui.domain.folds import away, calls, complaint, ending, repair, visits
from dispatch_tui.domain.folds.base import Fold

FOLDS: dict[type[e.Event], Fold] = {
    kind: fold
    for part in (calls, visits, repair, away, ending, complaint)
    for kind, fold in part.FOLDS.items()
}
"""By kind of entry; those that only stand in the journal are left out."""
