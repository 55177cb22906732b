"""From a report file to its page: head, ten sections, amendments, signatures, foot."""

from collections.abc import Callable, Iterator
from datetime import datetime

from msgspec.structs import replace

from dispatch_tui.domain.message import N_
from dispatch_tui.domain.report import KEPT_YEARS, Amendment, ReportFile, ServiceReport
from dispatch_tui.domain.sections import ReportState, Section
from dispatch_tui.reports.course import course
from dispatch_tui.reports.facts import call, customer, device, fault
from dispatch_tui.reports.outcome import outcome
from dispatch_tui.reports.page import EMPTY, Block, Change, Page, Row, Signature
from dispatch_tui.reports.work import away, parts, tests, work
from dispatch_tui.reports.writer import Writer, text, zone_of
from dispatch_tui.words.speaker import Speaker

_BLOCKS: dict[Section, Callable[[ServiceReport, Writer], Block]] = {
    Section.DEVICE: device,
    Section.CUSTOMER: customer,
    Section.CALL: call,
    Section.COURSE: course,
    Section.FAULT: fault,
    Section.WORK: work,
    Section.PARTS: parts,
    Section.TESTS: tests,
    Section.AWAY: away,
    Section.OUTCOME: outcome,
}
_STATES = {
    ReportState.DRAFT: N_("DRAFT - not valid"),
    ReportState.FINAL: N_("Final, not signed yet"),
    ReportState.SIGNED: N_("Final and signed"),
}
_PAIR = N_("{label}: {value}")
_TAMPERED = N_("NOT VALID - text was changed")


def page_of(file: ReportFile, speaker: Speaker) -> Page:
    """Return the page of a report, in the words of a speaker and the report's own zone."""
    writer = Writer(speaker, zone_of(file.report, speaker.zone))
    translate = speaker.translate
    blocks = tuple(_blocks(file, writer))
    state = translate(_TAMPERED if file.finding else _STATES[file.state])
    title = translate(N_("Service report"))
    before, between, after = (
        translate(N_("Page {page} of {pages}")).replace("{pages}", "{page}").split("{page}")
    )
    return Page(
        language=speaker.language.replace("_", "-"),
        pair=translate(_PAIR),
        title=title,
        number=file.report.number,
        state=state,
        head=tuple(_head(file, writer)),
        warning=_warning(file, writer),
        lacking=tuple(translate(one) for one in file.lacking),
        blocks=blocks,
        changes_title=translate(N_("Amendments")),
        changes=tuple(_change(one, file, blocks, writer) for one in file.amendments),
        signatures_title=translate(N_("Signatures")),
        signatures=() if file.state is ReportState.DRAFT else tuple(_signatures(file, writer)),
        closing=tuple(_closing(file, writer)),
        foot=" · ".join(filter(None, (title, file.report.number, state, file.hash))),
        paging=(before, between, after),
    )


def _blocks(file: ReportFile, writer: Writer) -> Iterator[Block]:
    for no, section in enumerate(Section, start=1):
        block = _BLOCKS[section](file.report, writer)
        nos = [str(one.no) for one in file.amendments if one.section is section]
        amended = ""
        if nos:
            amended = writer.say(N_("amended: see {nos} below"), nos=writer.speaker.listed(nos))
        yield replace(block, no=no, title=writer.label(section), amended=amended)


def _head(file: ReportFile, writer: Writer) -> Iterator[Row]:
    if file.no > 1:
        yield writer.row(N_("Report on this ticket, no."), str(file.no))
    if file.finished_at is not None:
        yield writer.row(N_("Made final"), _by(file.finished_at, file.finished_by, writer))
    if file.signed_at is not None:
        yield writer.row(N_("Signed"), _by(file.signed_at, file.signed_by, writer))


def _by(at: datetime, who: str, writer: Writer) -> str:
    return writer.say(N_("{at}, {by}"), at=writer.time(at), by=who)


def _warning(file: ReportFile, writer: Writer) -> str:
    """What stands at the head of a report that must not be taken for a valid one."""
    if file.finding is not None:
        return writer.speaker.say(file.finding)
    if file.state is not ReportState.DRAFT:
        return ""
    if file.lacking:
        return writer.say(N_("This report is a draft. Before it can be final it lacks:"))
    return writer.say(N_("This report is a draft. Nothing is lacking: it can be made final."))


def _change(one: Amendment, file: ReportFile, blocks: tuple[Block, ...], writer: Writer) -> Change:
    block = next(block for block in blocks if block.section is one.section)
    told = _by(one.at, one.by, writer)
    if file.signed_at is not None and one.at > file.signed_at:
        told = writer.say(N_("{told}, after the customer had signed"), told=told)
    earlier = [
        writer.say(N_("Amendment {no}: {text}"), no=before.no, text=text(before.text))
        for before in file.amendments
        if before.section is one.section and before.no < one.no
    ]
    return Change(
        title=writer.say(
            N_("Amendment {no} of section {section}, {title}"),
            no=one.no,
            section=block.no,
            title=block.title,
        ),
        told=told,
        was_title=writer.say(N_("As it was")),
        was=(*_lines(block, writer), *earlier),
        now_title=writer.say(N_("As amended")),
        now=text(one.text),
    )


def _lines(block: Block, writer: Writer) -> Iterator[str]:
    """What a section says, a line for each of its values."""
    for row in block.rows:
        yield writer.say(_PAIR, label=row.label, value=row.value)
    for table in block.tables:
        if block.titled:
            yield table.title
        for cells in table.rows:
            yield " · ".join(cell for cell in cells if cell != EMPTY)
    yield from block.notes


def _signatures(file: ReportFile, writer: Writer) -> Iterator[Signature]:
    """The boxes; what is not known yet is left to be filled in by hand."""
    signed_at = writer.time(file.signed_at) if file.signed_at else ""
    yield Signature(
        title=writer.say(N_("For the customer")),
        rows=(
            writer.blank(N_("Name"), file.signed_by),
            writer.blank(N_("Position"), file.position),
            writer.blank(N_("Signed at"), signed_at),
            writer.blank(N_("Signature, stamp")),
        ),
    )
    yield Signature(
        title=writer.say(N_("For the service company")),
        rows=(
            writer.blank(N_("Name"), writer.speaker.listed(file.report.engineers)),
            writer.blank(N_("Made final by"), file.finished_by),
            writer.blank(N_("Signed at")),
            writer.blank(N_("Signature, stamp")),
        ),
    )


def _closing(file: ReportFile, writer: Writer) -> Iterator[str]:
    if file.hash:
        yield writer.say(N_("SHA-256 of the text of this report: {hash}"), hash=file.hash)
        yield writer.say(
            N_("What is final is never changed: amendments stand beside what they amend.")
        )
    yield writer.say(
        N_("To be kept until {years} years after the end of the device's life."), years=KEPT_YEARS
    )
    zone = file.report.zone or EMPTY
    yield writer.say(N_("All times are those of {zone}, with their offset from UTC."), zone=zone)
