"""Word's fields: their results are text, their codes are not, and that of a link has its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.elements import NotWordError, is_on, number, value

MOST_OPEN = 100
"""How deep fields may be in each other; in Word it is 20."""

_LINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]+))', re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    """`address` is that of the innermost link around what comes next in it; `code` is None in its result."""

    address: str
    code: list[str] | None = field(default_factory=list)


class Fields:
    """The fields that are open at a place of a document that is read from front to back."""

    def __init__(self, body: Element) -> None:
        self._open: list[_Field] = []
        begun: list[Element] = []
        for mark in body.iter("fldChar"):
            if mark.get("fldCharType") == "begin":
                begun.append(mark)
            elif mark.get("fldCharType") == "end" and begun:
                begun.pop()
        self._never_end = set(begun)

    @property
    def in_code(self) -> bool:
        """Whether what comes next belongs to a code."""
        return any(each.code is not None for each in self._open)

    @property
    def address(self) -> str:
        """The address of the innermost link whose text comes next; empty where there is none."""
        return self._open[-1].address if self._open else ""

    def read(self, element: Element) -> str:
        """Takes a `fldChar` or `instrText`; gives what a form shows in its place. Raises NotWordError."""
        kind, last = element.get("fldCharType"), self._open[-1] if self._open else None
        if kind == "begin" and element not in self._never_end:
            shown = "" if self.in_code else "".join(_chosen(element))
            if len(self._open) >= MOST_OPEN:
                raise NotWordError("its fields are too deep in each other")
            self._open.append(_Field(self.address))
            return shown
        if last and kind == "end":
            self._open.pop()
        elif last and last.code is not None:
            last.code.append(element.text or "")
            if kind == "separate":
                last.address = address_of("".join(last.code)) or last.address
                last.code = None
        return ""


def address_of(code: str) -> str:
    """The address in the code of a link; empty for any other field."""
    found = _LINK.match(code)
    return (found[1] or found[2] or "") if found else ""


def _chosen(mark: Element) -> Iterator[str]:
    """What is ticked or chosen in a form."""
    box, options = mark.find("ffData/checkBox"), mark.find("ffData/ddList")
    if box is not None:
        said = [switch for name in ("checked", "default") for switch in box.findall(name)]
        yield "☒" if said and is_on(said[0]) else "☐"
    if options is not None:
        entries = [each.get("val", "") for each in options.findall("listEntry")]
        chosen = number(value(options, "result") or value(options, "default"))
        yield from entries[chosen : chosen + 1]
