"""Word's fields: their results are text, their codes are not, and that of a link has its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.elements import NotWordError, number, switched, value

MOST_OPEN = 100
"""How deep fields may be in each other; in Word it is 20."""

_LINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]+))', re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    """`address` is that of the innermost link around what comes next in it."""

    address: str
    code: list[str] = field(default_factory=list)
    has_result: bool = False


class Fields:
    """The fields that are open at a place of a document that is read from front to back."""

    def __init__(self, body: Element) -> None:
        self._never_end = _unclosed(body)
        self._open: list[_Field] = []
        self._codes = 0

    @property
    def in_code(self) -> bool:
        """Whether what comes next belongs to a code."""
        return self._codes > 0

    @property
    def address(self) -> str:
        """The address of the innermost link whose text comes next; empty where there is none."""
        return self._open[-1].address if self._open else ""

    def read(self, element: Element) -> Iterator[str]:
        """Takes a `fldChar` or `instrText`; gives what a form shows in its place. Raises NotWordError."""
        if element.tag == "instrText":
            if self._open and not self._open[-1].has_result:
                self._open[-1].code.append(element.text or "")
            return
        match element.get("fldCharType"):
            case "begin" if id(element) not in self._never_end:
                if not self.in_code:
                    yield from _chosen(element)
                self._begin()
            case "separate" if self._open and not self._open[-1].has_result:
                self._separate(self._open[-1])
            case "end" if self._open:
                self._codes -= not self._open.pop().has_result

    def _begin(self) -> None:
        if len(self._open) >= MOST_OPEN:
            raise NotWordError("its fields are too deep in each other")
        self._open.append(_Field(self.address))
        self._codes += 1

    def _separate(self, field: _Field) -> None:
        field.has_result = True
        field.address = address_of("".join(field.code)) or field.address
        self._codes -= 1


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


def _chosen(mark: Element) -> Iterator[str]:
    box, options = mark.find("ffData/checkBox"), mark.find("ffData/ddList")
    if box is not None:
        ticked = switched(box, "checked")
        yield "☒" if (switched(box, "default") if ticked is None else ticked) else "☐"
    if options is not None:
        said = [each.get("val", "") for each in options.findall("listEntry")]
        chosen = number(value(options, "result") or value(options, "default"))
        yield from said[chosen : chosen + 1]
