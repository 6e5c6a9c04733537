"""What the pages of a PDF lack: text, tags, the characters of fonts, links and fields that can be reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cpreport.gate.pdf.content import Shown, read_page
from cpreport.gate.pdf.fonts import read_fonts
from cpreport.gate.pdf.objects import Objects, Values
from cpreport.gate.places import found, quoted
from cpreport.model.finding import Finding, Rule
from cpreport.model.rules.document import CONTROL_WITHOUT_TITLE
from cpreport.model.rules.web import (
    LINK_UNDESCRIBED,
    LINK_UNTAGGED,
    LOOSE_DRAWING,
    LOOSE_TEXT,
    NO_CHARACTERS,
    NOT_EMBEDDED,
    SCANNED,
    TAB_ORDER,
    TOO_LONG,
)

MOST_PAGES = 2_000
_HIDDEN = 2
"""The flag of an annotation that is not shown."""

Found = Iterator[tuple[Rule, list[str]]]


def page_findings(objects: Objects, name: str, described: set[int], is_tagged: bool) -> Iterator[Finding]:
    """What is wrong with the pages of a file of this name; `described` are those that have an alternative text."""
    pages = [objects.dictionary(each) for each in objects.pages[:MOST_PAGES]]
    forms: dict[str, Shown] = {}
    shown = [read_page(objects, page, forms) for page in pages]
    for rule, places in (
        *_shown(shown, described, is_tagged),
        *_fonts(objects, shown),
        *(_tagged(objects, pages) if is_tagged else ()),
        (CONTROL_WITHOUT_TITLE, list(_nameless_fields(objects))),
        (TOO_LONG, [f"the pages after {MOST_PAGES:,}"] if objects.pages[MOST_PAGES:] else []),
    ):
        if places:
            yield found(rule, name, places)


def _shown(shown: Sequence[Shown], described: set[int], is_tagged: bool) -> Found:
    numbered = list(enumerate(shown, start=1))
    scanned = (number for number, page in numbered if page.has_picture and not page.has_text)
    yield SCANNED, _in_words(number for number in scanned if number not in described)
    if is_tagged:
        yield LOOSE_TEXT, _in_words(number for number, page in numbered if page.has_loose_text)
        yield LOOSE_DRAWING, _in_words(number for number, page in numbered if page.has_loose_drawing)


def _in_words(numbers: Iterable[int]) -> list[str]:
    """`page 1`, `pages 3 to 5`."""
    runs = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        pages = [number for _, number in run]
        runs.append(f"pages {pages[0]} to {pages[-1]}" if pages[1:] else f"page {pages[0]}")
    return runs


def _fonts(objects: Objects, shown: Sequence[Shown]) -> Found:
    fonts = sorted(read_fonts(objects, set().union(*(page.fonts for page in shown))))
    yield NOT_EMBEDDED, list(dict.fromkeys(font.name for font in fonts if not font.is_embedded))
    yield NO_CHARACTERS, list(dict.fromkeys(font.name for font in fonts if not font.has_characters))


def _tagged(objects: Objects, pages: Sequence[Values]) -> Found:
    """What links and fields of a file with tags lack."""
    annotations = [[objects.dictionary(each) for each in objects.array(page.get("/Annots"))] for page in pages]
    shown = [(number, [each for each in some if _is_shown(each)]) for number, some in enumerate(annotations, start=1)]
    links = [(number, each) for number, some in shown for each in some if objects.name(each.get("/Subtype")) == "Link"]
    yield LINK_UNTAGGED, [_link(objects, *each) for each in links if "/StructParent" not in each[1]]
    orders = [objects.name(page.get("/Tabs")) for page in pages]
    yield TAB_ORDER, _in_words(number for number, some in shown if some and orders[number - 1] != "S")
    yield LINK_UNDESCRIBED, [_link(objects, *each) for each in links if not objects.text(each[1].get("/Contents"))]


def _is_shown(annotation: Values) -> bool:
    flags = annotation.get("/F", 0)
    return bool(annotation) and not (isinstance(flags, int) and flags & _HIDDEN)


def _link(objects: Objects, page: int, link: Values) -> str:
    address = objects.text(objects.dictionary(link.get("/A")).get("/URI"))
    return f"{f'to {quoted(address)} ' if address else ''}on page {page}"


def _nameless_fields(objects: Objects) -> Iterator[str]:
    """The names that programs have for fields without a description for people."""
    fields = objects.dictionary(objects.root.get("/AcroForm")).get("/Fields")
    for field in objects.named({"/Kids": fields}):
        has_fields = any("/T" in objects.dictionary(kid) for kid in objects.array(field.get("/Kids")))
        if "/T" in field and not has_fields and not objects.text(field.get("/TU")):
            yield f"the field {quoted(objects.text(field['/T']))}"
