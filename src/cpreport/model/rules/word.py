"""Rules about narratives written in Word."""

from __future__ import annotations

from cpreport.model.finding import error, note

NOT_WORD = error(
    "narrative.not-word",
    "A narrative file is not a Word document",
    "{file} cannot be read: {reason}",
    "Open it in Word, save it as Word Document (.docx) without a password, and put that file in its place.",
)
TRACKED_CHANGES = error(
    "narrative.tracked-changes",
    "A narrative has tracked changes",
    "the text has tracked changes: {changes}",
    "Accept or reject them in Word first, or run with --tracked accept.",
)
LEFT_OUT = note(
    "narrative.word-dropped",
    "Something in a Word document is not printed",
    "{what} not printed{quoted}",
    "Move what the report should print into the text; leave or delete the rest.",
)
