"""A Markdown file in which only numbers change: line ends, byte order mark and encoding stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from cpreport.model.correction import NOT_IN_ENCODING, Correction, Replacement, by_hand
from cpreport.model.errors import EnvironmentFailure
from cpreport.model.workbook import Passage

_LINE_END = re.compile(r"(\r\n|\r|\n)")


@dataclass(frozen=True, slots=True)
class Corrected:
    """A file's content after its corrections, with what of them is left to be done by hand.

    `losses` are sentences on what of the file goes.
    """

    content: bytes
    corrections: tuple[Correction, ...]
    losses: tuple[str, ...] = ()


def correct_text(content: bytes, file: str, encoding: str, corrections: Sequence[Correction]) -> Corrected:
    """A text file with these corrections.

    Raises EnvironmentFailure if it no longer has a passage where that was read.
    """
    text = content.decode(encoding, errors="replace")
    judged = tuple(_judged(correction, encoding) for correction in corrections)
    parts = _LINE_END.split(text)
    if not all(_is_there(parts[::2], each.passage) for each in judged):
        raise EnvironmentFailure(f"{file} was changed while it was read: run this again")
    starts = list(accumulate(map(len, parts), initial=0))[::2]
    places = sorted((place for each in judged for place in _places(starts, each)), key=lambda place: place[0])
    return Corrected(b"".join(_pieces(content, text, encoding, places)), judged)


def _judged(correction: Correction, encoding: str) -> Correction:
    """A correction that leaves alone what the encoding cannot write."""
    kept = (r if _can_write(r.tag, encoding) else by_hand(r, NOT_IN_ENCODING) for r in correction.replacements)
    return replace(correction, replacements=tuple(kept))


def _can_write(tag: str, encoding: str) -> bool:
    return tag.encode(encoding, errors="ignore").decode(encoding) == tag


def _is_there(lines: Sequence[str], passage: Passage) -> bool:
    """Whether a file's lines still are a passage's from where it was read."""
    said, first = passage.text.split("\n"), passage.place.line - 1
    return list(lines[first : first + len(said)]) == said


def _places(starts: Sequence[int], correction: Correction) -> Iterator[tuple[int, Replacement]]:
    """Where each number of a correction stands in a text whose lines start there."""
    text, first = correction.passage.text, correction.passage.place.line - 1
    for each in correction.done:
        line = first + text.count("\n", 0, each.at)
        column = each.at - text.rfind("\n", 0, each.at) - 1
        yield starts[line] + column, each


def _pieces(content: bytes, text: str, encoding: str, places: Sequence[tuple[int, Replacement]]) -> Iterator[bytes]:
    """The bytes around the numbers as they are, and the tags.

    What cannot be decoded is one character in place of as many bytes as it takes to encode any other.
    """
    reached = read = 0
    for start, each in places:
        before = read + len(text[reached:start].encode(encoding, errors="replace"))
        yield content[read:before]
        yield each.tag.encode(encoding)
        reached = start + len(each.number)
        read = before + len(each.number.encode(encoding))
    yield content[read:]
