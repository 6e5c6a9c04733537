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
        last = self._open[-1] if self._open else None
        match element.get("fldCharType"):
            case None if last and not last.has_result:
                last.code.append(element.text or "")
            case "begin" if id(element) not in self._never_end:
                yield from [] if self.in_code else _chosen(element)
                if len(self._open) >= MOST_OPEN:
                    raise NotWordError("its fields are too deep in each other")
                self._open.append(_Field(self.address))
                self._codes += 1
            case "separate" if last and not last.has_result:
                last.has_result = True
                last.address = address_of("".join(last.code)) or last.address
                self._codes -= 1
            case "end" if last:
                self._codes -= not self._open.pop().has_result


def address_of(code: str) -> str:
    """The address in the code of a link; empty for any other field."""
    found = _LINK.match(code)
    return (found[1] or found[2] or "") if found else ""


def _unclosed(body: Element) -> set[int]:
    """The identities of fields that begin and never end: their text must not be taken for code."""
    begun: list[int] = []
    for mark in body.iter("fldChar"):
        if mark.get("fldCharType") == "begin":
            begun.append(id(mark))
        elif mark.get("fldCharType") == "end" and begun:
            begun.pop()
    return set(begun)


def _chosen(mark: Element) -> Iterator[str]:
    """What is ticked or chosen in a form."""
    box, options = mark.find("ffData/checkBox"), mark.find("ffData/ddList")
    if box is not None:
        ticked = switched(box, "checked")
        yield "☒" if (switched(box, "default") if ticked is None else ticked) else "☐"
    if options is not None:
        said = [each.get("val", "") for each in options.findall("listEntry")]
        chosen = number(value(options, "result") or value(options, "default"))
        yield from said[chosen : chosen + 1]
