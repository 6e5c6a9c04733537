"""What a starter folder's TOML files say, if the report that they are copied from does not: settings and targets."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from pathlib import Path

from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Measure, Polarity

_SETTINGS = Path(__file__).with_name("settings.toml")
_EXAMPLE_TARGETS = {Polarity.HIGH: 90, Polarity.LOW: 10}


def with_settings(text: str) -> str:
    """report.toml's text with the settings that a board has to confirm written out, but for tables that it has."""
    given = tomllib.loads(text).keys()
    tables = _SETTINGS.read_text("utf-8").rstrip("\n").split("\n\n")
    missing = [table for table in tables if given.isdisjoint(tomllib.loads(table))]
    return "\n\n".join([text.rstrip("\n"), *missing]) + "\n"


def with_example_targets(text: str, plan: ReportFolder) -> str:
    """indicators.toml's text with a target of the first percentage of each polarity, if no indicator has targets.

    Where a line cannot be added to an indicator's table it has none.
    """
    if any(each.targets or each.profile for each in plan.indicators.values()):
        return text
    shown = (plan.indicators[name] for section in plan.sections for name in section.indicators)
    found = [each for each in shown if each.measure is Measure.PERCENTAGE and each.cumulative is None]
    for polarity, target in _EXAMPLE_TARGETS.items():
        name = next((each.id for each in found if each.polarity is polarity), "")
        text = _with_target(text, name, target)
    return text


def _with_target(text: str, name: str, target: int) -> str:
    """The text with a target on a line below an indicator's id; as it was where that is not possible."""
    entries, lines = tomllib.loads(text).get("indicators", []), text.split("\n")
    wanted = [{**entry, "target": target} if entry["id"] == name else entry for entry in entries]
    line = f"target = {target}  # EXAMPLE: write your board's own target, or remove this line"
    for below in (number for number, known in enumerate(lines, start=1) if name in known):
        changed = "\n".join([*lines[:below], line, *lines[below:]])
        with suppress(tomllib.TOMLDecodeError):
            if tomllib.loads(changed).get("indicators") == wanted != entries:
                return changed
    return text
