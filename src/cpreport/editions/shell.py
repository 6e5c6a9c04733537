"""shell.docx: what refuses it, and where in it the contents, the key and the sections go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from cpreport.editions.wordml import is_on, value
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding, Place
from cpreport.model.rules.definition import SHELL_LEFTOVER, SHELL_UNUSABLE
from cpreport.model.tags import PLACES, parts_of, place_of

if TYPE_CHECKING:
    from cpreport.editions.styles import Styles

SECTIONS_AS_XML = re.compile(rb'<(?:\w+:)?sections xmlns(?::\w+)?="urn:cpreport"/>')
"""The element that stands for the paragraph `{{ sections }}` until the text is put in its place."""

PLACE = "{urn:cpreport}"
"""What the names begin with of the elements that stand for places."""

SHELL = Place(file="shell.docx")

_LONGEST_QUOTE = 80
_PARTS = {"hdr": "header", "ftr": "footer"} | {f"{one}s": one for one in ("footnote", "endnote", "comment", "style")}
_OF_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_CHANGES = (
    "ins del moveFrom moveTo cellIns cellDel cellMerge numberingChange rPrChange pPrChange sectPrChange tblPrChange "
    "tblPrExChange tblGridChange trPrChange tcPrChange"
)
_COMMENTS = "comment commentReference commentRangeStart"


class ShellError(InputError):
    """shell.docx cannot be used as it is. `text` is the paragraph to correct, '' if it is none in particular."""

    def __init__(self, message: str, text: str = "", where: str = "paragraph") -> None:
        super().__init__(SHELL_UNUSABLE.at(SHELL, reason=f"{message}{in_paragraph(text, where)}"))


@contextmanager
def values_of_shell() -> Iterator[None]:
    """What in the shell breaks that Word would not write is a ShellError."""
    try:
        yield
    except (ValueError, ArithmeticError, LookupError, AttributeError, SyntaxError) as mistake:
        raise ShellError(f"shell.docx has a value that Word would not write ({mistake})") from mistake


def paragraph_text(paragraph: BaseOxmlElement) -> str:
    """The words of a w:p."""
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def in_paragraph(text: str, where: str = "paragraph") -> str:
    """Where in the shell something is, to be put after what is said of it; nothing where there is no text."""
    short = text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"
    return f" (in the {where} “{short}”)" if short else ""


def kind_of_part(root: BaseOxmlElement) -> str:
    """What a person calls a text of the part: `footnote`, or `paragraph` in the body."""
    return _PARTS.get(root.tag.rpartition("}")[2], "paragraph")


def mark_places(body: BaseOxmlElement) -> None:
    """Puts an element that stands for a place before its paragraph, such as `{{ sections }}`.

    The paragraph goes, or stays without words where a section of the shell ends in it. Raises ShellError if there is
    none for the sections, more than one for a place, or other words are in it.
    """
    found = [(each, text, name) for each in body.iter(qn("w:p")) for text, name in _named_places(each)]
    for paragraph, text, name in found:
        if not place_of(text.strip()) or paragraph.getparent() is not body:
            raise ShellError(
                f"shell.docx: {{{{ {name} }}}} needs a paragraph of its own, outside tables and boxes", text
            )
    for place in PLACES:
        number = sum(name == place for _, _, name in found)
        if number > 1 or (number == 0 and place == "sections"):
            has = f"{number or 'no'} paragraph{'s' if number else ''} {{{{ {place} }}}}"
            raise ShellError(f"shell.docx has {has}; it needs one, with nothing else in it")
    for paragraph, _, name in found:
        paragraph.addprevious(parse_xml(f'<c:{name} xmlns:c="urn:cpreport"/>'))
        if paragraph.xpath("./w:pPr/w:sectPr"):
            paragraph[1:] = []
        else:
            body.remove(paragraph)


def place_mark(body: BaseOxmlElement, place: str) -> BaseOxmlElement | None:
    """What stands for a place; None if there is none, or a condition left it out. Raises ShellError if repeated."""
    marks: list[BaseOxmlElement] = list(body.iter(f"{PLACE}{place}"))
    if len(marks) > 1:
        raise _misplaced(place)
    return marks[0] if marks else None


def sections_mark(body: BaseOxmlElement) -> BaseOxmlElement:
    """What stands for the sections. Raises ShellError if a condition left it out, or a loop printed more than one."""
    mark = place_mark(body, "sections")
    if mark is None:
        raise _misplaced("sections")
    return mark


def _misplaced(place: str) -> ShellError:
    return ShellError(f"shell.docx: {{{{ {place} }}}} is between tags that leave it out or repeat it")


def leftovers(parts: Iterable[Part], styles: Styles) -> list[Finding]:
    """What an editor leaves that no report may have: a finding for each kind, with the first place where it is."""
    found: dict[str, Finding] = {}
    for part in parts:
        if not part.content_type.startswith(_OF_WORD):
            continue
        root = part.element if isinstance(part, XmlPart) else parse_xml(part.blob)
        for what, them, fix, places in (
            ("tracked changes", "them", "accept or reject them all (Review > Accept)", _named(root, _CHANGES)),
            ("comments", "them", "delete them all (Review > Delete)", _named(root, _COMMENTS)),
            ("hidden text", "it", "show it (Home > ¶), delete it or clear Hidden in its font", _hidden(root, styles)),
        ):
            if what not in found and (first := next(places, None)) is not None:
                where = _where(first, kind_of_part(root))
                found[what] = SHELL_LEFTOVER.at(SHELL, what=what, where=where, them=them, fix=fix)
    return list(found.values())


def _named_places(paragraph: BaseOxmlElement) -> Iterator[tuple[str, str]]:
    """The paragraph's text with the name of each place in it."""
    text = paragraph_text(paragraph)
    if any(place in text for place in PLACES):
        yield from ((text, name) for name in map(place_of, parts_of(text)[1::2]) if name)


def _named(root: BaseOxmlElement, names: str) -> Iterator[BaseOxmlElement]:
    return iter(root.iter(*(qn(f"w:{name}") for name in names.split())))


def _hidden(root: BaseOxmlElement, styles: Styles) -> Iterator[BaseOxmlElement]:
    """The runs whose words are hidden, by themselves or by their styles."""
    for run in root.iter(qn("w:r")):
        if any((text.text or "").strip() for text in run.findall(qn("w:t"))) and _is_hidden(run, styles):
            yield run


def _is_hidden(run: BaseOxmlElement, styles: Styles) -> bool:
    own = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    if own is not None:
        return is_on(own)
    paragraph = next(run.iterancestors(qn("w:p")), None)
    looks = [run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")]
    looks += [] if paragraph is None else [paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")]
    return any(is_on(styles.inherited(value(look), "w:rPr/w:vanish")) for look in looks if look is not None)


def _where(element: BaseOxmlElement, part: str) -> str:
    """The paragraph around an element, deleted words included; where it has none, the part."""
    paragraph = next(element.iterancestors(qn("w:p")), None)
    texts = () if paragraph is None else paragraph.iter(qn("w:t"), qn("w:delText"))
    return in_paragraph("".join(text.text or "" for text in texts), part) or f" (in a {part})"
