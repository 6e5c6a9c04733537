"""`cpreport verify`."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cpreport.commands.each import Exit
from cpreport.commands.options import Changes as Tracked
from cpreport.commands.options import Inputs, Quiet
from cpreport.commands.printing import Listing, print_json, print_text
from cpreport.commands.usage import period_of
from cpreport.model.errors import CpreportError, EnvironmentFailure, InputError, MissingExtra
from cpreport.office.foreign import ZIP

if TYPE_CHECKING:
    from cpreport.editions.differences import Differing
    from cpreport.model.audit import Audit

_MOST_LINES = 20
"""How many differing paragraphs are listed without --json."""


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

    def record(self) -> dict[str, str]:
        return {**self._asdict(), "cause": self.cause.value}


def verify(
    document: Annotated[Path, typer.Argument(metavar="DOCUMENT", help="A report that cpreport wrote.")],
    workbook: Annotated[
        Path | None, typer.Option("--workbook", metavar="PATH", help="The workbook, if it is not where it was.")
    ] = None,
    quiet: Quiet = False,
    json: Annotated[bool, typer.Option("--json", help="Print the differences as JSON.")] = False,
) -> None:
    """Say whether a report is what its inputs give, and if not, where it differs and why. Nothing is written."""
    try:
        found = _Verification(document, workbook)
        differences = list(found.differences())
    except InputError as failure:
        listing = Listing(quiet, False, sys.stderr)
        listing.add_all(document, failure.findings)
        listing.finish()
        raise typer.Exit(Exit.INPUTS) from failure
    if json:
        records = [each.record() for each in differences]
        stated = {"document": str(document), "audit": str(found.path), "same": not records}
        words = {"same_words": found.has_same_words, "saved_again": found.is_saved_again}
        print_json({**stated, **words, "differences": records})
    else:
        print_text(_told(found, differences))
    if differences:
        raise typer.Exit(Exit.INPUTS)


def _told(found: _Verification, differences: list[Difference]) -> str:
    if not differences:
        again = ": the same words, saved again by another program" if found.is_saved_again else ""
        return f"{found.document} is what {os.path.normpath(found.workbook)} gives{again}\n"
    texts = [each for each in differences if each.cause is Cause.TEXTS]
    left_out = texts[_MOST_LINES:]
    lines = [f"- {each.message}\n" for each in differences if each not in left_out]
    more = f"- and {len(left_out)} more paragraphs; --json lists them all\n" if left_out else ""
    if found.is_computed:
        first = f"{found.document} is not what {os.path.normpath(found.workbook)} gives:\n"
        last = "- all the same, it has the words that are computed now\n" if found.has_same_words else ""
    else:
        first = f"{found.document} cannot be compared with what {os.path.normpath(found.workbook)} gives:\n"
        last = "" if texts else "- all the same, it has the words that cpreport wrote\n"
    return f"{first}{''.join(lines)}{more}{last}"


class _Verification:
    """A document with its audit file.

    Raises EnvironmentFailure where it has none, or for a PDF without typst; InputError for a damaged one.
    """

    def __init__(self, document: Path, workbook: Path | None) -> None:
        from cpreport.inputs.audit import audit_in

        self.document, self.is_computed, self.is_saved_again, self.has_same_words = document, False, False, False
        self._given, self._content = workbook, _read(document)
        self._kind = next((kind for kind, start in _BEGIN.items() if self._content.startswith(start)), "html")
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
        except CpreportError as failure:
            found.append(Difference(Cause.INPUTS, f"no report can be made of them now: {failure}"))
        if not self.is_computed:
            found += self._of_changes_by_hand()
        yield from found
        if not self._is_audit_as_recorded:
            yield Difference(Cause.AUDIT, f"{self.path} is not as it was written with this document")

    def _recorded_audit(self) -> str:
        """The SHA-256 of the audit file that the document records, empty where there is none."""
        from cpreport.editions.seal import AUDIT, stated
        from cpreport.office.digests import AUDIT_PROPERTY, recorded_digest
        from cpreport.office.foreign import HEAD, is_web_page

        try:
            if self._kind == "docx":
                return recorded_digest(self._content, AUDIT_PROPERTY)
            if self._content.startswith(b"%PDF") or is_web_page(self._content[:HEAD]):
                return stated(self._content, AUDIT)
        except InputError:
            pass
        raise EnvironmentFailure(
            f"{self.document} is not a report that cpreport wrote: give its .docx, .html or .pdf file"
        )

    def _audit_file(self, recorded: str) -> tuple[Path, bytes]:
        """The audit file that the document records, else the one of its name."""
        from cpreport.inputs.audit import LARGEST
        from cpreport.model.audit import SUFFIX

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
        from cpreport.inputs.definitions.folder import packaged_reports

        if path.startswith(_PACKAGED):
            return packaged_reports() / path.removeprefix(_PACKAGED)
        if PureWindowsPath(path).anchor:
            return None
        within = PurePosixPath(self._audit.workbook).parent
        if self._given and path == self._audit.workbook:
            return self._given
        if self._given and PurePosixPath(path).is_relative_to(within):
            return self._given.parent / PurePosixPath(path).relative_to(within)
        return self.document.parent / path

    def _of_version(self) -> Iterator[Difference]:
        from importlib.metadata import version

        made, own = self._audit.version, version("cpreport")
        if made != own:
            yield Difference(Cause.VERSION, f"cpreport {made} wrote it; this is cpreport {own}", "", made, own)

    def _of_inputs(self) -> Iterator[Difference]:
        from cpreport.inputs.texts import is_there

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
        from cpreport.office.files import inputs_read

        known = {place.resolve() for path, *_ in self._audit.inputs if (place := self._place(path))}
        for path, sha256 in inputs_read():
            if path.resolve() not in known:
                yield Difference(Cause.INPUTS, f"{path} is read now and was not then", str(path), "", sha256)

    def _computed(self) -> tuple[bytes, Audit]:
        """The document that the inputs give now, with the options that the audit file records, and its audit."""
        from cpreport.publishing import build_editions

        options, is_draft = self._audit.options, self._audit.is_draft
        report, narrative, against = (
            self._place(options[name]) if options.get(name) else None for name in ("report", "narrative", "against")
        )
        tracked = Tracked.ACCEPT if options.get("accept_tracked") else Tracked.REFUSE
        period = period_of(options.get("period", ""))
        month = Inputs(narrative, against, tracked, report, period, options.get("sheet", "")).load(self.workbook)
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
        from cpreport.compose.changes import Kind, changes_between

        changes = changes_between(self._audit, now)
        for kind, (cause, said) in {Kind[name]: told for name, told in _CHANGED.items()}.items():
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
        from cpreport.editions.seal import is_sealed
        from cpreport.office.digests import PROPERTY, is_as_recorded

        return is_as_recorded(self._content, PROPERTY) if self._kind == "docx" else is_sealed(self._content)

    def _differing(self, computed: bytes) -> list[Differing] | None:
        """The words that differ; None where they are not read: those of a PDF, or of what is not a web page."""
        from cpreport.editions.differences import differing, differing_words

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
    "NEW": (Cause.DEFINITIONS, "{where} is a new indicator"),
    "GONE": (Cause.DEFINITIONS, "{where} is no longer an indicator"),
    "DEFINITION": (Cause.DEFINITIONS, "{where} was {document} and is {computed}"),
    "TARGET": (Cause.DEFINITIONS, "{where}: the target was {document} and is {computed}"),
    "RESTATED": (Cause.FIGURES, "{where}: {document} in the document, {computed} computed"),
    "WITHDRAWN": (Cause.FIGURES, "{where}: printed in the document, confidential now"),
}
"""What is told of changes, by the names of their kinds."""

_BEGIN: Mapping[str, bytes | tuple[bytes, ...]] = {"docx": ZIP, "pdf": b"%PDF"}
"""How documents begin; what begins otherwise is a web page."""

_PACKAGED = "packaged: "
"""With what the paths of files begin that come with cpreport."""


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
