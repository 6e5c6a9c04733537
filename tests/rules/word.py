"""Examples of the rules about narratives written in Word."""

from __future__ import annotations

from ..example_month import Word
from .example import Example

_FILE = "narrative/2023-07/care.docx"

EXAMPLES = {
    "narrative.not-word": Example(
        {_FILE: b"{\\rtf1 Well.}"},
        "care.docx",
        {_FILE: Word("# What is next?\nWell.")},
    ),
    "narrative.tracked-changes": Example(
        {_FILE: Word("# What is next?\nIt is [-not-][+really+] well.")},
        "care.docx",
        {_FILE: Word("# What is next?\nIt is really well.")},
    ),
    "narrative.word-dropped": Example(
        {_FILE: Word("# What is next?\nIt is well.[?Say more?]")},
        "care.docx",
        {_FILE: Word("# What is next?\nIt is well. Say more.")},
    ),
}
