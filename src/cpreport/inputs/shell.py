"""shell.docx: its bytes, and the texts of its paragraphs, in which people write tags."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import ParseError, fromstring

from cpreport.inputs.texts import read_bytes
from cpreport.model.errors import InputError
from cpreport.model.finding import Place
from cpreport.model.folder import Shell
from cpreport.model.rules.definition import SHELL_NOT_WORD
from cpreport.office.foreign import NOT_WORD, OPEN_DOCUMENTS, no_word_archive
from cpreport.office.package import Package
from cpreport.office.xml import parse, safe_parser

_WORD_PARTS = re.compile(r"word/[^/]+\.xml")
_MAIN_TYPE = re.compile(rb"""ContentType\s*=\s*["']application/([\w.+-]+?)\.main\+xml["']""")
_WORD_DOCUMENT = "vnd.openxmlformats-officedocument.wordprocessingml.document"
_KINDS = {
    "vnd.openxmlformats-officedocument.wordprocessingml.template": "a Word template (.dotx)",
    "vnd.ms-word.document.macroEnabled": "a Word document with macros (.docm)",
    "vnd.ms-word.template.macroEnabledTemplate": "a Word template with macros (.dotm)",
    "vnd.openxmlformats-officedocument.spreadsheetml.sheet": "an Excel workbook (.xlsx)",
    "vnd.openxmlformats-officedocument.presentationml.presentation": "a PowerPoint presentation (.pptx)",
}
_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/"


def read_shell(path: Path) -> Shell:
    """The shell in a file; raises InputError, which says what it is, if it is not a Word document."""
    content = read_bytes(path)
    if reason := no_word_archive(content):
        raise _refused(path, reason)
    try:
        parts = _parts(Package(content))
        texts = [text for name, part in parts.items() if _WORD_PARTS.fullmatch(name) for text in _paragraphs(part)]
    except (InputError, ParseError) as error:
        is_large = any(finding.code == "file.too-large" for finding in getattr(error, "findings", ()))
        raise _refused(path, "it is too large" if is_large else NOT_WORD) from error
    if reason := _other_kind(parts):
        raise _refused(path, reason)
    return Shell(content, tuple(texts))


def _refused(path: Path, reason: str) -> InputError:
    return InputError(SHELL_NOT_WORD.at(Place(file=path.name), reason=reason))


def _parts(package: Package) -> dict[str, bytes]:
    """The parts by their names in lower case, those in XML well-formed."""
    parts = {name: package.part(name) for name in package.names}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            parse(safe_parser(), part)
    return parts


def _other_kind(parts: dict[str, bytes]) -> str:
    """What kind of file a zip archive is; empty if it is a Word document."""
    if mimetype := parts.get("mimetype"):
        return f"it is {OPEN_DOCUMENTS.get(mimetype.strip(), 'an OpenDocument or e-book file')}"
    kinds = [kind.decode() for kind in _MAIN_TYPE.findall(parts.get("[content_types].xml", b""))]
    if _WORD_DOCUMENT not in kinds:
        return next((f"it is {_KINDS[kind]}" for kind in kinds if kind in _KINDS), NOT_WORD)
    is_strict = _STRICT in parts.get("_rels/.rels", b"") or _STRICT in parts.get("word/document.xml", b"")
    return "it is a Strict Open XML document" if is_strict else ""


def _paragraphs(xml: bytes) -> list[str]:
    """The words of each paragraph; a paragraph inside another, as in a text box, adds to both."""
    found = fromstring(xml).iter(f"{_MAIN}p")
    return ["".join(words.text or "" for words in paragraph.iter(f"{_MAIN}t")) for paragraph in found]
