"""The regular call to a customer (S8): what was said, and when the next one is due."""

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from dispatch_tui.console.screens.dialog import BACK
from dispatch_tui.console.screens.editing import EditScreen
from dispatch_tui.console.widgets.field import FieldRow
from dispatch_tui.console.widgets.inputs import TextInput
from dispatch_tui.console.widgets.pick import PickList
from dispatch_tui.desk.views import Done
from dispatch_tui.domain.files import Customer
from dispatch_tui.domain.message import N_

WORDS = "words"


class RegularCall(EditScreen):
    """One field for what the customer said."""

    AUTO_FOCUS = "TextInput"

    def __init__(self, customer: Customer) -> None:
        super().__init__(f"called:{customer.code}")
        self._customer = customer

    def compose_body(self) -> ComposeResult:
        """Make the field."""
        with VerticalScroll(id="fields", can_focus=False):
            label = self.app.speaker.translate(N_("In the customer's words"))
            yield FieldRow(WORDS, label, TextInput("", field=WORDS))
        yield PickList()

    async def on_mount(self) -> None:
        """Say when the next one is due."""
        if days := self._customer.call_every_days:
            self.tell(self.say(N_("The next one is due in {days} days."), days=days), "muted")

    def draw_words(self) -> None:
        """Draw all that is said."""
        super().draw_words()
        customer = self._customer
        self.head(self.say(N_("Regular call")), customer.short_name or customer.name)
        self.keys([self.hint("form-save"), BACK])

    def body(self) -> dict[str, str]:
        """Return what was typed."""
        return {WORDS: self.value(WORDS)}

    def restore(self, body: Mapping[str, str]) -> None:
        """Put back what a draft held."""
        self.put(WORDS, body.get(WORDS, ""))

    def missing(self) -> str:
        """Words are needed: a call without any was none."""
        return "" if self.value(WORDS).strip() else WORDS

    async def commit(self) -> Done:
        """Note the call."""
        code, words, key = self._customer.code, self.value(WORDS), self.key
        await self.app.write(lambda: self.app.desk.call_made(code, words, retry_key=key))
        return Done(number=code, version=0)
