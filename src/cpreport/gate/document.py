"""A document of any format: what it is by its content, and what its readers would miss."""

from __future__ import annotations

from cpreport.model.errors import InputError
from cpreport.model.finding import Finding, Place
from cpreport.model.rules.document import RESTRICTED, UNREADABLE
from cpreport.office.foreign import document_format, document_kind, is_encrypted
from cpreport.office.package import Package


def check_document(content: bytes, name: str) -> list[Finding]:
    """What is wrong with a document in a file of this name; its kind is told by its content.

    What cannot be read as a document has one finding, an error.
    """
    format = document_format(content)
    try:
        if format == "docx":
            from cpreport.gate.word import check_word

            return check_word(Package(content).parts(), name)
    except InputError as failure:
        return [unreadable(name, str(failure).replace("the workbook", "the document"))]
    if format == "pdf":
        from cpreport.gate.pdf import check_pdf

        return check_pdf(content, name)
    if format == "html":
        from cpreport.gate.html import check_html

        return check_html(content, name)
    if is_encrypted(content):
        return [RESTRICTED.at(Place(file=name), where="it is encrypted, with a password or by rights management")]
    return [unreadable(name, f"the file is {document_kind(content)}")]


def unreadable(name: str, reason: str) -> Finding:
    """The finding of a file that cannot be checked."""
    return UNREADABLE.at(Place(file=name), reason=reason)
