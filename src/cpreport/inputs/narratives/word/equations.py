"""Word's equations as runs of text on one line: `604/98,050 × 10,000 = 61.6`; exponents stay raised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, SubElement

from cpreport.inputs.narratives.word.elements import words

_SCRIPTS = {"m:sup": "superscript", "m:sub": "subscript", "m:deg": "superscript"}
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
class _Piece:
    """Text, or raised or lowered text, with the properties of its run."""

    text: str
    script: str = ""
    look: Element | None = None


def equation(element: Element) -> list[Element]:
    """The runs of an equation."""
    return [_run(piece) for piece in _spaced(_line(element))]


def _line(parent: Iterable[Element]) -> list[_Piece]:
    """What elements say, from left to right; no two numbers in it are joined but those that runs part."""
    pieces: list[_Piece] = []
    was_text = True
    for child in parent:
        is_text = child.tag in ("m:r", "r")
        added = [_Piece(words(child), look=child.find("rPr"))] if is_text else _structure(child)
        is_apart = not (is_text and was_text) and child.tag not in ("m:sup", "m:sub")
        if pieces and added and is_apart and pieces[-1].text[-1:].isalnum() and added[0].text[:1].isalnum():
            pieces.append(_Piece(" "))
        pieces += added
        was_text = is_text if added else was_text
    return pieces


def _structure(element: Element) -> list[_Piece]:
    if element.tag in ("m:m", "m:eqArr"):
        return _joined((row for row in element if row.tag in ("m:mr", "m:e")), "; ")
    if element.tag in _LAYOUTS:
        return [piece for part in _LAYOUTS[element.tag] for piece in _part(element, part)]
    script = _SCRIPTS.get(element.tag, "")
    return [replace(piece, script=script) if script else piece for piece in _line(element)]


def _part(element: Element, part: str) -> list[_Piece]:
    """A part of a structure, as its layout has it."""
    name, _, sign = part.removeprefix("(").partition(" ")
    if sign:
        said = (each for properties in element.findall(f"{element.tag}Pr") for each in properties.findall(name))
        sign = next((each.get("m:val", sign) for each in said), sign)
        return _joined(element.findall("m:e"), sign) if name == "m:sepChr" else [_Piece(sign)]
    if not name.startswith("m:"):
        return [_Piece(part)]
    found = element.findall(name)[:1]
    pieces = _line(found if name in _SCRIPTS else (child for each in found for child in each))
    is_simple = part == name or all(_SIMPLE.fullmatch(piece.text) for piece in pieces)
    return pieces if is_simple else [_Piece("("), *pieces, _Piece(")")]


def _joined(elements: Iterable[Element], sign: str) -> list[_Piece]:
    return [piece for element in elements for piece in (_Piece(sign), *_line(element))][1:]


def _spaced(pieces: list[_Piece]) -> Iterator[_Piece]:
    """The pieces, with a space on each side of an operator between two terms."""
    for at, piece in enumerate(pieces):
        before = " " if at == 0 or piece.script else "x"
        after = " " if at == len(pieces) - 1 or piece.script else "x"
        yield replace(piece, text=_OPERATOR.sub(r" \1 ", f"{before}{piece.text}{after}")[1:-1])


def _run(piece: _Piece) -> Element:
    run = Element("r")
    properties = SubElement(run, "rPr")
    properties.extend(piece.look if piece.look is not None else ())
    if piece.script:
        SubElement(properties, "vertAlign", {"val": piece.script})
    SubElement(run, "t").text = piece.text
    return run
