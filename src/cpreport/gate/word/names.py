"""The namespaces of what Word files are made of, as lxml writes them before names, and values of attributes."""

from __future__ import annotations

from cpreport.office.parts import DOCUMENT, Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - as the prefix is written
R = f"{{{DOCUMENT}}}"

VALUE = f"{W}val"


def value(element: Element | None) -> str:
    """An element's w:val; empty where there is neither."""
    return "" if element is None else element.get(VALUE) or ""


def is_true(text: str | None) -> bool:
    """Whether an attribute says yes; not where it is missing."""
    return text in ("1", "true", "on")


def is_on(element: Element | None) -> bool:
    """Whether a switch such as w:b is there and on."""
    return element is not None and element.get(VALUE, "1") not in ("0", "false", "off", "none")


def number(text: str | None) -> int:
    """A whole number as an attribute states it; 0 where it is none."""
    return int(text) if text and text.lstrip("-").isdecimal() and len(text) < 10 else 0


def names(*locals: str) -> tuple[str, ...]:
    """Word's own names with their namespace."""
    return tuple(f"{W}{each}" for each in locals)
