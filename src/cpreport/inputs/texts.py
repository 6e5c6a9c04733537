"""Text files: UTF-8, else UTF-16 with a byte order mark or Windows-1252; and characters that a text may not have."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from cpreport.model.errors import EnvironmentFailure
from cpreport.model.finding import Finding, Place
from cpreport.model.rules.workbook import CONTROL_CHARACTER, WINDOWS_1252
from cpreport.office.files import read_input

NEVER_AN_INPUT = re.compile(
    r"\A(?:~\$|\.)|conflicted copy|(?:sync|case)[- ]conflict|_conflict-[0-9]|[(\[]conflict", re.IGNORECASE
)
"""Names of lock files and of cloud services' conflict copies."""

UTF_16_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_BYTE_ORDER_MARK = "\ufeff"
MAX_BYTES = 50 * 2**20
_LONG_NAME = 7
"""From this length on, Word may drop one or two characters at the start of a locked file's name."""
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def read_bytes(path: Path, largest: int = MAX_BYTES) -> bytes:
    """A file's bytes; raises EnvironmentFailure if it cannot be read or is larger than `largest`."""
    try:
        if not path.is_file():
            raise EnvironmentFailure(f"there is no file {path}")
        if path.stat().st_size > largest:
            raise EnvironmentFailure(f"{path} is too large: a file of a report is at most {largest // 2**20} MiB")
        return read_input(path)
    except OSError as error:
        raise EnvironmentFailure(f"{path} cannot be read: {error.strerror or error}") from error


def read_text(path: Path, called: str = "", largest: int = MAX_BYTES) -> tuple[str, list[Finding]]:
    """A text file's text with line feeds only, and findings about its encoding and its characters.

    `called` is the file's name in findings; by default its name without folders. Raises as `read_bytes` does.
    """
    data, place = read_bytes(path, largest), Place(file=called or path.name)
    findings = []
    encoding = encoding_of(data)
    text = data.decode(encoding, errors="replace").removeprefix(_BYTE_ORDER_MARK)
    if encoding != "utf-8":
        name = "Windows-1252" if encoding == "cp1252" else "UTF-16"
        findings.append(WINDOWS_1252.at(place, file=path.name, encoding=name))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := control_character(text):
        line = text.count("\n", 0, found[0]) + 1
        findings.append(CONTROL_CHARACTER.at(replace(place, line=line), codepoint=found[1]))
    return text, findings


def encoding_of(data: bytes) -> str:
    """A text's encoding in Python: UTF-8, else UTF-16 with a byte order mark, or Windows-1252."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return UTF_16_MARKS.get(data[:2], "cp1252")
    return "utf-8"


def without_unseen(text: str) -> str:
    """A text without invisible characters, such as zero-width spaces."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def visible(text: str) -> str:
    """A text with plain spaces only, and without invisible characters."""
    return text if text.isascii() else _SPACE.sub(" ", without_unseen(text))


def control_character(text: str) -> tuple[int, int] | None:
    """The position and code point of the first character that no document can print; None if there is none."""
    found = _CONTROL.search(text)
    return (found.start(), ord(found[0])) if found else None


def is_there(path: Path) -> bool:
    """Whether a path exists; a name that no file can have, or a circular link, does not."""
    try:
        path.stat()
    except (OSError, ValueError):
        return False
    return True


def lock_file(path: Path) -> Path | None:
    """The lock file beside a file that is open in Excel, Word or LibreOffice; None if it is open in none of them."""
    is_long = path.suffix.lower() == ".docx" and len(path.stem) >= _LONG_NAME
    owners = [f"~${path.name[dropped:]}" for dropped in ((1, 2) if is_long else ())]
    locks = (path.with_name(name) for name in (f"~${path.name}", *owners, f".~lock.{path.name}#"))
    return next((lock for lock in locks if is_there(lock)), None)


def refuse_open(path: Path) -> None:
    """Raises EnvironmentFailure if a file to be changed is open in another program."""
    if lock := lock_file(path):
        raise EnvironmentFailure(
            f"{path} is open in another program (there is its lock file {lock.name}): close it there and run this "
            "again; nothing was written"
        )


def is_inside(root: Path, name: str) -> bool:
    """Whether a file is there and within a folder, also after links are followed; its path is relative."""
    if Path(name).is_absolute() or not is_there(root / name):
        return False
    path = (root / name).resolve()
    return path.is_relative_to(root.resolve()) and path.is_file()
