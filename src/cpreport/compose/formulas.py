"""How a number was computed, in signs and plain words, with the numbers that it was computed from."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cpreport.model.figure import CellRef
from cpreport.model.number import decimals_of, rounded
from cpreport.model.working import Operation, Working

_LOOSE, _SUMS, _PRODUCTS, _CLOSE = range(4)
"""How closely the parts of a formula hold together; what is looser than its place allows needs brackets."""

_BETWEEN = {
    Operation.SUM: (_SUMS, _SUMS, _SUMS),
    Operation.DIFFERENCE: (_SUMS, _SUMS, _PRODUCTS),
    Operation.PRODUCT: (_PRODUCTS, _PRODUCTS, _PRODUCTS),
}
"""How closely what stands around a sign holds together, and how closely its first and its other terms must."""


def formula(working: Working | None) -> str:
    """`100 × 83 ÷ 617`, `mean of 2 figures: 61; 63`; empty where there is no number, or where it was typed."""
    return _text(working, _LOOSE) if working and working.terms else ""


def cells_of(working: Working) -> tuple[CellRef, ...]:
    """The cells that a number was computed from, each once."""
    return tuple(dict.fromkeys(_cells(working)))


def _cells(working: Working) -> Iterator[CellRef]:
    yield from working.cells
    for term in working.terms:
        yield from _cells(term)


def _text(working: Working, closest: int) -> str:
    operation, terms = working.operation, working.terms
    if operation is Operation.TYPED:
        text, close = number_text(working.value), _CLOSE if _is_plain(working.value) else _LOOSE
    elif operation is Operation.QUOTIENT:
        multiplied = f" {Operation.PRODUCT.value} ".join([_text(term, _PRODUCTS) for term in terms[:-1]])
        text, close = f"{multiplied} {operation.value} {_text(terms[-1], _CLOSE)}", _PRODUCTS
    elif between := _BETWEEN.get(operation):
        close, first, others = between
        texts = (_text(term, others if at else first) for at, term in enumerate(terms))
        text = f" {operation.value} ".join(texts)
    elif operation is Operation.MEAN:
        listed = "; ".join(_text(term, _SUMS) for term in terms)
        text, close = f"{operation.value} {len(terms)} figures: {listed}", _LOOSE
    else:
        text, close = f"{_text(terms[0], _SUMS)}, {operation.value}", _LOOSE
    return text if close >= closest else f"({text})"


def _is_plain(number: Fraction) -> bool:
    return number >= 0 and _has_decimals(number)


def _has_decimals(number: Fraction) -> bool:
    """Whether a number can be written with decimals: it is not a recurring decimal."""
    return pow(10, number.denominator.bit_length(), number.denominator) == 0


def number_text(number: Fraction) -> str:
    """`97,842`, `98.5`, `83/617`."""
    if number.denominator == 1:
        return f"{number.numerator:,}"
    return rounded(number, decimals_of(number)) if _has_decimals(number) else str(number)
