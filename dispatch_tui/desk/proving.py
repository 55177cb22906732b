"""Proves that everything is found as it stands, and that nothing is found that is not there."""

from collections.abc import Iterator, Mapping

from dispatch_tui.domain.message import N_
from dispatch_tui.storage import proof, terms, texts
from dispatch_tui.storage.proof import Subject
from dispatch_tui.storage.records import Record
from dispatch_tui.storage.tickets import Connection, Folded

DIFFERS = N_("it is not found by what it says now")
_LOST = N_("words lead to what is not there, or are missing")
_TEXTS = N_("texts are found by what is not there, or are missing")
_INDEX = N_("the index of full texts is not what the texts give")


class IndexProof:
    """Adds up what the index must hold while subjects go by, and compares it in the end."""

    def __init__(self) -> None:
        self._terms = self._texts = self._sum = 0

    async def differing(
        self,
        connection: Connection,
        cases: Mapping[Subject, Folded],
        kept: Mapping[Subject, Record],
    ) -> set[Subject]:
        """Return the subjects of a batch that are not found as they are now."""
        wanted = {subject: texts.text_of_ticket(*case) for subject, case in cases.items()}
        for subject, record in kept.items():
            if (text := texts.text_of_record(record)) is not None:
                wanted[subject] = text
        stored = await texts.kept(connection, [one.id for one in wanted.values()])
        for text in wanted.values():
            self._texts += bool(text.words)
            self._sum += proof.text_sum(text.id, text.words)
        bad = {name for name, one in wanted.items() if stored.get(one.id, "") != one.words}
        return bad | await self._differing_terms(connection, kept)

    async def _differing_terms(
        self, connection: Connection, kept: Mapping[Subject, Record]
    ) -> set[Subject]:
        named = {name: one for name, one in kept.items() if isinstance(one, terms.Named)}
        stored = await terms.kept(connection, [terms.subject_of(one) for one in named.values()])
        bad = set()
        for name, record in named.items():
            wanted = terms.terms_of(record)
            self._terms += len(wanted)
            if stored[terms.subject_of(record)] != wanted:
                bad.add(name)
        return bad

    async def end(self, connection: Connection) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the index as a whole: the table, and a sentence."""
        size = await proof.index_size(connection)
        total = await proof.index_sum(connection)
        found = (
            ("terms", _LOST, size[0] == self._terms),
            ("texts", _TEXTS, size[1] == self._texts),
            ("texts_index", _INDEX, total in (None, self._sum)),
        )
        return ((table, sentence) for table, sentence, holds in found if not holds)
