"""The zip package that an .xlsx file is: its parts, each checked while it is unpacked and before anything is parsed."""

from __future__ import annotations

import io
import posixpath
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from cpreport.model.errors import EnvironmentFailure, InputError
from cpreport.model.finding import FINDINGS_PART, Finding, Place
from cpreport.model.rules.file import TOO_LARGE
from cpreport.office.files import read_input
from cpreport.office.foreign import foreign_archive, foreign_file
from cpreport.office.xml import damaged, in_utf8, visit_elements

MIB = 1024 * 1024
LARGEST_UNPACKED = 400 * MIB
MOST_PARTS = 10_000
LOCAL_HEADER = 30
DIRECTORY_ENTRY = b"PK\x01\x02"
ZIP_ENCRYPTED = 0x1
XML_NAMES = (".xml", ".rels")
_EPOCH, _UNIX, _OWN = (1980, 1, 1, 0, 0, 0), 3, 0o600 << 16
"""The time, system and permissions of an archive's entries, wherever and whenever it is made."""


class Relation(NamedTuple):
    """A relationship to a part, or to what is outside of the package; `kind` is the last word of its type.

    `part` is the target of an external one as it is, such as an address.
    """

    id: str
    kind: str
    part: str
    is_external: bool = False


class Package:
    """The parts of a workbook by name, in any case; together they unpack to no more than `LARGEST_UNPACKED`."""

    def __init__(self, content: bytes) -> None:
        self._archive = _archive(content)
        self._entries = _entries(self._archive)
        self._left = LARGEST_UNPACKED

    @property
    def names(self) -> list[str]:
        """The parts' names in lower case, in order."""
        return sorted(self._entries)

    def __contains__(self, name: str) -> bool:
        return key_of(name) in self._entries

    def part(self, name: str) -> bytes:
        """A part's bytes, of the size and checksum that the archive states. Empty if there is no such part.

        XML is in UTF-8, in whatever encoding the part is.

        Raises InputError if the part is damaged or too large.
        """
        entry = self._entries.get(key_of(name))
        return self._unpacked(entry) if entry else b""

    def relations(self, source: str) -> list[Relation]:
        """The relationships of a part, or of the package itself ('')."""
        found: list[Relation] = []

        def visit(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship":
                found.append(relation(source, attributes))

        visit_elements(self.part(relationships_of(source)), visit)
        return found

    def parts(self) -> dict[str, bytes]:
        """All parts by their own names, in the file's order. Raises InputError as `part` does."""
        entries = (entry for entry in self._entries.values() if not entry.is_dir())
        return {entry.filename: self._unpacked(entry) for entry in entries}

    def foreign(self) -> Finding:
        """What the archive seems to be if it is not a workbook."""
        return foreign_archive(self._entries.keys(), self.part("mimetype"))

    def _unpacked(self, entry: zipfile.ZipInfo) -> bytes:
        if entry.file_size > self._left:
            raise _too_large("the workbook, unpacked,", LARGEST_UNPACKED - self._left + entry.file_size)
        self._left -= entry.file_size
        if entry.flag_bits & ZIP_ENCRYPTED:
            raise damaged(f"its part {entry.filename} is encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(f"its part {entry.filename} is compressed in a way that Office does not use")
        try:
            with self._archive.open(entry) as part:
                content = part.read(entry.file_size + 1)
            if len(content) != entry.file_size:
                raise ValueError("it is of another size than the archive states")
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise damaged(f"its part {entry.filename} cannot be unpacked") from error
        return in_utf8(content) if entry.filename.lower().endswith(XML_NAMES) else content


def read_package(path: Path) -> Package:
    """The package in a file.

    Raises EnvironmentFailure if the file cannot be read, InputError if it is not a zip archive.
    """
    content = _content(path)
    if finding := foreign_file(content):
        raise InputError(finding)
    return Package(content)


def is_marked_copy(path: Path) -> bool:
    """Whether a file is a marked copy as cpreport wrote it."""
    try:
        with zipfile.ZipFile(path) as archive:
            return FINDINGS_PART in archive.namelist()
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


def archived(parts: Mapping[str, bytes]) -> bytes:
    """The archive of parts by their names, in their order: the same bytes for the same parts."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, _UNIX, _OWN
            archive.writestr(entry, content)
    return result.getvalue()


def key_of(name: str) -> str:
    """A part's name as names of parts compare."""
    return name.replace("\\", "/").lstrip("/").lower()


def relation(source: str, attributes: Mapping[str, str]) -> Relation:
    """A relationship of the part `source` by its element's attributes; its kind is such as `styles`."""
    target, is_external = attributes.get("Target", ""), attributes.get("TargetMode") == "External"
    part = target if is_external else related(source, target)
    return Relation(attributes.get("Id", ""), attributes.get("Type", "").rpartition("/")[2], part, is_external)


def relationships_of(source: str) -> str:
    """The name of the part that holds the relationships of a part, or of the package itself ('')."""
    folder, _, name = source.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def related(source: str, target: str) -> str:
    """The name of the part that a relationship of the part `source` points to."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target.replace("\\", "/"))).lstrip("/")


def _content(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise EnvironmentFailure(f"{path} is a folder, not a workbook")
        if not stat.S_ISREG(status.st_mode):
            raise EnvironmentFailure(f"{path} is a device or pipe, not a file")
        if status.st_size > LARGEST_UNPACKED:
            raise _too_large("the file", status.st_size)
        return read_input(path)
    except FileNotFoundError as error:
        raise EnvironmentFailure(f"there is no file {path}") from error
    except PermissionError as error:
        raise EnvironmentFailure(f"{path} may not be read: permission denied") from error
    except (OSError, ValueError) as error:
        raise EnvironmentFailure(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _archive(content: bytes) -> zipfile.ZipFile:
    if content.count(DIRECTORY_ENTRY) > MOST_PARTS:
        raise damaged(f"it has more than {MOST_PARTS:,} parts")
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise damaged("the end of the file is missing or broken") from error


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    entries: dict[str, zipfile.ZipInfo] = {}
    end = 0
    for entry in sorted(archive.infolist(), key=lambda entry: entry.header_offset):
        name = key_of(entry.filename)
        if name in entries:
            raise damaged(f"it has two parts named {entry.filename}")
        if entry.header_offset < end:
            raise damaged(f"its part {entry.filename} overlaps another one")
        end = entry.header_offset + LOCAL_HEADER + len(entry.orig_filename) + entry.compress_size
        entries[name] = entry
    return entries


def _too_large(what: str, size: int) -> InputError:
    limit = f"{LARGEST_UNPACKED // MIB} MiB"
    return InputError(TOO_LARGE.at(Place(), what=what, size=f"{size / MIB:,.0f} MiB", limit=limit))
