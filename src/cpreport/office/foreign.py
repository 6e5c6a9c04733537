"""What a file seems to be that is not a workbook or a Word document, so that the finding can say what to do."""

from __future__ import annotations

from collections.abc import Collection

from cpreport.model.finding import Finding, Place
from cpreport.model.rules.file import DAMAGED, EMPTY, ENCRYPTED, NOT_A_WORKBOOK, OLD_FORMAT

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_WORKSHEETS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
SIGNATURES = {
    b"%PDF": "a PDF document",
    b"{\\rtf": "a rich-text document",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"\x1f\x8b": "a compressed file (gzip)",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"SQLite format 3": "a database (SQLite)",
    b"PAR1": "a data file (Parquet)",
}
KINDS_BY_FOLDER = {
    "word/": "a Word document",
    "ppt/": "a PowerPoint presentation",
    "index/": "an Apple Numbers or Pages document",
}
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet (.ods)",
    b"application/vnd.oasis.opendocument.text": "an OpenDocument text (.odt)",
}
WEB_PAGE = "a web page (HTML)"
_WEB_PAGES = ("<html", "<!doctype html", "<table")
BINARY_WORKBOOK = "xl/workbook.bin"
HEAD = 4096
NOT_WORD = "it is damaged, or is not a Word document"


def no_word_archive(content: bytes) -> str:
    """What a file is that should be a Word document but is not a zip archive; empty if it is one."""
    if content.startswith(ZIP):
        return ""
    if not content:
        return "it is empty (0 bytes)"
    if content.startswith(OLE2):
        return "it is protected with a password" if is_encrypted(content) else "it is a Word 97-2003 document (.doc)"
    if kind := _signed(content):
        return f"it is {kind}, despite its name"
    return "it is a Word XML document (.xml)" if b"pkg:package" in content[:1000] else NOT_WORD


def document_kind(content: bytes) -> str:
    """What a file is that is no zip archive, as `an empty file`; of an Office file of old, of which program."""
    if not content:
        return "empty (0 bytes)"
    if not content.startswith(OLE2):
        return _kind(content) if content[:HEAD].strip(b"\0") else "damaged: it begins with zero bytes only"
    streams = {"WordDocument": "a Word 97-2003 document (.doc)", "Workbook": "an Excel 97-2003 workbook (.xls)"}
    return next((kind for name, kind in streams.items() if _has_stream(content, name)), "an old Office or Outlook file")


def is_encrypted(content: bytes) -> bool:
    """Whether an Office file is encrypted, with a password or by rights management."""
    return content.startswith(OLE2) and _has_stream(content, "EncryptedPackage")


def document_format(content: bytes) -> str:
    """`docx` for a zip archive, `pdf`, or `html` for what begins as a page does; '' for any other file.

    A PDF may begin late; before a page there may be remarks or an XML declaration.
    """
    if content.startswith(ZIP):
        return "docx"
    if b"%PDF-" in content[:HEAD]:
        return "pdf"
    return "html" if not content.startswith(OLE2) and _kind(content) == WEB_PAGE else ""


def foreign_file(content: bytes) -> Finding | None:
    """Why a file is not a workbook; None if it is a zip archive and so may be one."""
    if not content:
        return EMPTY.at(Place())
    if content.startswith(ZIP):
        return None
    if content.startswith(OLD_WORKSHEETS):
        return OLD_FORMAT.at(Place(), found="a worksheet of an Excel from before 1997 (.xls)")
    if not content.startswith(OLE2):
        is_void = not content[:HEAD].strip(b"\0")
        reason = "it begins with zero bytes only"
        return DAMAGED.at(Place(), reason=reason) if is_void else NOT_A_WORKBOOK.at(Place(), found=_kind(content))
    if is_encrypted(content):
        return ENCRYPTED.at(Place())
    if _has_stream(content, "Workbook") or _has_stream(content, "Book"):
        return OLD_FORMAT.at(Place(), found="an Excel 97-2003 workbook (.xls)")
    is_word = _has_stream(content, "WordDocument")
    return NOT_A_WORKBOOK.at(Place(), found="a Word 97-2003 document" if is_word else "an old Office or Outlook file")


def foreign_archive(parts: Collection[str], mimetype: bytes) -> Finding:
    """Why a zip archive is not a workbook, whose parts it lacks. `parts` are lower-case names."""
    if BINARY_WORKBOOK in parts:
        return OLD_FORMAT.at(Place(), found="an Excel binary workbook (.xlsb)")
    return NOT_A_WORKBOOK.at(Place(), found=archive_kind(parts, mimetype))


def archive_kind(parts: Collection[str], mimetype: bytes) -> str:
    """What a zip archive is that is no workbook, by its parts' names in lower case."""
    kinds = (kind for part in parts for folder, kind in KINDS_BY_FOLDER.items() if part.startswith(folder))
    found = OPEN_DOCUMENTS.get(mimetype.strip(), "an OpenDocument or e-book file")
    return found if mimetype else next(kinds, "a zip archive")


def _has_stream(content: bytes, name: str) -> bool:
    return f"{name}\0".encode("utf-16-le") in content


def _signed(content: bytes) -> str:
    """What a file is by the bytes that it begins with; empty if they are not a known signature."""
    return next((kind for signature, kind in SIGNATURES.items() if content.startswith(signature)), "")


def _kind(content: bytes) -> str:
    head, is_utf_16 = content[:HEAD], content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if is_utf_16 else "utf-8-sig", "replace").strip().lower()
    is_binary = not is_utf_16 and any(byte < 32 and byte not in b"\t\n\v\f\r\x1a" for byte in head)
    if (kind := _signed(content)) or is_binary or not text:
        return kind or "a file of an unknown kind"
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return "an XML Spreadsheet 2003"
    if text.startswith("<"):
        return WEB_PAGE if any(sign in text for sign in _WEB_PAGES) else "an XML file"
    return "a text or CSV file"
