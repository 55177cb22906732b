"""What every form does with what is typed: it is kept as a draft, and saved as one command."""

import contextlib
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from uuid import uuid4

import msgspec
from textual.binding import Binding, BindingType

from dispatch_tui.console.screens.drafting import DraftKeeper
from dispatch_tui.console.screens.fields import MISSING, FieldScreen
from dispatch_tui.console.widgets.field import FieldRow
from dispatch_tui.desk.views import Done
from dispatch_tui.domain.errors import DispatchError, InvalidInput
from dispatch_tui.domain.message import N_

KEY, ASIDE = "key", "aside"
"""Names in a draft, beside those of its fields: the command's key, and another draft."""
SLOW_SECONDS = 0.4
"""A save that takes longer than this says that it is under way."""


class EditScreen(FieldScreen):
    """A form: what is typed is kept, and it closes on the acknowledgement of its command.

    Its key is made when it opens and is kept for every retry, so that trying again is harmless.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+g", "save", show=False),
        Binding("ctrl+n", "afresh", show=False),
    ]

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form = form
        self.key = uuid4().hex
        self._tried: Mapping[str, str] | None = None
        self._saving = False
        self._aside: Mapping[str, str] = {}
        self._keeper = DraftKeeper(self._keep, self._draft_trouble)

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
        self.align()
        try:
            draft = await self.app.desk.draft(self.form)
        except DispatchError as error:
            self.tell(self.say(error.message))
            return
        if draft is not None and self.standing:
            self._bring_back(*draft)

    def _bring_back(self, state: dict[str, str], at: datetime) -> None:
        """Show a draft, or set it aside where somebody is typing already."""
        aside = state.pop(ASIDE, "")
        if self.typed:
            self._aside = state
            self.tell(
                self.say(N_("Draft of {at} set aside - ctrl+n brings it back"), at=at), "accent"
            )
            return
        self._aside = msgspec.json.decode(aside, type=dict[str, str]) if aside else {}
        self._fill(state)
        self.tell(self.say(N_("Draft of {at} restored - ctrl+n starts afresh"), at=at), "accent")

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
        """Whether there is anything to keep."""
        return any(self.body().values())

    async def _keep(self, body: Mapping[str, str]) -> None:
        await self.app.write(lambda: self.app.desk.save_draft(self.form, body))

    def _draft_trouble(self, error: DispatchError) -> None:
        self.tell(self.say(error.message), "near")

    async def on_unmount(self) -> None:
        """Keep what is not kept yet: the terminal may be going away."""
        await self._keeper.flush()

    def action_afresh(self) -> None:
        """Set aside what stands in the form, and bring back what was set aside before."""
        self._aside, back = self._state(), self._aside
        self._fill(back)
        if back:
            self.tell(self.say(N_("Brought back - ctrl+n goes to the other one")), "accent")
        elif self._aside:
            self.tell(self.say(N_("Afresh - ctrl+n brings the draft back")), "accent")
        self.keep_draft()

    def action_back(self) -> None:
        """Go back; what was typed is kept and will be offered again."""
        if self._saving:
            return
        if self.typed and self.app.main is not None:
            self.app.main.tell(N_("Not saved. The draft is kept for the next time."))
        self.dismiss(None)

    # Saving

    def action_save(self) -> None:
        """Save, if nothing is missing."""
        if self._saving:
            return
        for field in self.fields:
            if self.refuse_time(field):
                self.go_to(field)
                return
        if missing := self.missing():
            self.fields[missing].refuse(self.say(MISSING, field=missing))
            self.go_to(missing)
            return
        self._saving = True
        self._keeper.hold()
        self.run_worker(self._save(), group="save")

    async def _save(self) -> None:
        slow = self.set_timer(SLOW_SECONDS, lambda: self.tell(self.say(N_("Saving ...")), "muted"))
        body = self.body()
        try:
            done = await self.commit()
        except DispatchError as error:
            self._saving = False
            self._tried = body
            self._keeper.resume()
            await self.refused(error)
            return
        finally:
            slow.stop()
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
