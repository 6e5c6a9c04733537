"""What the judges say of a sentence: values, and the few ways to make one."""

from __future__ import annotations

from dataclasses import dataclass

from cpreport.checks.narrative.quoted.facts import Fact
from cpreport.checks.narrative.quoted.numbers import Number
from cpreport.model.finding import Rule
from cpreport.model.period import Period
from cpreport.model.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Judgement:
    """What comes of a number, or of words for a direction, from `start` to `end` of a sentence's text.

    `rule` is what is wrong, if anything can be told, and `held` what the report has. `fact` is what a number says
    rightly; `is_sure`: it is that one thing of the indicator only, and its clause names the indicator. `course` is
    where words say that the indicator went, since the period `since` where they compare it with one.
    """

    start: int
    end: int
    timeline: Timeline | None = None
    rule: Rule | None = None
    held: str = ""
    number: Number | None = None
    fact: Fact | None = None
    is_sure: bool = False
    course: str = ""
    since: Period | None = None
