"""Numbers typed in narratives that tags can print: shown by place, as records, counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from cpreport.model.correction import Replacement


def replacements_text(replacements: Iterable[Replacement]) -> str:
    """A paragraph for each place: its sentences, below each what takes the place of its numbers."""
    lines: list[str] = []
    for place, here in groupby(replacements, key=lambda each: f"{each.place.file}  {each.place}"):
        lines.append(place)
        for sentence, several in groupby(here, key=lambda each: each.sentence):
            lines.append(f"  {sentence}")
            lines += [f"    {_change(each)}" for each in several]
    return "".join(f"{line}\n" for line in lines)


def replacement_record(replacement: Replacement) -> dict[str, str | int | None]:
    """As JSON has it: null where something does not apply. `by_hand` says why cpreport does not replace the number."""
    place = replacement.place
    return {
        "file": place.file,
        **{name: getattr(place, name) or None for name in ("sheet", "cell", "line")},
        **{name: getattr(place, name) for name in ("indicator", "section", "slot")},
        **{name: getattr(replacement, name) for name in ("sentence", "number", "tag")},
        "by_hand": replacement.by_hand or None,
    }


def said_of_replacements(replacements: Sequence[Replacement], written: bool) -> str:
    """How many numbers are replaced, or would be, and how many are left."""
    if not replacements:
        return "nothing to replace: no number is typed in a narrative that a tag would print just so"
    left = sum(bool(each.by_hand) for each in replacements)
    by_hand = f"; {left} to be replaced by hand" if left else ""
    number = len(replacements) - left
    if not number:
        return f"nothing that cpreport could replace{by_hand}"
    numbers = f"{number} number{'s' if number > 1 else ''}"
    done = "replaced" if written else "would be replaced (run again with --write)"
    return f"{numbers} {done}{by_hand}"


def _change(replacement: Replacement) -> str:
    left = f"  ({replacement.by_hand})" if replacement.by_hand else ""
    return f"'{replacement.number}' -> {replacement.tag}{left}"
