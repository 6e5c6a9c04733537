"""Whether a document is what its inputs give: it is made again from what its audit file says, and compared."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from enum import Enum
from importlib.metadata import version
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import NamedTuple

from cpreport.compose.changes import Kind, changes_between
from cpreport.editions.differences import Differing, differing, differing_words
from cpreport.editions.seal import AUDIT, is_sealed, stated
from cpreport.inputs.audit import LARGEST, audit_in
from cpreport.inputs.definitions.folder import PACKAGED_PLACE, packaged_reports
from cpreport.inputs.texts import is_there
from cpreport.model.audit import SUFFIX, Audit
from cpreport.model.errors import CpreportError, EnvironmentFailure, InputError, MissingExtra
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.office.digests import AUDIT_PROPERTY, PROPERTY, is_as_recorded, recorded_digest
from cpreport.office.files import inputs_read
from cpreport.office.foreign import document_format
from cpreport.pipeline import load_workbook
from cpreport.publishing import build_editions


class Cause(Enum):
    """Why a document is not what its inputs give, in the order in which the differences are told."""

    VERSION = "version"
    INPUTS = "inputs"
    DEFINITIONS = "definitions"
    FIGURES = "figures"
    TEXTS = "texts"
    AUDIT = "audit file"


class Difference(NamedTuple):
    """`document` is what the document says, `computed` what is computed now; empty where that does not apply."""

    cause: Cause
    message: str
    where: str = ""
    document: str = ""
    computed: str = ""

    @property
    def is_of_texts(self) -> bool:
        return self.cause is Cause.TEXTS

    def record(self) -> dict[str, str]:
        return {**self._asdict(), "cause": self.cause.value}


class Verification:
    """A document with its audit file, whose place is `path`, and the workbook that it is compared with.

    Raises EnvironmentFailure where it has none, or for a PDF without typst; InputError for a damaged one. When the
    differences are told it is known whether it could be made again (`is_computed`), has the words that are computed now
    (`has_same_words`), or was only saved again by another program (`is_saved_again`).
    """

    def __init__(self, document: Path, workbook: Path | None) -> None:
        self.document, self.is_computed, self.is_saved_again, self.has_same_words = document, False, False, False
        self._given, self._content = workbook, _read(document)
        self._kind = document_format(self._content)
        self._recorded = self._recorded_audit()
        self.path, written = self._audit_file(self._recorded)
        self._is_audit_as_recorded = self._recorded in ("", _sha256(written))
        self._audit = audit_in(written, self.path.name)
        if self._kind == "pdf":
            from cpreport.editions.pdf.typesetting import typst_folder

            typst_folder()
        self.workbook = self._place(self._audit.workbook) or document.with_name(PurePath(self._audit.workbook).name)

    def differences(self) -> Iterator[Difference]:
        """In the order of causes."""
        found = [*self._of_version(), *self._of_inputs()]
        try:
            computed, now = self._computed()
            self.is_computed = True
            found += [*self._added(), *self._of_figures(now)]
            found += self._of_texts(computed, bool(found))
            if not (found or self._given or _printed(now) == _printed(self._audit)):
                found.append(Difference(Cause.AUDIT, f"{self.path} does not hold what is computed now"))
        except MissingExtra:
            raise
        except InputError as failure:
            first, *more = failure.findings
            others = f" (and {len(more)} more)" if more else ""
            found.append(Difference(Cause.INPUTS, f"no report can be made of them now: {first.message}{others}"))
        except (CpreportError, NotAPeriod) as failure:
            found.append(Difference(Cause.INPUTS, f"no report can be made of them now: {failure}"))
        if not self.is_computed:
            found += self._of_changes_by_hand()
        yield from found
        if not self._is_audit_as_recorded:
            yield Difference(Cause.AUDIT, f"{self.path} is not as it was written with this document")

    def _recorded_audit(self) -> str:
        """The SHA-256 of the audit file that the document records, empty where there is none."""
        try:
            if self._kind == "docx":
                return recorded_digest(self._content, AUDIT_PROPERTY)
            if self._kind:
                return stated(self._content, AUDIT)
        except InputError:
            pass
        raise EnvironmentFailure(
            f"{self.document} is not a report that cpreport wrote: give its .docx, .html or .pdf file"
        )

    def _audit_file(self, recorded: str) -> tuple[Path, bytes]:
        """The audit file that the document records, else the one of its name."""
        named = self.document.with_name(self.document.stem + SUFFIX)
        beside = (path for path in sorted(self.document.parent.iterdir()) if path.name.lower().endswith(SUFFIX))
        files = [path for path in dict.fromkeys((named, *beside)) if path.is_file() and path.stat().st_size <= LARGEST]
        for path in files if recorded else ():
            if _sha256(written := _read_audit(path)) == recorded:
                return path, written
        if named in files:
            return named, _read_audit(named)
        raise EnvironmentFailure(
            f"there is no audit file of {self.document}: copy {named.name} into its folder, or build the report again"
        )

    def _place(self, path: str) -> Path | None:
        """Where an input is; None where the audit file says nothing that may be looked up.

        What was beside the workbook or below is now beside the one that was given.
        """
        if path.startswith(PACKAGED_PLACE):
            return packaged_reports() / path.removeprefix(PACKAGED_PLACE)
        if PureWindowsPath(path).anchor:
            return None
        within = PurePosixPath(self._audit.workbook).parent
        if self._given and path == self._audit.workbook:
            return self._given
        if self._given and PurePosixPath(path).is_relative_to(within):
            return self._given.parent / PurePosixPath(path).relative_to(within)
        return self.document.parent / path

    def _of_version(self) -> Iterator[Difference]:
        made, own = self._audit.version, version("cpreport")
        if made != own:
            yield Difference(Cause.VERSION, f"cpreport {made} wrote it; this is cpreport {own}", "", made, own)

    def _of_inputs(self) -> Iterator[Difference]:
        for path, sha256, note in self._audit.inputs:
            place = self._place(path)
            if place is None or not (is_there(place) and place.is_file()):
                moved = "; if it is somewhere else, add --workbook PATH" if path == self._audit.workbook else ""
                yield Difference(Cause.INPUTS, f"{path} is missing{note and f' (it was {note})'}{moved}", path, sha256)
                continue
            with place.open("rb") as file:
                now = hashlib.file_digest(file, "sha256").hexdigest()
            if now != sha256:
                yield Difference(Cause.INPUTS, f"{os.path.normpath(place)} is not as it was then", path, sha256, now)

    def _added(self) -> Iterator[Difference]:
        """The files that are read now and were not then."""
        known = {place.resolve() for path, *_ in self._audit.inputs if (place := self._place(path))}
        for path, sha256 in inputs_read():
            if path.resolve() not in known:
                yield Difference(Cause.INPUTS, f"{path} is read now and was not then", str(path), "", sha256)

    def _computed(self) -> tuple[bytes, Audit]:
        """The document that the inputs give now, with the options that the audit file records, and its audit."""
        options, is_draft = self._audit.options, self._audit.is_draft
        period = options.get("period")
        report, narrative, against = (
            self._place(options[name]) if options.get(name) else None for name in ("report", "narrative", "against")
        )
        month = load_workbook(
            self.workbook,
            report=report,
            period=parse_period(period) if period else None,
            narrative=narrative,
            against=against,
            accept_tracked=bool(options.get("accept_tracked")),
            sheet=options.get("sheet", ""),
        )
        targets = {self._kind: self._as_from(self.workbook)}
        built = build_editions(month, targets, draft=is_draft, audit_digest=self._recorded)
        return built.files[self._kind], month.audit(self.document.parent, draft=is_draft)

    def _as_from(self, workbook: Path) -> Path:
        """Where the document would be if it were as far from the workbook as it was when it was made."""
        folder = self.document.parent
        then = folder / PurePosixPath(self._audit.workbook).parent
        return workbook.parent / os.path.relpath(folder, then) / self.document.name

    def _of_figures(self, now: Audit) -> Iterator[Difference]:
        """Definitions and figures that are not what they were, with the cells that they are from."""
        changes = changes_between(self._audit, now)
        for kind, (cause, said) in _CHANGED.items():
            for each in (change for change in changes if change.kind is kind):
                where = ", ".join(filter(None, (each.title, each.of, each.period, each.key)))
                message = said.format(where=where, document=each.before or "–", computed=each.after or "–")
                cells = f" ({', '.join(each.cells)})" if each.cells else ""
                yield Difference(cause, message + cells, where, each.before, each.after)

    def _of_changes_by_hand(self) -> Iterator[Difference]:
        """That somebody edited the document, where nothing can be said of its words."""
        if not self._is_as_written():
            yield Difference(Cause.TEXTS, f"{self.document} was changed after cpreport wrote it")

    def _of_texts(self, computed: bytes, is_explained: bool) -> Iterator[Difference]:
        """Words that differ: all of a document that was edited, else those that no figure explains.

        `is_explained`: something else is not as it was, so tables, headers and charts of a document that nobody edited
        differ for that reason.
        """
        if self._content == computed:
            self.has_same_words = True
            return
        is_edited = not self._is_as_written()
        if self._kind == "docx":
            self.is_saved_again = True
        elif is_edited:
            yield Difference(Cause.TEXTS, f"{self.document} was changed after cpreport wrote it")
        elif not is_explained:
            yield Difference(Cause.TEXTS, f"{self.document} is not the file that is computed now")
        differing = self._differing(computed)
        self.has_same_words = differing == []
        for each in differing or ():
            if is_edited or not is_explained or not each.where:
                document, now = (words if each.where or not words else f"'{words}'" for words in each.quoted)
                where = f"{each.where}: " if each.where else ""
                message = f"{where}{document or 'nothing'} in the document, {now or 'nothing'} computed"
                yield Difference(Cause.TEXTS, message, each.where, each.document, each.computed)

    def _is_as_written(self) -> bool:
        """Whether nobody has changed the document, a mere re-save in Word apart."""
        return is_as_recorded(self._content, PROPERTY) if self._kind == "docx" else is_sealed(self._content)

    def _differing(self, computed: bytes) -> list[Differing] | None:
        """The words that differ; None where they are not read: those of a PDF, or of what is not a web page."""
        if self._kind == "docx":
            return differing_words(self._content, computed)
        if self._kind == "pdf":
            return None
        from cpreport.editions.html.said import words_on
        from cpreport.gate.html.page import Page

        try:
            return differing(*(words_on(Page(content).root) for content in (self._content, computed)))
        except ValueError:
            return None


_CHANGED = {
    Kind.NEW: (Cause.DEFINITIONS, "{where} is a new indicator"),
    Kind.GONE: (Cause.DEFINITIONS, "{where} is no longer an indicator"),
    Kind.DEFINITION: (Cause.DEFINITIONS, "{where} was {document} and is {computed}"),
    Kind.TARGET: (Cause.DEFINITIONS, "{where}: the target was {document} and is {computed}"),
    Kind.RESTATED: (Cause.FIGURES, "{where}: {document} in the document, {computed} computed"),
    Kind.WITHDRAWN: (Cause.FIGURES, "{where}: printed in the document, confidential now"),
}
"""What is told of changes."""


def _read(path: Path) -> bytes:
    """A file that is verified, which is no input of what it is compared with."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentFailure(f"{path} cannot be read: {error.strerror or error}") from error


def _read_audit(path: Path) -> bytes:
    """An audit file as it was written: a program that copies texts may have changed the ends of its lines."""
    return _read(path).replace(b"\r\n", b"\n")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _printed(audit: Audit) -> tuple[object, ...]:
    """What an audit says of the report itself."""
    cover = (audit.title, audit.authority, audit.period, audit.data_as_at)
    return (*cover, audit.indicators, audit.figures, audit.texts)
