"""What every rule has: a change of the example month that it finds, and a near miss."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..example_month import Change


@dataclass(frozen=True, slots=True)
class Example:
    """Two changes of the example month.

    After `fires` there is one finding of the rule, at the place that `at` names as `Data!F6`, `care.md line 2` or
    `care/next` (of a rule about two cells one at each, `Data!F6; Data!F7`); after `silent`, a near miss, none.
    """

    fires: Change
    at: str = ""
    silent: Change = field(default_factory=dict)
