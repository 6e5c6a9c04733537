"""shell.docx: its bytes, and the texts of its paragraphs, in which people write tags."""

from __future__ import annotations

import re
from pathlib import Path

from cpreport.inputs.excel.package import Package
from cpreport.inputs.texts import read_bytes
from cpreport.model.errors import InputError
from cpreport.model.finding import Place
from cpreport.model.folder import Shell
from cpreport.model.rules.definition import SHELL_UNUSABLE
from cpreport.model.xml import parse, safe_parser

_WITH_TAGS = re.compile(r"word/(document|header[0-9]*|footer[0-9]*)\.xml")


def read_shell(path: Path) -> Shell:
    """The shell in a file; raises InputError if it is no Word document."""
    content = read_bytes(path)
    try:
        package = Package(content)
        parts = {name: package.part(name) for name in package.names}
        for name, part in parts.items():
            if name.endswith((".xml", ".rels")):
                parse(safe_parser(), part)
        texts = [text for name, part in parts.items() if _WITH_TAGS.fullmatch(name) for text in _paragraphs(part)]
    except InputError as error:
        reason = "it is no Word document, is damaged, or is too large"
        raise InputError(SHELL_UNUSABLE.at(Place(file=path.name), reason=reason)) from error
    if "word/document.xml" not in package:
        raise InputError(SHELL_UNUSABLE.at(Place(file=path.name), reason="it has no document part"))
    return Shell(content, tuple(texts))


def _paragraphs(xml: bytes) -> list[str]:
    """The words of each paragraph; a paragraph inside another, as in a text box, adds to both."""
    texts: list[str] = []
    open_paragraphs: list[list[str]] = []
    in_text = False

    def start(name: str, _: object) -> None:
        nonlocal in_text
        if name == "w:p":
            open_paragraphs.append([])
        in_text = name == "w:t"

    def end(name: str) -> None:
        nonlocal in_text
        in_text = False
        if name == "w:p":
            texts.append("".join(open_paragraphs.pop()))

    def words(data: str) -> None:
        if in_text:
            for paragraph in open_paragraphs:
                paragraph.append(data)

    parser = safe_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parse(parser, xml)
    return texts
