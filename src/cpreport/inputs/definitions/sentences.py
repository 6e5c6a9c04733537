"""The table [sentences] of report.toml: each text may have the fields of its sentence, and nothing else in braces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from cpreport.inputs.definitions.definitions import Spot, invalid
from cpreport.model.finding import Finding, Place, nearest
from cpreport.model.rules import definition as rules
from cpreport.model.sentences import SENTENCES

_TABLE = "[sentences]"
SCHEMA: dict[str, Any] = {
    "properties": {key: {"type": "string", "default": sentence.text} for key, sentence in SENTENCES.items()},
    "additionalProperties": False,
}
"""What the JSON Schema says of the table."""


def check_sentences(texts: Mapping[str, str], place: Place) -> Iterator[Finding]:
    """Keys that no sentence has, and texts with fields that their sentence does not have."""
    for key, text in texts.items():
        if key not in SENTENCES:
            yield rules.UNKNOWN_KEY.at(place, table=_TABLE, key=key, nearest=nearest(key, SENTENCES))
        elif reason := _mistake(text, SENTENCES[key].fields):
            yield invalid(Spot(place, _TABLE, key), text, reason)


def _mistake(text: str, fields: tuple[str, ...]) -> str:
    """Why a text cannot be a sentence with these fields; empty where it can."""
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return "a brace has no partner; write {{ or }} for a brace that is printed"
    known = ", ".join(f"{{{name}}}" for name in fields) or "none"
    for _, name, form, conversion in parts:
        if name not in fields or form or conversion:
            typed = f"{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}"
            return f"{{{typed}}} is not a field of this sentence, which has {known}"
    return ""
