"""XML parts parsed safely, in one encoding, of legal characters.

A document type is refused, and with it every entity that could grow.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from cpreport.model.errors import InputError
from cpreport.model.finding import Place
from cpreport.model.rules.file import DAMAGED

NAMESPACE_END = " "
"""What separates the namespace and the name of an element or attribute, if a parser gives namespaces."""

_BEGINNINGS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    "<?".encode("utf-16-le"): "utf-16-le",
    "<?".encode("utf-16-be"): "utf-16-be",
}
_DECLARATION = re.compile(rb"""\A<\?xml\s[^<>]{0,99}?\sencoding\s*=\s*["']([\w.:-]{1,40})["'][^<>]{0,99}\?>""")
_PLAIN = (b"utf-8", b"utf8", b"us-ascii", b"ascii")


def damaged(reason: str) -> InputError:
    """The error of a damaged file, with the reason."""
    return InputError(DAMAGED.at(Place(), reason=reason))


def safe_parser(namespaces: bool = False) -> expat.XMLParserType:
    """A parser that raises InputError at a document type declaration. `namespaces` come before names."""
    parser = expat.ParserCreate(namespace_separator=NAMESPACE_END if namespaces else None)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def parse(parser: expat.XMLParserType, part: bytes) -> None:
    """Parse a whole part. Raises InputError if it is not well-formed."""
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged(f"a part of it is not well-formed XML ({error})") from error


def visit_elements(part: bytes, visit: Callable[[str, dict[str, str]], None]) -> None:
    """Call `visit` with the name and attributes of each element of a part's own namespace, if there is a part.

    Names are without a namespace; those of attributes with it, if they have one. What extensions add is of another
    namespace, and is left out.
    """
    if not part:
        return
    own: list[str] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        namespace, _, name = element.rpartition(NAMESPACE_END)
        if not own:
            own.append(namespace)
        if namespace == own[0]:
            visit(name, attributes)

    parser = safe_parser(namespaces=True)
    parser.StartElementHandler = start
    parse(parser, part)


def gather(parser: expat.XMLParserType, name: str, attributes: dict[str, str], done: Callable[[Element], None]) -> None:
    """Have a parser make a tree of the element that begins with this name, and give it to `done` at its end."""
    builder = TreeBuilder()
    root = builder.start(name, attributes)
    before = parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler

    def end(name: str) -> None:
        if builder.end(name) is root:
            parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = before
            done(root)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = builder.start, end, builder.data


def legal(text: str) -> str:
    """The text without the characters that XML 1.0 forbids."""
    return re.sub("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


def in_utf8(part: bytes) -> bytes:
    """An XML part in UTF-8, from the encoding that it begins with or declares; unchanged if it is not in that one."""
    encoding = next((name for beginning, name in _BEGINNINGS.items() if part.startswith(beginning)), "")
    declared = _DECLARATION.match(part)
    if declared and declared[1].lower() not in _PLAIN:
        encoding = declared[1].decode("ascii")
    if not encoding:
        return part
    try:
        plain = part.decode(encoding).removeprefix("\ufeff").encode("utf-8")
    except (UnicodeError, LookupError):
        return part
    return _DECLARATION.sub(b"", plain)


def _refuse_document_type(*_: object) -> None:
    raise damaged("it declares an XML document type, which no workbook does")
