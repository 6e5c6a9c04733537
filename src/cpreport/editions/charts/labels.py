"""Labels at the ends of lines: what is on each of their lines, and where they stand so that none covers another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from cpreport.editions.widths import Look, set_for_breaks, width_of

_SPACES = re.compile("[ \t\r\n]+")


def wrapped(text: str, look: Look, width: float) -> list[str]:
    """The words of a text on as many lines as they need in a width in twips; a longer word stands alone.

    Months such as `Jul 22` do not break.
    """
    lines: list[str] = []
    for word in map(_as_typed, filter(None, _SPACES.split(set_for_breaks(text)))):
        longer = f"{lines[-1]} {word}" if lines else word
        lines[-1:] = [longer] if not lines or width_of(longer, look) <= width else [lines[-1], word]
    return lines


def _as_typed(word: str) -> str:
    """A word that stands on one line without the characters that kept it together."""
    return " ".join(word.replace("\u2011", "-").split())


def kept_apart(wished: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """The centres of labels of these heights, as near to those that are wished as can be without one over another.

    They stand between `low` and `high`, in the order of the wished ones; beyond `high` only where there is no room.
    Least squares under an order: Barlow and others, Statistical Inference under Order Restrictions, 1972, p. 13
    (pool adjacent violators).
    """
    order = sorted(range(len(wished)), key=lambda place: wished[place])
    tall = [heights[place] for place in order]
    stacked = list(accumulate(((one + next) / 2 for one, next in pairwise(tall)), initial=0.0))
    pools: list[tuple[float, int]] = []
    for place, above in zip(order, stacked, strict=False):
        mean, size = wished[place] - above, 1
        while pools and pools[-1][0] >= mean:
            other, others = pools.pop()
            mean, size = (mean * size + other * others) / (size + others), size + others
        pools.append((mean, size))
    least = low + tall[0] / 2 if tall else low
    most = max(least, high - stacked[-1] - tall[-1] / 2) if tall else high
    starts = [min(max(mean, least), most) for mean, size in pools for _ in range(size)]
    centres = dict(zip(order, map(sum, zip(starts, stacked, strict=False)), strict=True))
    return [centres[place] for place in range(len(wished))]
