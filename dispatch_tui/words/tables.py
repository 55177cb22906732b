"""The words for the tables that are brought in and taken out: "adds 3 devices"."""

from dispatch_tui.domain.message import N_

TABLES = {
    "stations": N_("stations"),
    "travel": N_("travel times"),
    "rotation": N_("rotation plans"),
    "staff": N_("people"),
    "skills": N_("certificates"),
    "groups": N_("members of groups"),
    "holidays": N_("holiday rosters"),
    "overrides": N_("overrides"),
    "customers": N_("customers"),
    "contacts": N_("contacts"),
    "devices": N_("devices"),
    "contracts": N_("contracts"),
    "parts": N_("parts"),
    "stock": N_("stocks of parts"),
    "tickets": N_("tickets"),
    "acts": N_("acts on tickets"),
}
"""By table."""
