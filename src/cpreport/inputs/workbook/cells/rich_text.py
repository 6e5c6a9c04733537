"""Texts in runs, some of them raised, lowered or struck through: a note or a correction beside what is meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cpreport.inputs.texts import without_unseen
from cpreport.inputs.workbook.cells.values import TRUE, RichText, unescaped
from cpreport.office.xml import NAMESPACE_END, parse, safe_parser

_ORDINALS = ("st", "nd", "rd", "th")
_SPACE = f"http://www.w3.org/XML/1998/namespace{NAMESPACE_END}space"


def is_noted(name: str, value: str) -> bool:
    """Whether a font's element with such a value (empty: none) strikes its text through, raises or lowers it."""
    if name == "vertAlign":
        return value != "baseline"
    return name == "strike" and value in ("", *TRUE)


@dataclass(slots=True)
class _Run:
    text: str = ""
    is_noted: bool = False


@dataclass(slots=True)
class Items:
    """What an expat parser tells about texts in items, `si` or `is`: `done` gets the text of each at its end.

    Spaces around a piece count only where it says so; pronunciations do not.
    """

    item: str
    done: Callable[[str], None]
    _runs: list[_Run] = field(default_factory=list)
    _inside: list[str] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _keeps_spaces: bool = False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        name = element.rpartition(NAMESPACE_END)[2]
        self._inside.append(name)
        if name == self.item:
            self._runs = []
        elif name == "r":
            self._runs.append(_Run())
        elif name == "t":
            self._runs += [_Run()] if self._inside[-2:-1] != ["r"] else []
            self._keeps_spaces = attributes.get(_SPACE) == "preserve"
        elif self._runs and is_noted(name, attributes.get("val", "")):
            self._runs[-1].is_noted = True

    def text(self, text: str) -> None:
        if self._inside and self._inside[-1] == "t" and "rPh" not in self._inside:
            self._pieces.append(text)

    def end(self, _: str) -> None:
        name = self._inside.pop()
        if name == "t" and self._runs:
            text = "".join(self._pieces)
            self._runs[-1].text += unescaped(text if self._keeps_spaces else text.strip(" \t\n\r"))
            self._pieces = []
        elif name == self.item:
            self.done(self._whole())

    def _whole(self) -> str:
        whole = without_unseen("".join(run.text for run in self._runs))
        plain = ""
        for run in self._runs:
            plain += "" if run.is_noted and not _is_ordinal(plain, run.text) else run.text
        return whole if without_unseen(plain).split() == whole.split() else RichText.of(whole, plain)


def shared_strings(part: bytes) -> list[str]:
    """The texts in a part of shared strings, if there is one."""
    texts: list[str] = []
    if part:
        items = Items("si", texts.append)
        parser = safe_parser(namespaces=True)
        parser.StartElementHandler, parser.EndElementHandler = items.start, items.end
        parser.CharacterDataHandler = items.text
        parse(parser, part)
    return texts


def _is_ordinal(before: str, text: str) -> bool:
    """Whether a raised text is the end of 1st, 2nd, 3rd or 4th."""
    return before[-1:].isdigit() and text.strip().lower() in _ORDINALS
