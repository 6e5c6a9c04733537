"""What the pages of a PDF show, as far as it can be told without drawing them: text, pictures, what no tag is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cpreport.gate.pdf.objects import Objects, Values

MOST_DEEP = 12
"""How far forms are followed that are drawn in forms."""

_UNTOLD = re.compile(
    rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\))*+\)|<[0-9A-Fa-f\s]*+>|%[^\r\n]*+", re.DOTALL
)
"""Texts and comments within the content: what stands in them is not an instruction."""

_PICTURE = re.compile(rb"ID\s")
_LONGEST_HEAD = 400
"""How far before its bytes a picture in the content begins."""

_PICTURE_END = re.compile(rb"\sEI\b")
_TOKEN = re.compile(
    rb"/(?P<tag>[^\s/<>()\[\]%]++)\s*+(?P<values><<[^<>]*+(?:<<[^<>]*+>>[^<>]*+)*+>>|/[^\s/<>()\[\]%]++)?+\s*+B(?:DC|MC)\b"
    rb"|/(?P<drawn>[^\s/<>()\[\]%]++)\s++Do\b"
    rb"|(?<![\w/*])(?:(?P<end>EMC)|(?P<text>T[jJ])|(?P<paint>f\*?|F|S|s|B\*?|b\*?|sh))(?![\w*])"
)
_TEXT = re.compile(rb"(?<![\w/*])T[jJ]\b|(?<=[)>\s])['\"](?!\w)")
_UNTAGGED = (b"OC",)


@dataclass(slots=True)
class Shown:
    """What a page or form shows. What is loose is neither tagged nor marked as decoration."""

    has_text: bool = False
    has_picture: bool = False
    has_loose_text: bool = False
    has_loose_drawing: bool = False
    fonts: set[str] = field(default_factory=set)


def read_page(objects: Objects, page: Values, known: dict[str, Shown]) -> Shown:
    """What a page shows. `known` are the forms that were read already."""
    content = b"\n".join(objects.stream(each) for each in objects.array(page.get("/Contents")))
    return _shown(objects, content, page.get("/Resources"), known, MOST_DEEP)


def _shown(objects: Objects, content: bytes, resources: Any, known: dict[str, Shown], deep: int) -> Shown:
    found = objects.dictionary(resources)
    drawn = objects.dictionary(found.get("/XObject"))
    whole = _without_pictures(content)
    bare = _UNTOLD.sub(b"()", whole)
    shown = Shown(bool(_TEXT.search(bare)), has_picture=whole is not content)
    shown.fonts.update(each for each in objects.dictionary(found.get("/Font")).values() if isinstance(each, str))
    for name, is_tagged in dict.fromkeys(_drawn(bare, shown)):
        inner = _drawing(objects, drawn.get("/" + name.decode("latin-1")), found, known, deep)
        shown.has_text |= inner.has_text
        shown.has_picture |= inner.has_picture
        shown.has_loose_text |= inner.has_loose_text and not is_tagged
        shown.has_loose_drawing |= inner.has_loose_drawing and not is_tagged
        shown.fonts |= inner.fonts
    return shown


def _without_pictures(content: bytes) -> bytes:
    """The content without the pictures that stand in it; the same object where there are none."""
    parts, kept_from = [], 0
    for head in _PICTURE.finditer(content):
        begin = content.rfind(b"BI", max(kept_from, head.start() - _LONGEST_HEAD), head.start())
        if begin >= 0 and head.start() >= kept_from:
            end = _PICTURE_END.search(content, head.end())
            if not end:
                break
            parts.append(content[kept_from:begin])
            kept_from = end.end()
    return b"\n".join([*parts, content[kept_from:]]) if parts else content


def _drawing(objects: Objects, reference: Any, around: Values, known: dict[str, Shown], deep: int) -> Shown:
    """What a picture or form shows that is drawn by its name."""
    if not isinstance(reference, str) or not deep:
        return Shown()
    if reference not in known:
        known[reference] = Shown()
        values = objects.dictionary(reference)
        if objects.name(values.get("/Subtype")) == "Image":
            known[reference] = Shown(has_picture=True, has_loose_drawing=True)
        else:
            content = objects.stream(reference)
            known[reference] = _shown(objects, content, values.get("/Resources", around), known, deep - 1)
    return known[reference]


def _drawn(bare: bytes, shown: Shown) -> Iterator[tuple[bytes, bool]]:
    """The names of what is drawn, and whether each is tagged or decoration; `shown` learns what is loose."""
    marks: list[bool] = []
    tagged = 0
    for token in _TOKEN.finditer(bare):
        kind = token.lastgroup
        if kind in ("tag", "values"):
            marks.append(_tags(token["tag"], token["values"] or b""))
            tagged += marks[-1]
        elif kind == "drawn":
            yield token["drawn"], tagged > 0
        elif kind == "end":
            tagged -= marks.pop() if marks else 0
        elif not tagged:
            shown.has_loose_text |= kind == "text"
            shown.has_loose_drawing |= kind == "paint"


def _tags(tag: bytes, values: bytes) -> bool:
    """Whether what such a mark is around is tagged or decoration; a named list of values is taken to tag."""
    return tag == b"Artifact" or (tag not in _UNTAGGED and (values.startswith(b"/") or b"/MCID" in values))
