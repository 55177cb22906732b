"""Opening what was found, whatever it is."""

from typing import TYPE_CHECKING

from dispatch_tui.console.screens.search import SearchScreen
from dispatch_tui.desk.views import Case, Hit
from dispatch_tui.domain.files import Device
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.query import Filter, literally

if TYPE_CHECKING:
    from dispatch_tui.console.app import DispatchApp


def open_found(app: "DispatchApp", found: Hit | Case | Staff) -> None:
    """Go to an open ticket, open a closed one or a file; of a colleague find the tickets."""
    match found:
        case Staff(login=login):
            app.push_screen(SearchScreen(f"{Filter.ENGINEER}:{literally(login)}"))
        case Case(number=number, is_open=is_open):
            (app.go_to_ticket if is_open else app.open_ticket)(number)
        case Hit(device=Device(id=device_id)):
            app.open_device(device_id)
        case Hit(customer=customer):
            app.open_customer(customer.code)
