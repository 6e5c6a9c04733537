"""Findings of many places in one, and places in words."""

from __future__ import annotations

from collections.abc import Sequence

from cpreport.model.finding import Finding, Place, Rule

MOST_NAMED = 3
"""How many places a finding names."""

LONGEST_QUOTE = 60


def found(rule: Rule, file: str, places: Sequence[str], line: int = 0) -> Finding:
    """One finding of all that is alike in a file: `table 1; table 2; table 5; and 12 more`.

    `line` is that of the first place, 0 where a file has none.
    """
    more = [f"and {len(places) - MOST_NAMED:,} more"] if places[MOST_NAMED:] else []
    return rule.at(Place(file=file, line=line), where="; ".join([*places[:MOST_NAMED], *more]))


def quoted(text: str) -> str:
    """A text's first words in quotes, on one line."""
    words = " ".join(text[: 4 * LONGEST_QUOTE].split())
    return f"'{words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + '…'}'"
