"""What every form does with what is typed: it is kept as a draft, and saved as one command."""

import asyncio
import contextlib
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

import msgspec
from textual.binding import BindingType
from textual.worker import WorkerError

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.forms import FORM, WRITING
from dispatch_tui.console.screens.drafting import DraftKeeper
from dispatch_tui.console.screens.fields import MISSING, FieldScreen
from dispatch_tui.console.screens.slow_save import SlowSave
from dispatch_tui.console.widgets.field import FieldRow
from dispatch_tui.desk.views import Done
from dispatch_tui.domain.errors import DispatchError, InvalidInput
from dispatch_tui.domain.message import N_

if TYPE_CHECKING:
    from dispatch_tui.console.app import DispatchApp

KEY, ASIDE = "key", "aside"
"""Names in a draft, beside those of its fields: the command's key, and another draft."""
RECALL_SECONDS = 0.15
"""So long a form waits for its draft before it takes keys; one that comes later is set aside."""

QUICK_SECONDS = 0.12
"""So long keys wait for a save, so that they go to what is there after it."""

FLUSH_SECONDS = 0.1
"""So long a form that closes waits until its draft is kept; that goes on after it."""


class EditScreen(FieldScreen):
    """A form: what is typed is kept, and it closes on the acknowledgement of its command.

    Its key is made when it opens and is kept for every retry, so that trying again is harmless.
    """

    PLACE = FORM
    BINDINGS: ClassVar[list[BindingType]] = bindings(WRITING)

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form = form
        self.key = uuid4().hex
        self._tried: Mapping[str, str] | None = None
        self._saving = False
        self._keys_wait = False
        self._aside: Mapping[str, str] = {}
        self._keeper = DraftKeeper(self._keep)
        self._save_of = SlowSave(self)

    # What a form says of itself

    def body(self) -> dict[str, str]:
        """Return all that a draft has to hold beside the key."""
        raise NotImplementedError

    def restore(self, body: Mapping[str, str]) -> None:
        """Put back what a draft held."""
        raise NotImplementedError

    async def commit(self) -> Done:
        """Give the command; raises what was refused."""
        raise NotImplementedError

    # The draft

    async def on_mount(self) -> None:
        """Align the labels and bring back what was being typed."""
        self.draw_words()
        keeper = DraftKeeper(partial(_keep_draft, self.app, self.form))
        self._keeper = self.app.keepers.setdefault(self.form, keeper)
        waiting = self._keeper.waiting
        self._keeper.begin(self._draft_trouble)
        if waiting is not None:
            self._bring_back(dict(waiting), self.app.now())
            return
        recalling = self.run_worker(self._recall(), group="recall")
        with contextlib.suppress(TimeoutError, WorkerError):
            async with asyncio.timeout(RECALL_SECONDS):
                await asyncio.shield(recalling.wait())

    async def _recall(self) -> None:
        try:
            draft = await self.app.desk.draft(self.form)
        except DispatchError as error:
            self.tell(self.say(error.message))
            return
        if draft is not None and self.standing:
            self._bring_back(*draft)

    def draw_words(self) -> None:
        """Draw all that is said; the labels have one width in each language."""
        self.align()

    def _bring_back(self, state: dict[str, str], at: datetime) -> None:
        """Show a draft, or set it aside where somebody is typing already."""
        aside, key = state.pop(ASIDE, ""), self.sign("form-afresh")
        if self.typed:
            self._aside = state
            self.tell(
                self.say(N_("Draft of {at} set aside - {key} brings it back"), at=at, key=key),
                "accent",
            )
            return
        self._aside = msgspec.json.decode(aside, type=dict[str, str]) if aside else {}
        self._fill(state)
        told = N_("Draft of {at} restored - {key} starts afresh")
        self.tell(self.say(told, at=at, key=key), "accent")

    def _fill(self, state: Mapping[str, str]) -> None:
        self.key = state.get(KEY) or uuid4().hex
        self.times.clear()
        for row in self.query(FieldRow):
            row.refuse("")
        self.restore(state)

    def _state(self) -> dict[str, str]:
        return {**self.body(), KEY: self.key} if self.typed else {}

    def keep_draft(self) -> None:
        """Keep what stands in the form, soon."""
        if self.standing and not self._saving:
            aside = {ASIDE: msgspec.json.encode(self._aside).decode()} if self._aside else {}
            self._keeper.keep({**self._state(), **aside})

    @property
    def draft_dropped(self) -> bool:
        """Whether the command itself drops the draft, in its own transaction."""
        return False

    @property
    def typed(self) -> bool:
        """Whether there is anything to keep; there is nothing before the fields are there."""
        return bool(self.query(FieldRow)) and any(self.body().values())

    async def _keep(self, body: Mapping[str, str]) -> None:
        await _keep_draft(self.app, self.form, body)

    def _draft_trouble(self, error: DispatchError | None) -> None:
        if error is not None:
            self.tell(self.say(error.message), "near")
        elif not self._saving:
            self.tell(self.say(N_("What you typed is kept again.")), "muted")

    async def on_unmount(self) -> None:
        """Keep what is not kept yet: the terminal may be going away."""
        self._keeper.leave()
        flushing = asyncio.create_task(self._keeper.flush(), name="draft")
        await asyncio.wait([flushing], timeout=None if self.app.leaving else FLUSH_SECONDS)
        self._forget_keeper()

    def _forget_keeper(self) -> None:
        """Let go of a keeper with which nothing waits any more."""
        if self._keeper.waiting is None and self.app.keepers.get(self.form) is self._keeper:
            del self.app.keepers[self.form]

    def action_afresh(self) -> None:
        """Set aside what stands in the form, and bring back what was set aside before."""
        self._aside, back = self._state(), self._aside
        self._fill(back)
        key = self.sign("form-afresh")
        if back:
            told = N_("Brought back - {key} goes to the other one")
            self.tell(self.say(told, key=key), "accent")
        elif self._aside:
            self.tell(self.say(N_("Afresh - {key} brings the draft back"), key=key), "accent")
        self.keep_draft()

    def action_back(self) -> None:
        """Go back; what was typed is kept and will be offered again.

        A save that takes long goes on, and the main screen says what became of it.
        """
        if self._saving:
            self._save_of.go_back(self._leave_saving)
            return
        if self.typed and self.app.main is not None:
            self.app.main.tell(N_("Not saved. The draft is kept for the next time."))
        self.dismiss(None)

    # Saving

    def action_save(self) -> None:
        """Save, if nothing is missing."""
        if not self._saving and self._complete():
            self.begin_saving()

    def _complete(self) -> bool:
        """Whether nothing is missing; what is missing is said and gone to."""
        for field in self.fields:
            if self.refuse_time(field):
                self.go_to(field)
                return False
        if missing := self.missing():
            row = self.fields[missing]
            row.refuse(self.say(MISSING, field=row.label))
            self.go_to(missing)
        return not missing

    def begin_saving(self) -> None:
        """Give the command, and take no other key for it meanwhile."""
        self._saving = True
        self._keeper.hold()
        self.gate.keep()
        self._keys_wait = True
        self.set_timer(QUICK_SECONDS, self._let_keys_go)
        self.app.run_worker(self._save_alone(), group="save")

    def _let_keys_go(self) -> None:
        """Let keys be typed again, once: the save is done, or takes longer than a key may."""
        if self._keys_wait:
            self._keys_wait = False
            self.gate.release(self)

    def _leave_saving(self) -> None:
        self._keeper.keep(self._state())  # held until it is known what became of the save
        self.dismiss(None)

    async def _save_alone(self) -> None:
        """Save; what is typed behind a quick save goes to whatever is there after it."""
        try:
            await self._save()
        finally:
            self._let_keys_go()

    async def _save(self) -> None:
        body = self.body()
        try:
            with self._save_of.under_way():
                done = await self.commit()
        except DispatchError as error:
            self._saving = False
            self._tried = body
            self._keeper.resume()
            if self.standing:
                await self.refused(error)
            else:
                self._save_of.tell_not_saved(error)
            return
        if done.repeated and body != self._tried:
            # The key belongs to an older save, such as that of the same draft in another terminal.
            self._saving = False
            self.key = uuid4().hex
            self._keeper.resume()
            self.tell(
                self.say(
                    N_(
                        "This was saved already, as {number}. "
                        "Enter saves it once more, Esc goes back."
                    ),
                    number=done.number,
                )
            )
            return
        self._keeper.forget()
        if self.standing:
            self.dismiss(done)
        else:
            self._keeper.resume()
            self._save_of.tell_saved(done)
            self._forget_keeper()
        if self._aside or not self.draft_dropped:
            with contextlib.suppress(DispatchError):  # the key guards a draft that stays
                await self._keep(self._aside)

    async def refused(self, error: DispatchError) -> None:
        """Say what was refused where it can be mended; what was typed stays."""
        sentence = self.say(error.message)
        field = error.field if isinstance(error, InvalidInput) else ""
        if field in self.fields:
            self.fields[field].refuse(sentence)
            self.go_to(field)
        else:
            self.tell(sentence)


async def _keep_draft(app: "DispatchApp", form: str, body: Mapping[str, str]) -> None:
    await app.write(lambda: app.desk.save_draft(form, body))
