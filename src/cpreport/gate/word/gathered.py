"""What is found in a document, by rule, before it becomes findings."""

from __future__ import annotations

from collections import Counter

from cpreport.gate.places import found
from cpreport.model.finding import Finding, Rule


class Gathered:
    """The places of what is wrong, by rule, in the order in which they were found."""

    def __init__(self) -> None:
        self._places: dict[Rule, Counter[str]] = {}

    def add(self, rule: Rule, where: str) -> None:
        self._places.setdefault(rule, Counter())[where] += 1

    def findings(self, file: str) -> list[Finding]:
        """One finding for each rule."""
        return [found(rule, file, [_times(*each) for each in places.items()]) for rule, places in self._places.items()]


def _times(where: str, count: int) -> str:
    return where if count == 1 else f"{where} ({count} times)"
