"""The order of findings: the gravest first, causes before what follows from them, many alike as one, then by place."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from cpreport.checks.context import grouped
from cpreport.checks.following import consequences_of
from cpreport.checks.selection import Split, active_findings, names
from cpreport.model.finding import Finding, Severity
from cpreport.model.folder import ReportFolder
from cpreport.model.workbook import Workbook

MANY = 5
"""Up to how many findings of a rule in one sheet are listed each; more are joined."""

_SEVERITIES = list(Severity)
_OF_TEXTS = ("narrative.", "template.")


def data_errors(findings: Iterable[Finding]) -> list[Finding]:
    """The errors except those of narratives and templates: with them no figure can be trusted."""
    return [finding for finding in findings if finding.is_error and not finding.code.startswith(_OF_TEXTS)]


def judged(findings: Iterable[Finding], workbook: Workbook, folder: ReportFolder) -> Split:
    """The findings, each cause before its consequences, and those that are ignored or accepted."""
    kept, ignored = active_findings(completed(findings, workbook.file, folder), folder, workbook)
    return list(flat(grouped_by_cause(sorted(kept, key=_order)))), ignored


def completed(findings: Iterable[Finding], file: str, folder: ReportFolder) -> list[Finding]:
    """Each finding once, by severity and place, with its section and its file: `file`, unless it names another."""
    sections = {name: section.id for section in reversed(folder.sections) for name in section.indicators}

    def complete(finding: Finding) -> Finding:
        place = finding.place
        section = place.section or sections.get(place.indicator, "")
        return replace(finding, place=replace(place, file=place.file or file, section=section))

    return sorted(dict.fromkeys(map(complete, findings)), key=_order)


def _order(finding: Finding) -> tuple[object, ...]:
    """The gravest first, then by file, sheet and cell; what is about a section or indicator as a whole after cells."""
    place = finding.place
    letters = place.cell.rstrip("0123456789")
    row = int(place.cell[len(letters) :] or 0)
    is_of_none = not place.sheet and bool(place.section or place.indicator)
    cell = (is_of_none, place.sheet, row, len(letters), letters)
    return _SEVERITIES.index(finding.severity), place.file, *cell, place.line


def grouped_by_cause(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that follow from no other, each with its consequences; the gravest first, then causes.

    The order is kept otherwise. What follows from several is a consequence of the one that itself follows from none and
    has the widest reach; only notes follow from a note.
    """
    roots = _alike(_with_consequences(findings))
    roots.sort(key=lambda root: (_SEVERITIES.index(root.gravest), not (root.consequences and consequences_of(root))))
    return roots


def flat(roots: Iterable[Finding]) -> Iterator[Finding]:
    """All findings by themselves, each cause before its consequences."""
    for root in roots:
        yield replace(root, consequences=())
        yield from root.consequences


def _with_consequences(findings: Sequence[Finding]) -> list[Finding]:
    followers = _followers(findings)
    followed = {follower for found in followers.values() for follower in found}
    consequences: dict[Finding, Sequence[Finding]] = {}
    taken: set[Finding] = set()
    for cause in sorted(followers, key=lambda cause: (cause in followed, _reach(cause))):
        if cause not in taken:
            taken.add(cause)
            waiting = [cause]
            for finding in waiting:
                new = [each for each in followers.get(finding, ()) if each not in taken]
                taken.update(new)
                waiting += new
            consequences[cause] = waiting[1:]
    below = {finding for found in consequences.values() for finding in found}
    return [replace(each, consequences=tuple(consequences.get(each, ()))) for each in findings if each not in below]


def _reach(cause: Finding) -> int:
    """How many fields a place must share to be within reach of a cause: fewer is wider."""
    return min(len(expected.within) for expected in consequences_of(cause))


def _followers(findings: Sequence[Finding]) -> dict[Finding, list[Finding]]:
    """What follows directly from each finding that may have consequences."""

    @cache
    def by_place(fields: tuple[str, ...]) -> dict[tuple[object, ...], list[Finding]]:
        return grouped(findings, lambda finding: tuple(getattr(finding.place, name) for name in fields))

    def follow(cause: Finding) -> Iterator[Finding]:
        may_be = tuple(Severity) if cause.severity is not Severity.NOTE else (Severity.NOTE,)
        for expected in consequences_of(cause):
            wanted = tuple(getattr(expected.place or cause.place, name) for name in expected.within)
            for each in by_place(expected.within).get(wanted, ()) if all(wanted) else ():
                if each.severity in may_be and any(names(code, each.code) for code in expected.codes.split()):
                    yield each

    return {finding: list(dict.fromkeys(follow(finding))) for finding in findings if consequences_of(finding)}


def _alike(roots: Sequence[Finding]) -> list[Finding]:
    """Many findings of a rule in one sheet or file as the first of them, with the others as its consequences.

    Findings about texts are not joined: each is about another sentence.
    """

    def kind(root: Finding) -> Hashable:
        place = root.place
        is_text = root.quote or place.slot or place.line
        return root if is_text else (root.code, place.file, place.sheet)

    many = [group for group in grouped(roots, kind).values() if len(group) > MANY]
    joined = {first: (*first.consequences, *flat(others)) for first, *others in many}
    others = {other for _, *rest in many for other in rest}
    return [replace(root, consequences=joined.get(root, root.consequences)) for root in roots if root not in others]
