"""What the tags of a narrative print, as far as that can be told without running them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from cpreport.model.period import Period, Terms
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.summary import low, peak
from cpreport.model.tags import parts_of
from cpreport.model.timeline import Figures, Timeline

_TAG = re.compile(r"\{\{[-+]?(.*?)[-+]?\}\}", re.DOTALL)
_SET = re.compile(r"\{%[-+]?\s*set\s+(\w+)\s*=(.*?)[-+]?%\}", re.DOTALL)
_INDICATOR = re.compile(r"""indicator\(\s*["'](?P<id>[^"']+)["']\s*\)(?P<path>.*)""", re.DOTALL)
_VARIABLE = re.compile(r"(?P<name>\w+)(?P<path>(?:\..*)?)", re.DOTALL)
_STEP = re.compile(r"""\.(\w+)(?:\(\s*(?:\w+\s*=\s*)?["']?([^"')]*)["']?\s*\))?""")


@dataclass(frozen=True, slots=True)
class Tag:
    """What a tag is of: an indicator (None where that cannot be told) and the steps that lead from it to what prints.

    `steps` are pairs of a name and an argument, e.g. (("at", "May 23"), ("count", "")).
    """

    timeline: Timeline | None = None
    steps: tuple[tuple[str, str], ...] = ()
    text: str = ""
    """What it prints where that is a period's name; else empty."""
    source: str = ""
    """As it is typed."""


class TagReader:
    """Reads the tags of a passage in order; `set` binds names as it goes."""

    def __init__(self, figures: Figures, now: Period, terms: Terms) -> None:
        self._figures = figures
        self._now = now
        self._terms = terms
        self._bound: dict[str, str] = {}

    def bind(self, source: str) -> None:
        """Takes notice of the names that a text's tags set."""
        for tag in islice(parts_of(source), 1, None, 2):
            if found := _SET.fullmatch(tag):
                self._bound[found[1]] = self._resolved(found[2])

    def read(self, tag: str) -> Tag:
        """What a tag that prints is of."""
        found = _TAG.fullmatch(tag)
        expression = self._resolved(found[1]) if found else ""
        if expression in ("period", "period.label"):
            return Tag(text=self._now.label, source=tag)
        known = _INDICATOR.fullmatch(expression)
        timeline = self._figures.timelines.get(known["id"]) if known else None
        if known is None or timeline is None or _STEP.sub("", known["path"]).strip():
            return Tag(timeline, source=tag)
        steps = tuple(_STEP.findall(known["path"]))
        return Tag(timeline, steps, self._period_text(timeline, steps), tag)

    def _resolved(self, expression: str) -> str:
        found = _VARIABLE.fullmatch(expression.strip())
        if found and found["name"] in self._bound:
            return self._bound[found["name"]] + found["path"]
        return expression.strip()

    def _period_text(self, timeline: Timeline, steps: tuple[tuple[str, str], ...]) -> str:
        names = [name for name, _ in steps]
        if names[-1:] == ["label"]:
            names = names[:-1]
        if names[-1:] != ["period"]:
            return ""
        when = period_of(timeline, steps, self._terms)
        return when.label if when else ""


def period_of(timeline: Timeline, steps: tuple[tuple[str, str], ...], terms: Terms) -> Period | None:
    """The period of the figure that steps lead to; None where they lead to none or to a mean."""
    match steps[:1]:
        case (("now", _),):
            return timeline.now
        case (("previous", _),):
            return timeline.now.shift(-1)
        case (("year_ago", _),):
            return timeline.now.year_earlier()
        case (("at", text),):
            try:
                return parse_period(text, terms)
            except NotAPeriod:
                return None
        case (("peak" | "low" as name, number),) if number.isdigit():
            extreme = peak if name == "peak" else low
            found = extreme(timeline.last(min(int(number), 600), timeline.now))
            return found.period if found else None
    return None
