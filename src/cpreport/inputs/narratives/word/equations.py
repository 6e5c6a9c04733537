"""Word's equations as text on one line: `604/98,050 × 10,000 = 61.6`; exponents stay raised."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from cpreport.model.document import SUBSCRIPT, SUPERSCRIPT, Span

Run = Callable[[Element], Iterable[Span]]

_SCRIPTS = {"m:sup": SUPERSCRIPT, "m:sub": SUBSCRIPT, "m:deg": SUPERSCRIPT}
_NOT_ON_ONE_LINE = ("m:nary", "m:eqArr", "m:begChr", "m:endChr", "m:sepChr")
_OPERATOR = re.compile(r"(?<=\S)\s*([=<>≤≥≈≠≡×·÷∗±∓+−]|(?<=[\w)%])\s*-)\s*(?=\S)")
_SIMPLE = re.compile(r"[\w.,%£]*")


def is_plain(element: Element) -> bool:
    """Whether an equation can be text on one line: it has no sums, integrals, other brackets, or lines of its own."""
    return not any(each.tag in _NOT_ON_ONE_LINE for each in element.iter())


def equation(element: Element, run: Run) -> Iterator[Span]:
    """The text of an equation, with a space on each side of an operator between two terms; `run` reads a run."""
    spans = _line(element, run)
    for at, span in enumerate(spans):
        before = " " if at == 0 or span.script else "x"
        after = " " if at == len(spans) - 1 or span.script else "x"
        yield replace(span, text=_OPERATOR.sub(r" \1 ", f"{before}{span.text}{after}")[1:-1])


def _line(parent: Iterable[Element], run: Run) -> list[Span]:
    """What elements say, from left to right; no two numbers in it are joined but those that runs part."""
    spans: list[Span] = []
    was_text = True
    for child in parent:
        is_text = child.tag in ("m:r", "r")
        added = [*run(child)] if is_text else _structure(child, run)
        is_apart = not (is_text and was_text) and child.tag not in _SCRIPTS
        if is_apart and spans and added and spans[-1].text[-1:].isalnum() and added[0].text[:1].isalnum():
            spans.append(Span(" "))
        spans += added
        was_text = is_text if added else was_text
    return spans


def _structure(element: Element, run: Run) -> list[Span]:
    match element.tag:
        case "m:f":
            return [*_bracketed(element.find("m:num"), run), Span("/"), *_bracketed(element.find("m:den"), run)]
        case "m:rad":
            return [*_line(element.findall("m:deg"), run), Span("√"), *_bracketed(element.find("m:e"), run)]
        case "m:d":
            parts = [span for part in element.findall("m:e") for span in (Span("|"), *_line(part, run))]
            return [Span("("), *parts[1:], Span(")")]
    script = _SCRIPTS.get(element.tag)
    return [replace(span, script=script or span.script) for span in _line(element, run)]


def _bracketed(part: Element | None, run: Run) -> list[Span]:
    """A part of a structure, in brackets unless it is simple."""
    spans = [] if part is None else _line(part, run)
    is_simple = all(_SIMPLE.fullmatch(span.text) for span in spans)
    return spans if is_simple else [Span("("), *spans, Span(")")]
