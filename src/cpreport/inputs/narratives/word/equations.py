"""Word's equations as text on one line: `604/98,050 × 10,000 = 61.6`; exponents stay raised."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from cpreport.model.document import SUBSCRIPT, SUPERSCRIPT, Span

_SCRIPTS = {"m:sup": SUPERSCRIPT, "m:sub": SUBSCRIPT, "m:deg": SUPERSCRIPT}
_LAYOUTS = {
    "m:f": ("(m:num", "/", "(m:den"),
    "m:rad": ("m:deg", "√", "(m:e"),
    "m:nary": ("m:chr ∫", "m:sup", "m:sub", " ", "m:e"),
    "m:d": ("m:begChr (", "m:sepChr |", "m:endChr )"),
}
"""The parts of a structure from left to right, `(` before one that is bracketed unless simple; signs; and what says a
sign, with the usual one. The separator stands for all entries with it between them."""

_OPERATOR = re.compile(r"(?<=\S)\s*([=<>≤≥≈≠≡×·÷∗±∓+−]|(?<=[\w)%])\s*-)\s*(?=\S)")
_SIMPLE = re.compile(r"[\w.,%£]*")


@dataclass(frozen=True, slots=True)
class Equation:
    """Reads equations, whose elements and runs are read as those of text are."""

    children: Callable[[Iterable[Element]], Iterable[Element]]
    run: Callable[[Element], Iterable[Span]]

    def spans(self, element: Element) -> Iterator[Span]:
        """The text of an equation, with a space on each side of an operator between two terms."""
        spans = self._line(element)
        for at, span in enumerate(spans):
            before = " " if at == 0 or span.script else "x"
            after = " " if at == len(spans) - 1 or span.script else "x"
            yield replace(span, text=_OPERATOR.sub(r" \1 ", f"{before}{span.text}{after}")[1:-1])

    def _line(self, parent: Iterable[Element]) -> list[Span]:
        """What elements say, from left to right; no two numbers in it are joined but those that runs part."""
        spans: list[Span] = []
        was_text = True
        for child in self.children(parent):
            is_text = child.tag in ("m:r", "r")
            added = [*self.run(child)] if is_text else self._structure(child)
            is_apart = not (is_text and was_text) and child.tag not in ("m:sup", "m:sub")
            if is_apart and spans and added and spans[-1].text[-1:].isalnum() and added[0].text[:1].isalnum():
                spans.append(Span(" "))
            spans += added
            was_text = is_text if added else was_text
        return spans

    def _structure(self, element: Element) -> list[Span]:
        if element.tag in ("m:m", "m:eqArr"):
            return self._joined((row for row in element if row.tag in ("m:mr", "m:e")), "; ")
        if element.tag in _LAYOUTS:
            return [span for part in _LAYOUTS[element.tag] for span in self._part(element, part)]
        script = _SCRIPTS.get(element.tag)
        return [replace(span, script=script) if script else span for span in self._line(element)]

    def _part(self, element: Element, part: str) -> list[Span]:
        """A part of a structure, as its layout has it."""
        name, _, sign = part.removeprefix("(").partition(" ")
        if sign:
            said = (each for properties in element.findall(f"{element.tag}Pr") for each in properties.findall(name))
            sign = next((each.get("m:val", sign) for each in said), sign)
            return self._joined(element.findall("m:e"), sign) if name == "m:sepChr" else [Span(sign)]
        if not name.startswith("m:"):
            return [Span(part)]
        found = element.findall(name)[:1]
        spans = self._line(found)
        is_simple = part == name or all(_SIMPLE.fullmatch(span.text) for span in spans)
        return spans if is_simple else [Span("("), *spans, Span(")")]

    def _joined(self, elements: Iterable[Element], sign: str) -> list[Span]:
        return [span for element in elements for span in (Span(sign), *self._line(element))][1:]
