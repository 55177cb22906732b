"""The shortest ways of the cursor; places are (column, line), from 0."""

from functools import lru_cache


@lru_cache(maxsize=1024)
def move(here: tuple[int, int] | None, there: tuple[int, int]) -> str:
    """Return the shortest sequence that moves the cursor; None is an unknown place."""
    if here == there:
        return ""
    x, y = there
    ways = [_place(x, y)]
    if here is not None:
        down = _steps(y - here[1], "B", "A")
        ways += [
            down + _steps(x - here[0], "C", "D"),
            f"{down}\r" + _steps(x, "C", "D"),
        ]
    return min(ways, key=len)


def _place(x: int, y: int) -> str:
    if x:
        return f"\x1b[{y + 1};{x + 1}H" if y else f"\x1b[;{x + 1}H"
    return f"\x1b[{y + 1}H" if y else "\x1b[H"


def _steps(count: int, forth: str, back: str) -> str:
    if not count:
        return ""
    number = abs(count)
    return f"\x1b[{number if number > 1 else ''}{forth if count > 0 else back}"
