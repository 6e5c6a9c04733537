"""Text boxes: what is behind their words."""

from __future__ import annotations

from cpreport.gate.word.colours import Colours, six_digits
from cpreport.gate.word.names import A, V, W
from cpreport.office.parts import Element

BOX = f"{W}txbxContent"
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp"
_PROPERTIES, _STYLE = _SHAPE.replace("wsp", "spPr"), _SHAPE.replace("wsp", "style")
_PLAIN = {"white": "FFFFFF", "black": "000000"}


def behind_box(box: Element, colours: Colours) -> str:
    """The colour behind a text box's words; empty where it is a picture, a shade or none that is known."""
    shape = next(box.iterancestors(_SHAPE, f"{V}shape", f"{V}rect", f"{V}roundrect", f"{V}oval"), None)
    if shape is None:
        return ""
    if shape.tag != _SHAPE:
        is_plain = shape.get("filled") not in ("f", "false") and shape.find(f"{V}fill") is None
        stated = (shape.get("fillcolor") or "").partition(" ")[0] if is_plain else ""
        return _PLAIN.get(stated) or six_digits(stated.removeprefix("#"))
    return plain_fill(shape.find(_PROPERTIES), colours)


def plain_fill(properties: Element | None, colours: Colours) -> str:
    """The colour of a fill of one plain colour in six digits; empty for any other."""
    colour = None if properties is None else properties.find(f"{A}solidFill/*")
    if colour is None or len(colour):
        return ""
    name = colour.get("val") or ""
    return six_digits(name) if colour.tag == f"{A}srgbClr" else colours.named(name)
