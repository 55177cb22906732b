"""Text that a spreadsheet would take for a formula: written so that it shows as text, and back."""

QUOTE = "'"

_GUARDED = ("=", "+", "-", "@", "\t", "\r", QUOTE)
"""What begins a formula in a spreadsheet, and the quote that stands before it."""


def guarded(text: str) -> str:
    """Return the text of a cell as a CSV file holds it: a quote before what begins a formula."""
    return QUOTE + text if text.startswith(_GUARDED) else text


def unguarded(text: str) -> str:
    """Return the text of a cell without the quote that `guarded` put before it."""
    if text.startswith(QUOTE) and text.startswith(_GUARDED, 1):
        return text[1:]
    return text
