"""Causes before consequences: which findings follow from others, and which are many alike in one place."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from cpreport.checks.following import Brings, brought
from cpreport.checks.selection import names
from cpreport.model.finding import Finding, Place, Severity

MANY = 5
"""How many findings of a rule in one sheet are listed each by itself; more are one."""

_SEVERITIES = list(Severity)


def gathered(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that follow from no other, each with its consequences; the gravest first, then causes.

    The order is kept otherwise. What follows from several is a consequence of the one that itself follows from none and
    has the widest reach; nothing follows from a note but notes.
    """
    roots = _alike(_with_consequences(findings))
    return sorted(roots, key=lambda root: (_SEVERITIES.index(root.gravest), not (root.consequences and _brings(root))))


def flat(roots: Iterable[Finding]) -> Iterator[Finding]:
    """All findings by themselves, each cause before its consequences."""
    for root in roots:
        yield replace(root, consequences=())
        yield from root.consequences


def _with_consequences(findings: Sequence[Finding]) -> list[Finding]:
    followers = _followers(findings)
    causes = {finding: found for finding in findings if (found := tuple(brought(finding)))}
    below = {follower for cause, found in causes.items() for brings in found for follower in followers(cause, brings)}
    taken: set[Finding] = set()
    consequences: dict[Finding, list[Finding]] = {}
    for cause in sorted(causes, key=lambda cause: (cause in below, _reach(causes[cause]))):
        if cause not in taken:
            taken.add(cause)
            consequences[cause] = list(_taken(cause, followers, taken))
    below = {finding for found in consequences.values() for finding in found}
    return [
        replace(finding, consequences=tuple(consequences.get(finding, ())))
        for finding in findings
        if finding not in below
    ]


def _brings(finding: Finding) -> bool:
    """Whether anything follows from a finding: not so where its consequences are only alike."""
    return any(brought(finding))


def _reach(found: Iterable[Brings]) -> int:
    """How many fields a place must share to be within reach of a cause: fewer is wider."""
    return min(len(brings.within) for brings in found)


def _taken(
    cause: Finding, followers: Callable[[Finding, Brings], Iterator[Finding]], taken: set[Finding]
) -> Iterator[Finding]:
    """What follows from a cause, and from that in turn; nothing that is taken already."""
    waiting = [cause]
    for finding in waiting:
        for brings in brought(finding):
            for follower in followers(finding, brings):
                if follower not in taken:
                    taken.add(follower)
                    waiting.append(follower)
                    yield follower


def _followers(findings: Sequence[Finding]) -> Callable[[Finding, Brings], Iterator[Finding]]:
    """What gives the findings that a cause brings, without a walk over all of them for each."""

    @cache
    def by_place(fields: tuple[str, ...]) -> dict[Hashable, list[Finding]]:
        found: dict[Hashable, list[Finding]] = {}
        for finding in findings:
            found.setdefault(_values(finding.place, fields), []).append(finding)
        return found

    def followers(cause: Finding, brings: Brings) -> Iterator[Finding]:
        wanted = _values(brings.place or cause.place, brings.within)
        there = by_place(brings.within).get(wanted, ()) if all(wanted) else ()
        is_note = cause.severity is Severity.NOTE
        grave = (finding for finding in there if not is_note or finding.severity is Severity.NOTE)
        return (finding for finding in grave if any(names(code, finding.code) for code in brings.codes.split()))

    return followers


def _values(place: Place, fields: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(place, name) for name in fields)


def _alike(roots: Sequence[Finding]) -> list[Finding]:
    """Many findings of a rule in one sheet or file as the first of them, with the others as its consequences.

    What is about a text stays by itself: each sentence says something else.
    """
    groups: dict[Hashable, list[Finding]] = {}
    for number, root in enumerate(roots):
        place = root.place
        is_text = bool(root.quote or place.slot or place.line)
        groups.setdefault(number if is_text else (root.code, place.file, place.sheet), []).append(root)
    many = [group for group in groups.values() if len(group) > MANY]
    joined = {first: (*first.consequences, *flat(others)) for first, *others in many}
    others = {other for _, *rest in many for other in rest}
    return [replace(root, consequences=joined.get(root, root.consequences)) for root in roots if root not in others]
