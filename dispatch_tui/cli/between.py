"""Which programs stand between this one and the terminal that a person looks at."""

import os
from collections.abc import Mapping
from pathlib import Path

KNOWN = {
    "tmux": "tmux",
    "screen": "screen",
    "mosh-server": "mosh",
    "sshd": "sshd",
    "script": "script",
    "asciinema": "asciinema",
}
"""Names of processes as they begin, and what people call them."""
LOUD = {"TMUX": "tmux", "STY": "screen"}
"""Variables that say it where the processes are not to be seen."""
DEEPEST = 40


def between(environment: Mapping[str, str], processes: Path = Path("/proc")) -> tuple[str, ...]:
    """Return what is known to stand in between, the nearest first."""
    found = [KNOWN[one] for name in _above(processes) for one in KNOWN if name.startswith(one)]
    found += [name for variable, name in LOUD.items() if environment.get(variable)]
    return tuple(dict.fromkeys(found))


def _above(processes: Path) -> list[str]:
    """The names of the processes above this one, where the system tells them."""
    names: list[str] = []
    number = os.getppid()
    while number > 1 and len(names) < DEEPEST:
        try:
            stat = (processes / str(number) / "stat").read_text(errors="replace")
        except OSError:
            break
        name, _, rest = stat.partition("(")[2].rpartition(")")
        names.append(name.lower())
        number = int(rest.split()[1])
    return names
