"""Which kept cases (S16) are like the fault that is being reported."""

from collections.abc import Iterable
from typing import TypeVar

from dispatch_tui.domain.tokens import tokens

Kept = TypeVar("Kept")

LEAST_TOKENS, LEAST_SHARE = 2, 0.3
"""So much of what is said must stand in a case for it to be like it."""

SAME_MODEL = 1.5
"""How much more a case of the very same model counts."""


def similar(
    fault: str, model: str, cases: Iterable[tuple[Kept, str, str]], most: int = 2
) -> list[Kept]:
    """Return the cases that are like what is said, the likest first, at most so many.

    Each case comes with the words of its symptom and the model of its device.
    """
    said = set(tokens(fault))
    if len(said) < LEAST_TOKENS:
        return []
    found = []
    for place, (case, words, of_model) in enumerate(cases):
        common = said & set(tokens(words))
        share = len(common) / len(said)
        if len(common) >= LEAST_TOKENS and share >= LEAST_SHARE:
            score = share * (SAME_MODEL if model and model == of_model else 1)
            found.append((-score, place, case))
    return [case for _, _, case in sorted(found, key=lambda one: one[:2])[:most]]
