"""XML parts parsed safely: a document type is refused, and with it every entity that could grow."""

from __future__ import annotations

from xml.parsers import expat

from cpreport.model.errors import InputError
from cpreport.model.finding import Place
from cpreport.model.rules.file import DAMAGED


def safe_parser() -> expat.XMLParserType:
    """A parser that raises InputError at a document type declaration."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def parse(parser: expat.XMLParserType, part: bytes) -> None:
    """Parse a whole part. Raises InputError if it is not well-formed."""
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise InputError(DAMAGED.at(Place(), reason=f"a part of it is not well-formed XML ({error})")) from error


def _refuse_document_type(*_: object) -> None:
    raise InputError(DAMAGED.at(Place(), reason="it declares an XML document type, which no workbook does"))
