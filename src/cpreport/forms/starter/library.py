"""Indicators that a report takes from its library when it is asked to: they stand in a section of their own."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from itertools import count

from cpreport.model.errors import UsageError
from cpreport.model.finding import nearest
from cpreport.model.folder import ReportFolder

_ID, _TITLE = "further-indicators", "Further indicators"


def check_wanted(wanted: Sequence[str], plan: ReportFolder, library: Sequence[str]) -> None:
    """Raises UsageError for a name that neither the report has nor the library offers."""
    for name in wanted:
        if name not in {*plan.indicators, *library}:
            near = nearest(name, [*library, *plan.indicators])
            raise UsageError(f"--with: the indicator library has no {name!r}{near}")


def with_further_indicators(text: str, plan: ReportFolder, wanted: Sequence[str]) -> str:
    """report.toml's text with a section of the wanted indicators that no section shows, as it is if there are none.

    The section stands before those at the end that have no indicators, such as a glossary. Raises UsageError where
    report.toml lists its sections in a way that cannot be added to.
    """
    shown = {name for section in plan.sections for name in section.indicators}
    if not (names := [name for name in dict.fromkeys(wanted) if name not in shown]):
        return text
    place = max((number for number, each in enumerate(plan.sections, start=1) if each.indicators), default=0)
    taken = {section.id for section in plan.sections}
    number = next(number for number in count(1) if f"{_ID}{_after(number)}" not in taken)
    section = {"id": f"{_ID}{_after(number)}", "title": f"{_TITLE}{_after(number, ' ')}", "indicators": names}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in section.items()]
    known, rows = tomllib.loads(text), text.rstrip("\n").split("\n")
    goal = {**known, "sections": [*known["sections"][:place], section, *known["sections"][place:]]}
    for at in [number for number, row in enumerate(rows) if "sections" in row] + [len(rows)]:
        gap = [""] if at == len(rows) else []
        changed = "\n".join([*rows[:at], *gap, "[[sections]]", *lines, "", *rows[at:]])
        with suppress(tomllib.TOMLDecodeError):
            if tomllib.loads(changed) == goal:
                return changed.rstrip("\n") + "\n"
    raise UsageError("report.toml lists its sections in a way that --with cannot add to: begin each with [[sections]]")


def _after(number: int, sign: str = "-") -> str:
    """What tells a name from earlier ones; nothing after the first."""
    return f"{sign}{number}" if number > 1 else ""
