"""Rules about narratives written in Word."""

from __future__ import annotations

from cpreport.model.finding import Rule, Severity
from cpreport.model.rules.example import Word

_FILE = "narrative/2023-07/care.docx"

NOT_WORD = Rule(
    "narrative.not-word",
    Severity.ERROR,
    "A narrative is in no Word document",
    "{file} cannot be read: {reason}",
    "Open it in Word, save it as Word Document (.docx) without a password, and put that file in its place.",
    fires={_FILE: b"{\\rtf1 Well.}"},
    where="care.docx",
    silent={_FILE: Word("# What is next?\nWell.")},
)
TRACKED_CHANGES = Rule(
    "narrative.tracked-changes",
    Severity.ERROR,
    "A narrative has tracked changes",
    "the text has tracked changes: {changes}",
    "Accept or reject them in Word first, or run with --tracked accept.",
    fires={_FILE: Word("# What is next?\nIt is [-not-][+really+] well.")},
    where="care.docx",
    silent={_FILE: Word("# What is next?\nIt is really well.")},
)
LEFT_OUT = Rule(
    "narrative.word-dropped",
    Severity.NOTE,
    "Something in a Word document is not printed",
    "{what} not printed{quoted}",
    "Put into the text what the report shall print; leave the rest, or delete it.",
    fires={_FILE: Word("# What is next?\nIt is well.[?Say more?]")},
    where="care.docx",
    silent={_FILE: Word("# What is next?\nIt is well. Say more.")},
)
