"""Examples of the rules about what narratives say about figures."""

from __future__ import annotations

from ..example_month import Replaced
from .example import Example

_CARE = {"Narrative!C2": "604 children were in care."}
_UNKNOWN: dict[str, object] = {"Data!F2": "[x]"}
_ROSE: dict[str, object] = {"Narrative!C2": "The number of children in care rose."}
_TARGET: dict[str, object] = {
    "indicators.toml": Replaced('title = "Health checks"', 'title = "Health checks"\ntarget = 97')
}
_MARKED = {"Marks!A3": "moves", "Marks!B3": "Jul 23", "Marks!D3": "[c]"}
_NEXT = {"Narrative!A3": "care", "Narrative!B3": "next"}
_WORSE = {
    "report.toml": Replaced('"waits"]', '"waits"]\nslots = [{ id = "good", title = "What went well" }]'),
    "indicators.toml": Replaced('title = "Contacts"', 'title = "Contacts"\npolarity = "low"\nkind = "flow"'),
    "Data – history!P2": 640,
    "Narrative!A3": "history",
    "Narrative!B3": "good",
}
_DOUBTED = {"Narrative!C2": "614 children were in care."}
_ROWS = "sentence,figure,name,reason\n614 children were in care.,{figure},{name},counted on 2 August\n"
_HELD = '"Children in care, Jul 23: 61.6 (604/98,050)"'

EXAMPLES = {
    "narrative.number-disagrees": Example(
        {"Narrative!C2": "614 children were in care."},
        "Narrative!C2",
        _CARE,
    ),
    "narrative.period-disagrees": Example(
        {"Narrative!C2": "610 children were in care."},
        "Narrative!C2",
        {"Narrative!C2": "610 children were in care in June."},
    ),
    "narrative.swapped": Example(
        {"Narrative!C2": "1,281 children were in care."},
        "Narrative!C2",
        _CARE,
    ),
    "narrative.target-disagrees": Example(
        {**_TARGET, "Narrative!C2": "Health checks are below the target."},
        "Narrative!C2",
        {**_TARGET, "Narrative!C2": "Health checks are above the target."},
    ),
    "narrative.rank-disagrees": Example(
        {"Narrative!C2": "Children in care are the highest since April."},
        "Narrative!C2",
        {"Narrative!C2": "Children in care are the highest since June."},
    ),
    "narrative.confidential-number": Example(
        {"Narrative!C2": "There were 1,281 moves in July.", **_MARKED},
        "Narrative!C2",
        {"Narrative!C2": "There were 1,280 moves in June.", **_MARKED},
    ),
    "narrative.direction-disagrees": Example(
        {"Narrative!C2": "The number of children in care rose to {{ indicator('rate').now.count }}."},
        "Narrative!C2",
        {"Narrative!C2": "The number of children in care fell to {{ indicator('rate').now.count }}."},
    ),
    "narrative.number-unchecked": Example(
        {"Narrative!C2": "We trained 14 staff."},
        "Narrative!C2",
        {"Narrative!C2": "We trained our staff on 14 July."},
    ),
    "narrative.could-be-computed": Example(
        _CARE,
        "Narrative!C2",
        {"Narrative!C2": "{{ indicator('rate').now.count }} children were in care."},
    ),
    "narrative.sentences-disagree": Example(
        {**_UNKNOWN, **_ROSE, **_NEXT, "Narrative!C3": "The number of children in care fell."},
        "Narrative!C3",
        {**_UNKNOWN, **_ROSE, **_NEXT, "Narrative!C3": "The number of children in care rose again."},
    ),
    "narrative.worse-unmentioned": Example(
        {**_WORSE, "Narrative!C3": "Dental checks went well."},
        silent={**_WORSE, "Narrative!C3": "Contacts were many, as a new school opened."},
    ),
    "narrative.accepted-columns": Example(
        {"narrative/2023-07/accepted.csv": "sentence,figure,name\n"},
        "accepted.csv line 1",
        {"narrative/2023-07/accepted.csv": "Sentence;Figure;Name;Reason\n"},
    ),
    "narrative.accepted-no-text": Example(
        {"narrative/2023-07/accepted.csv": b"PK\x03\x04"},
        "accepted.csv",
        {"narrative/2023-07/accepted.csv": "sentence,figure,name,reason\n"},
    ),
    "narrative.accepted-incomplete": Example(
        {**_DOUBTED, "narrative/2023-07/accepted.csv": _ROWS.format(figure=_HELD, name="")},
        "accepted.csv line 2",
        {**_DOUBTED, "narrative/2023-07/accepted.csv": _ROWS.format(figure=_HELD, name="Ann Lee")},
    ),
    "narrative.acceptance-lapsed": Example(
        {**_DOUBTED, "narrative/2023-07/accepted.csv": _ROWS.format(figure="61.2 (600)", name="Ann Lee")},
        "accepted.csv line 2",
        {**_DOUBTED, "narrative/2023-07/accepted.csv": _ROWS.format(figure=_HELD, name="Ann Lee")},
    ),
}
