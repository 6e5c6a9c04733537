"""Word's equations as runs of text on one line: `604/98,050 × 10,000 = 61.6`; exponents stay raised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from cpreport.inputs.narratives.word.elements import words

_SCRIPTS = {"m:sup": "superscript", "m:sub": "subscript"}
_OPERATOR = re.compile(r"(?<=\S)\s*([=<>≤≥≈≠≡×·÷∗±∓+−]|(?<=[\w)%])\s*-)\s*(?=\S)")
_SIMPLE = re.compile(r"[\w.,%£]*")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text, or raised or lowered text, with the properties of its run."""

    text: str
    script: str = ""
    look: Element | None = None


def equation(element: Element) -> Iterable[Element] | None:
    """The runs of an equation; None for anything else."""
    return [_run(piece) for piece in _spaced(_line(element))] if element.tag == "m:oMath" else None


def _line(parent: Element) -> list[_Piece]:
    """What an element says, from left to right; no two numbers in it are joined but those that runs part."""
    pieces: list[_Piece] = []
    was_text = True
    for child in parent:
        is_text = child.tag in ("m:r", "r")
        added = [_Piece(words(child), look=child.find("rPr"))] if is_text else _structure(child)
        is_apart = not (is_text and was_text) and child.tag not in _SCRIPTS
        if pieces and added and is_apart and _ends_in_sign(pieces[-1].text) and _ends_in_sign(added[0].text[:1]):
            pieces.append(_Piece(" "))
        pieces += added
        was_text = is_text if added else was_text
    return pieces


def _structure(element: Element) -> list[_Piece]:
    match element.tag:
        case "m:f":
            top, bottom = (_grouped(_part(element, name)) for name in ("m:num", "m:den"))
            return [*top, _Piece("/"), *bottom]
        case "m:rad":
            degree = _raised(_part(element, "m:deg"), "superscript")
            return [*degree, _Piece("√"), *_grouped(_part(element, "m:e"))]
        case "m:d":
            between = _Piece(_sign(element, "m:sepChr", "|"))
            inside = [piece for each in element.findall("m:e") for piece in (between, *_line(each))][1:]
            begin, end = _sign(element, "m:begChr", "("), _sign(element, "m:endChr", ")")
            return [_Piece(begin), *inside, _Piece(end)]
        case "m:nary":
            limits = [piece for name in _SCRIPTS for piece in _raised(_part(element, name), _SCRIPTS[name])]
            return [_Piece(_sign(element, "m:chr", "∫")), *limits, _Piece(" "), *_part(element, "m:e")]
        case "m:sup" | "m:sub":
            return _raised(_line(element), _SCRIPTS[element.tag])
        case "m:m" | "m:eqArr":
            rows = [_line(row) for row in element if row.tag in ("m:mr", "m:e")]
            return [piece for row in rows for piece in (_Piece("; "), *row)][1:]
    return _line(element)


def _part(element: Element, name: str) -> list[_Piece]:
    found = element.find(name)
    return [] if found is None else _line(found)


def _grouped(pieces: list[_Piece]) -> list[_Piece]:
    """In brackets where it is more than one number or name."""
    is_simple = all(_SIMPLE.fullmatch(piece.text) for piece in pieces)
    return pieces if is_simple else [_Piece("("), *pieces, _Piece(")")]


def _raised(pieces: list[_Piece], script: str) -> list[_Piece]:
    return [_Piece(piece.text, script, piece.look) for piece in pieces]


def _sign(element: Element, name: str, default: str) -> str:
    """The sign that one of its properties states."""
    properties = element.find(f"{element.tag}Pr")
    found = None if properties is None else properties.find(name)
    return default if found is None else found.get("m:val", default)


def _ends_in_sign(text: str) -> bool:
    return text[-1:].isalnum()


def _spaced(pieces: list[_Piece]) -> Iterator[_Piece]:
    """The pieces, with a space on each side of an operator between two terms."""
    for at, piece in enumerate(pieces):
        before = " " if at == 0 or piece.script else "x"
        after = " " if at == len(pieces) - 1 or piece.script else "x"
        text = _OPERATOR.sub(r" \1 ", f"{before}{piece.text}{after}")[1:-1]
        yield _Piece(text, piece.script, piece.look)


def _run(piece: _Piece) -> Element:
    run = Element("r")
    properties = SubElement(run, "rPr")
    properties.extend(piece.look if piece.look is not None else ())
    if piece.script:
        SubElement(properties, "vertAlign", {"val": piece.script})
    SubElement(run, "t").text = piece.text
    return run
