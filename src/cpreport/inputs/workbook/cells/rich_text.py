"""Texts of which a part is raised, lowered or struck through: a note or a correction beside what is meant."""

from __future__ import annotations

from dataclasses import dataclass, field

from cpreport.inputs.workbook.cells.worksheet import TRUE
from cpreport.office.xml import NAMESPACE_END, parse, safe_parser

_TELLING = (b"vertAlign", b"strike")
_ORDINALS = ("st", "nd", "rd", "th")


class RichText(str):
    """A cell's whole text; `plain` is the text without what is raised, lowered or struck through in it."""

    plain: str

    @classmethod
    def of(cls, whole: str, plain: str) -> RichText:
        text = cls(whole)
        text.plain = plain
        return text


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
class _Items:
    """Gathers the runs of the items of a part."""

    item: str
    plain: dict[int, str] = field(default_factory=dict)
    _number: int = -1
    _runs: list[_Run] = field(default_factory=list)
    _inside: list[str] = field(default_factory=list)

    def start(self, element: str, attributes: dict[str, str]) -> None:
        name = element.rpartition(NAMESPACE_END)[2]
        self._inside.append(name)
        if name == self.item:
            self._number += 1
            self._runs = []
        elif name in ("r", "t") and self._inside[-2:] != ["r", "t"]:
            self._runs.append(_Run())
        elif self._runs and is_noted(name, attributes.get("val", "")):
            self._runs[-1].is_noted = True

    def text(self, text: str) -> None:
        if self._runs and self._inside[-1] == "t" and "rPh" not in self._inside:
            self._runs[-1].text += text

    def end(self, _: str) -> None:
        if self._inside.pop() == self.item:
            kept = ""
            for run in self._runs:
                kept += "" if run.is_noted and not _is_ordinal(kept, run.text) else run.text
            if kept.split() != "".join(run.text for run in self._runs).split():
                self.plain[self._number] = kept
            self._runs = []


def plain_texts(part: bytes, item: str) -> dict[int, str]:
    """The plain texts of those items of a part (`si` or `is`) that have more text than that, by number from 0."""
    items = _Items(item)
    if any(name in part for name in _TELLING):
        parser = safe_parser(namespaces=True)
        parser.StartElementHandler, parser.EndElementHandler = items.start, items.end
        parser.CharacterDataHandler = items.text
        parse(parser, part)
    return items.plain


def _is_ordinal(before: str, text: str) -> bool:
    """Whether a raised text is the end of 1st, 2nd, 3rd or 4th."""
    return before[-1:].isdigit() and text.strip().lower() in _ORDINALS
