"""Small audit files for tests: everything a test needs is seen whole in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from cpreport.model.audit import Audit, AuditedFigure, AuditedIndicator, AuditedText

EMPTY = Audit("0.1.0", "Report", "", "Jul 23", date(2023, 7, 31), "", "july-2023.xlsx")
WORDS = {"same": "1" * 64, "other": "2" * 64}


def indicator(id: str, newest: str = "Jul 23", *, title: str = "", formerly: str = "", **more: Any) -> AuditedIndicator:
    """`more` are keys of its definition, and the direction, target and status of its newest figure."""
    of_newest = {name: more.pop(name) for name in ("direction", "target", "status") if name in more}
    definition = {**more, **({"formerly": formerly} if formerly else {})}
    return AuditedIndicator(id, title or id.title(), definition, newest, **of_newest)


def figure(subject: str, period: str, text: str, value: float | None = None, **more: Any) -> AuditedFigure:
    """A figure of the section `care`; one without a value has its text as state."""
    exact = None if value is None else Fraction(str(value))
    state = more.pop("state", text if value is None else "present")
    return AuditedFigure("care", subject, subject.title(), text, exact, state, period)._replace(**more)


def audit(*parts: AuditedIndicator | AuditedFigure | AuditedText, period: str = "Jul 23", **more: Any) -> Audit:
    return replace(
        EMPTY,
        period=period,
        indicators=tuple(each for each in parts if isinstance(each, AuditedIndicator)),
        figures=tuple(each for each in parts if isinstance(each, AuditedFigure)),
        texts=tuple(each for each in parts if isinstance(each, AuditedText)),
        **more,
    )


def june(*parts: AuditedIndicator | AuditedFigure | AuditedText, **more: Any) -> Audit:
    return audit(*parts, period="Jun 23", **{"data_as_at": date(2023, 6, 30), **more})
