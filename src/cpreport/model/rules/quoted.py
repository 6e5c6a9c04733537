"""Rules about what narratives say of figures: numbers, periods and directions."""

from __future__ import annotations

from cpreport.model.finding import Rule, Severity
from cpreport.model.rules.example import Replaced

_ACCEPT = "if it is right, accept it in accepted.csv beside the workbook"
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
    "indicators.toml": Replaced('title = "Contacts"', 'title = "Contacts"\npolarity = "low"'),
    "Data – history!P2": 640,
    "Narrative!A3": "history",
    "Narrative!B3": "good",
}

NUMBER_DISAGREES = Rule(
    "narrative.number-disagrees",
    Severity.WARNING,
    "A number disagrees with its indicator",
    "“{words}”: {indicator}, {held}",
    "Correct the number or print it with a tag; " + _ACCEPT,
    fires={"Narrative!C2": "614 children were in care."},
    where="Narrative!C2",
    silent=_CARE,
)
PERIOD_DISAGREES = Rule(
    "narrative.period-disagrees",
    Severity.WARNING,
    "A number is of another period than its sentence",
    "“{words}”: {indicator}, {held}",
    "Correct the number or the period; " + _ACCEPT,
    fires={"Narrative!C2": "610 children were in care."},
    where="Narrative!C2",
    silent={"Narrative!C2": "610 children were in care in June."},
)
SWAPPED = Rule(
    "narrative.swapped",
    Severity.WARNING,
    "A number is another indicator's figure",
    "“{words}” is another indicator's figure: {indicator}, {held}",
    "Correct the number or print it with a tag; " + _ACCEPT,
    fires={"Narrative!C2": "1,281 children were in care."},
    where="Narrative!C2",
    silent=_CARE,
)
TARGET_DISAGREES = Rule(
    "narrative.target-disagrees",
    Severity.WARNING,
    "A sentence about a target disagrees with it",
    "“{words}”: {indicator}, {held}",
    "Correct the words or the target; " + _ACCEPT,
    fires={**_TARGET, "Narrative!C2": "Health checks are below the target."},
    where="Narrative!C2",
    silent={**_TARGET, "Narrative!C2": "Health checks are above the target."},
)
RANK_DISAGREES = Rule(
    "narrative.rank-disagrees",
    Severity.WARNING,
    "A ranking disagrees with the figures",
    "“{words}”: {indicator}, {held}",
    "Correct the words; " + _ACCEPT,
    fires={"Narrative!C2": "Children in care are the highest since April."},
    where="Narrative!C2",
    silent={"Narrative!C2": "Children in care are the highest since June."},
)
CONFIDENTIAL_TYPED = Rule(
    "narrative.confidential-number",
    Severity.WARNING,
    "A text gives a number that is confidential",
    "“{words}” gives a figure that is marked confidential",
    "Take the number out of the text, or its mark out of the workbook.",
    fires={"Narrative!C2": "There were 1,281 moves in July.", **_MARKED},
    where="Narrative!C2",
    silent={"Narrative!C2": "There were 1,280 moves in June.", **_MARKED},
)
DIRECTION_DISAGREES = Rule(
    "narrative.direction-disagrees",
    Severity.WARNING,
    "A direction disagrees with the figures",
    "“{words}”: {indicator}, {held}",
    "Correct the words; " + _ACCEPT,
    fires={"Narrative!C2": "The number of children in care rose to {{ indicator('rate').now.count }}."},
    where="Narrative!C2",
    silent={"Narrative!C2": "The number of children in care fell to {{ indicator('rate').now.count }}."},
)
NUMBER_UNCHECKED = Rule(
    "narrative.number-unchecked",
    Severity.NOTE,
    "A number that no indicator can confirm",
    "“{words}” is checked against nothing",
    "Look whether it is right: no figure of the section says so or denies it.",
    fires={"Narrative!C2": "We trained 14 staff."},
    where="Narrative!C2",
    silent={"Narrative!C2": "We trained our staff on 14 July."},
    is_verbose=True,
)
COULD_BE_COMPUTED = Rule(
    "narrative.could-be-computed",
    Severity.NOTE,
    "A number is typed that could be computed",
    "{number!r} in “{sentence}” is right, and typed by hand",
    "Write {tag} instead. `cpreport narrative fix` does that in Markdown and in the sheet; in Word do it by hand.",
    fires=_CARE,
    where="Narrative!C2",
    silent={"Narrative!C2": "{{ indicator('rate').now.count }} children were in care."},
    is_verbose=True,
)
SENTENCES_DISAGREE = Rule(
    "narrative.sentences-disagree",
    Severity.WARNING,
    "Two sentences say opposite things of a figure",
    "“{words}”, but “{other}” ({first}): {indicator}, {held}",
    "Correct one of them; " + _ACCEPT,
    fires={**_UNKNOWN, **_ROSE, **_NEXT, "Narrative!C3": "The number of children in care fell."},
    where="Narrative!C3",
    silent={**_UNKNOWN, **_ROSE, **_NEXT, "Narrative!C3": "The number of children in care rose again."},
)
WORSE_UNMENTIONED = Rule(
    "narrative.worse-unmentioned",
    Severity.WARNING,
    "No narrative mentions an indicator that got clearly worse",
    "no narrative of {section} mentions {indicator}, which got clearly worse ({held})",
    "Say why and what is done about it, or name the indicator in a tag.",
    fires={**_WORSE, "Narrative!C3": "Dental checks went well."},
    silent={**_WORSE, "Narrative!C3": "Contacts were many, as a new school opened."},
)

_DOUBTED = {"Narrative!C2": "614 children were in care."}
_ROWS = "sentence,figure,name,reason\n614 children were in care.,{figure},{name},counted on 2 August\n"
_HELD = '"Children in care, Jul 23: 61.6 (604/98,050)"'

ACCEPTED_COLUMNS = Rule(
    "narrative.accepted-columns",
    Severity.ERROR,
    "A file of acceptances lacks columns",
    "the first line lacks {missing}",
    "Its columns are {columns}.",
    fires={"narrative/2023-07/accepted.csv": "sentence,figure,name\n"},
    where="accepted.csv line 1",
    silent={"narrative/2023-07/accepted.csv": "Sentence;Figure;Name;Reason\n"},
)
ACCEPTED_NO_TEXT = Rule(
    "narrative.accepted-no-text",
    Severity.ERROR,
    "A file of acceptances is no text",
    "{file} cannot be read: it is {kind}, whatever its name says",
    "Save it as CSV (Comma delimited), or write it in any editor.",
    fires={"narrative/2023-07/accepted.csv": b"PK\x03\x04"},
    where="accepted.csv",
    silent={"narrative/2023-07/accepted.csv": "sentence,figure,name,reason\n"},
)
ACCEPTED_INCOMPLETE = Rule(
    "narrative.accepted-incomplete",
    Severity.WARNING,
    "An acceptance lacks its name or reason, or has too many cells",
    "the row {mistake}, and so accepts nothing",
    "Say who accepts which sentence beside which figure, and why.",
    fires={**_DOUBTED, "narrative/2023-07/accepted.csv": _ROWS.format(figure=_HELD, name="")},
    where="accepted.csv line 2",
    silent={**_DOUBTED, "narrative/2023-07/accepted.csv": _ROWS.format(figure=_HELD, name="Ann Lee")},
)
ACCEPTANCE_LAPSED = Rule(
    "narrative.acceptance-lapsed",
    Severity.NOTE,
    "An acceptance no longer holds",
    "what {name} accepted is no longer found: “{sentence}”, or the figure beside it, has changed{more}",
    "Look at the sentence again, and remove the row or write a new one.",
    fires={**_DOUBTED, "narrative/2023-07/accepted.csv": _ROWS.format(figure="61.2 (600)", name="Ann Lee")},
    where="accepted.csv line 2",
    silent={**_DOUBTED, "narrative/2023-07/accepted.csv": _ROWS.format(figure=_HELD, name="Ann Lee")},
)
