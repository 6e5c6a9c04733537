"""In which words a document differs from the one that is computed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile, zip_longest
from typing import NamedTuple

from cpreport.office.digests import Cell, Said, alternative_texts, words_said

_CAPTION = re.compile("Table ?[0-9]* ?:")
_EDGES = "a header, a footer or a chart"
_ALTERNATIVE = "an alternative text"
_AROUND = 4
"""How many words of a paragraph are quoted before and after those that differ."""


class Differing(NamedTuple):
    """A paragraph that differs: what the document says and what is computed, empty where one has no such paragraph.

    `where` is the table with the names of row and column, such as `Table 3, Placement stability, Jul 23`, or empty in
    the text outside of tables.
    """

    where: str
    document: str
    computed: str

    @property
    def quoted(self) -> tuple[str, str]:
        """Both with only a few of the words that they have in common, at their beginning and at their end."""
        words = self.document.split(" "), self.computed.split(" ")
        first = _alike(*words)
        last = _alike(*(each[first:][::-1] for each in words))
        one, other = (_excerpt(each, first - _AROUND, len(each) - last + _AROUND) for each in words)
        return one, other


def _excerpt(words: list[str], first: int, end: int) -> str:
    before, after = "… " if first > 0 else "", " …" if end < len(words) else ""
    return f"{before}{' '.join(words[max(first, 0) : end])}{after}"


def differing_words(document: bytes, computed: bytes) -> list[Differing]:
    """The paragraphs of a document that differ from those of the computed one, in order.

    Raises InputError if one of them is not a Word document.
    """
    words = differing(words_said(document), words_said(computed))
    return [*words, *_alternatives(document, computed)]


def differing(document: Sequence[Said], computed: Sequence[Said]) -> list[Differing]:
    """The paragraphs in which what a document says differs from what is computed, in order."""
    ours, theirs = _Text(document), _Text(computed)
    found: list[Differing] = []
    for (start, end), (first, last) in _blocks(ours.words, theirs.words):
        for one, other in zip_longest(range(start, end), range(first, last)):
            where = ours.where(one) if other is None else theirs.where(other)
            found.append(Differing(where, ours.at(one), theirs.at(other)))
    return found


def _alternatives(document: bytes, computed: bytes) -> Iterator[Differing]:
    """Alternative texts that nothing computes, each with one that it has instead; programs leave some out."""
    ours, theirs = map(alternative_texts, (document, computed))
    instead = iter([text for text in theirs if text not in ours])
    for text in ours:
        if text not in theirs:
            yield Differing(_ALTERNATIVE, text, next(instead, ""))


def _blocks(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The stretches that differ. What is alike at both ends is left out first: comparing takes long."""
    first = _alike(ours, theirs)
    last = _alike(ours[first:][::-1], theirs[first:][::-1])
    matcher = SequenceMatcher(None, ours[first : len(ours) - last], theirs[first : len(theirs) - last], autojunk=False)
    for kind, *ends in matcher.get_opcodes():
        if kind != "equal":
            one, two, three, four = (first + end for end in ends)
            yield (one, two), (three, four)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many of the same two lists begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


class _Text:
    """What a document says, with where each paragraph of a table is."""

    def __init__(self, said: Sequence[Said]) -> None:
        self.words = [each.words for each in said]
        self._said = said
        self._cells: dict[Cell, str] = {}
        self._labels: dict[int, str] = {}
        captions, is_captioned = 0, False
        for words, cell in said:
            if cell.table > 0:
                known = self._cells.get(cell)
                self._cells[cell] = f"{known} {words}" if known else words
                self._labels.setdefault(cell.table, f"Table {captions}" if is_captioned else "a table")
            else:
                is_captioned = bool(_CAPTION.match(words))
                captions += is_captioned

    def at(self, number: int | None) -> str:
        return "" if number is None else self.words[number]

    def where(self, number: int) -> str:
        """The table, and what stands in the first cell of the row and of the column."""
        cell = self._said[number].cell
        if cell.table <= 0:
            return _EDGES if cell.table else ""
        row = self._cells.get(cell._replace(column=1), "") if cell.row > 1 and cell.column > 1 else ""
        column = self._cells.get(cell._replace(row=1), "") if cell.row > 1 and cell.column > 1 else ""
        return ", ".join(filter(None, (self._labels[cell.table], row, column)))
