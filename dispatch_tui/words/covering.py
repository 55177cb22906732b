"""What a device is covered by, and what the customer is charged, in words."""

from dispatch_tui.domain.message import N_
from dispatch_tui.domain.warranty import Coverage, Verdict
from dispatch_tui.words.speaker import Speaker

_COVERED = {
    Coverage.WARRANTY: N_("in warranty until {until}"),
    Coverage.CONTRACT: N_("under a service contract until {until}"),
    Coverage.NONE: N_("out of warranty since {until}"),
    Coverage.UNKNOWN: N_("warranty unknown: not accepted yet"),
}
_CHARGED = {
    Coverage.WARRANTY: N_("the customer is charged nothing"),
    Coverage.CONTRACT: N_("charged as the service contract says"),
    Coverage.NONE: N_("work and parts are charged"),
    Coverage.UNKNOWN: N_("find out before anything is charged"),
}


def covered(verdict: Verdict, speaker: Speaker) -> str:
    """Return the verdict as a sentence."""
    until = verdict.until.isoformat() if verdict.until else ""
    return speaker.say(_COVERED[verdict.coverage], until=until)


def charged(verdict: Verdict, speaker: Speaker) -> str:
    """Return what follows for the customer's bill."""
    return speaker.translate(_CHARGED[verdict.coverage])
