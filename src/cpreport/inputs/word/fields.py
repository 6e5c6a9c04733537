"""Word's fields: their results are text, their codes are not, and that of a link has its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cpreport.inputs.word.elements import switched

_LINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]+))', re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    code: str = ""
    has_result: bool = False


class Fields:
    """The fields that are open at a place of a document that is read from front to back."""

    def __init__(self, body: Element) -> None:
        self._never_end = _unclosed(body)
        self._open: list[_Field] = []

    @property
    def in_code(self) -> bool:
        """Whether what comes next belongs to a code."""
        return any(not field.has_result for field in self._open)

    @property
    def address(self) -> str:
        """The address of the innermost link that is open; empty where there is none."""
        return next((found for field in reversed(self._open) if (found := address_of(field.code))), "")

    def read(self, element: Element) -> Iterator[str]:
        """Takes a `fldChar` or `instrText`; gives the sign of a box to tick."""
        if element.tag == "instrText":
            if self._open and not self._open[-1].has_result:
                self._open[-1].code += element.text or ""
            return
        match element.get("fldCharType"):
            case "begin" if id(element) not in self._never_end:
                if not self.in_code:
                    yield from _ticked(element)
                self._open.append(_Field())
            case "separate" if self._open:
                self._open[-1].has_result = True
            case "end" if self._open:
                self._open.pop()


def address_of(code: str) -> str:
    """The address in the code of a link; empty for any other field."""
    found = _LINK.match(code)
    return (found[1] or found[2] or "") if found else ""


def _unclosed(body: Element) -> set[int]:
    """The identities of fields that begin and never end: their text must not be taken for code."""
    begun: list[int] = []
    for mark in body.iter("fldChar"):
        match mark.get("fldCharType"):
            case "begin":
                begun.append(id(mark))
            case "end" if begun:
                begun.pop()
    return set(begun)


def _ticked(mark: Element) -> Iterator[str]:
    box = mark.find("ffData/checkBox")
    if box is not None:
        ticked = switched(box, "checked")
        yield "☒" if (switched(box, "default") if ticked is None else ticked) else "☐"
