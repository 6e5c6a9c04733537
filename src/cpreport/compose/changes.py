"""What has changed from one report to another, by their audit files: as values, as sentences and as blocks.

An audit file holds only what was published. Of a figure that is confidential in the later report nothing is repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from cpreport.compose.workings import YEAR_TO_DATE
from cpreport.model.audit import Audit, AuditedFigure, AuditedIndicator
from cpreport.model.document import Block, List, ListEntry, Paragraph, Span
from cpreport.model.figure import Direction, State
from cpreport.model.period import TERMS, Terms
from cpreport.model.period_text import period_or_none
from cpreport.model.status import MISSED, StatusWord


class Kind(Enum):
    """What has changed, in the order in which it is listed. The value is the key of what stands above such changes."""

    OFF_TARGET = "changed_to_off_target"
    CLOSE = "changed_to_close"
    CLEARED = "changed_to_on_target"
    NOT_JUDGED = "changed_to_not_judged"
    DIRECTION = "changed_directions"
    RESTATED = "changed_figures"
    WITHDRAWN = "withdrawn_figures"
    TARGET = "changed_targets"
    DEFINITION = "changed_definitions"
    NEW = "new_indicators"
    GONE = "gone_indicators"
    TEXT = "unchanged_texts"


class Change(NamedTuple):
    """One thing that has changed, or a narrative that has not.

    `subject` is the later report's id of an indicator or breakdown, `title` its title with its reference. `before` and
    `after` are what the reports print of it, statuses by their canonical words; `was` is the period that `before` is
    of, `period` that of `after`. `of` says which of its figures, the comparator's or the category's; `key` is that of
    its definition. `section` and `slot` are those of a narrative, whose title is `title`.
    """

    kind: Kind
    subject: str
    title: str
    before: str = ""
    after: str = ""
    period: str = ""
    was: str = ""
    of: str = ""
    key: str = ""
    section: str = ""
    slot: str = ""
    cells: tuple[str, ...] = ()

    def record(self) -> dict[str, str]:
        """What is known of it, by name, as plain texts; cells are joined by `;`."""
        known = {name: value for name, value in self._asdict().items() if value and name != "kind"}
        return {"kind": self.kind.value} | {
            name: ";".join(value) if isinstance(value, tuple) else value for name, value in known.items()
        }


Changes = tuple[Change, ...]
"""In the order of their kinds, those of one kind in the order of the later report."""

Says = Callable[..., str]
"""Gives the sentence of a key with its fields filled."""

_NEWLY = {
    StatusWord.OFF_TARGET.value: Kind.OFF_TARGET,
    StatusWord.CLOSE.value: Kind.CLOSE,
    StatusWord.ON_TARGET.value: Kind.CLEARED,
}
_WORD = {kind: word for word, kind in _NEWLY.items()}
_MISSED = {word.value for word in MISSED}
_ARROWS = {direction.value for direction in (Direction.UP, Direction.DOWN, Direction.SAME)}
_KEYS = {"polarity": "good is", "measure": "type of measure"}
"""What keys of a definition are called."""

_HIDDEN = State.CONFIDENTIAL.value
_COMPARED = {"", YEAR_TO_DATE}
_TARGETS = {"target", "targets"}
_WORDING = {"id", "title", "reference", "owner", "formerly"}
"""Keys of a definition that may change while an indicator stays the same one; titles are compared by themselves."""


def changes_between(earlier: Audit, later: Audit) -> Changes:
    """What has changed from the earlier report to the later one, and which narratives have not."""
    comparison = _Comparison(earlier, later)
    return tuple(change for part in _PARTS for change in part(comparison))


_Key = tuple[str, str, str, str, str]
"""By what a figure is known in both reports: its subject, period, comparator and category, and what it is of these."""


class _Comparison:
    """Two reports, with the later ids of indicators that were renamed."""

    def __init__(self, earlier: Audit, later: Audit) -> None:
        self.earlier, self.later = earlier, later
        now = {each.id: each for each in later.indicators}
        former = {old: each.id for each in later.indicators for old in former_ids(each)}
        self._renamed = {each.id: former.get(each.id, each.id) for each in earlier.indicators if each.id not in now}
        self.before = {self._renamed.get(each.id, each.id): each for each in earlier.indicators}
        self.pairs = [(self.before[each.id], each) for each in later.indicators if each.id in self.before]
        self.names = {each.id: name_of(each) for each in (*self.before.values(), *later.indicators)}
        old = self._figures(earlier)
        self.figures = [(old[key], key, figure) for key, figure in self._figures(later).items() if key in old]
        self.hidden = {(key[0], key[1]) for _, key, figure in self.figures if figure.state == _HIDDEN}

    def _figures(self, audit: Audit) -> dict[_Key, AuditedFigure]:
        """A report's figures of periods, without those that it prints with several values under one key."""
        found: dict[_Key, AuditedFigure] = {}
        several: set[_Key] = set()
        for each in (each for each in audit.figures if each.subject and each.period and each.what in _COMPARED):
            subject = self._renamed.get(each.subject, each.subject)
            key = subject, each.period, each.comparator, each.category, each.what
            if _differ(found.setdefault(key, each), each):
                several.add(key)
        return {key: figure for key, figure in found.items() if key not in several}


def in_order(earlier: Audit, later: Audit) -> bool:
    """Whether reports are given in the order of their periods; of their days where those cannot be read."""
    periods = [period_or_none(each.period) for each in (earlier, later)]
    ends = [period.end for period in periods if period] if all(periods) else []
    one, other = ends or (earlier.data_as_at, later.data_as_at)
    return one is None or other is None or one <= other


def report_named(audit: Audit, says: Says, terms: Terms = TERMS) -> str:
    """`the July 2023 report`."""
    period = period_or_none(audit.period, terms)
    return says("last_report", period=period.long if period else audit.period)


def former_ids(indicator: AuditedIndicator) -> list[str]:
    """The ids that an indicator had before."""
    return [name for name in indicator.definition.get("formerly", "").split("; ") if name]


def name_of(indicator: AuditedIndicator) -> str:
    """As the report calls it: the reference where there is one, and the title."""
    return f"{indicator.definition.get('reference', '')} {indicator.title}".strip()


def _differ(one: AuditedFigure, other: AuditedFigure) -> bool:
    return (one.value, one.state) != (other.value, other.state)


def _statuses(found: _Comparison) -> Iterator[Change]:
    """Indicators that have another status than in the earlier report, by what it is now."""
    for kind in (*_NEWLY.values(), Kind.NOT_JUDGED):
        for before, now in found.pairs:
            became = _NEWLY.get(now.status, Kind.NOT_JUDGED)
            is_news = became in (Kind.OFF_TARGET, Kind.CLOSE) or before.status in _MISSED
            if became is kind and now.status != before.status and is_news and not _is_hidden(before, now, found):
                yield _of_newest(kind, before, now, before.status, now.status)


def _directions(found: _Comparison) -> Iterator[Change]:
    """Indicators whose arrow was another in the earlier report; none with a confidential figure: an arrow is of two."""
    hidden = {subject for subject, _ in found.hidden}
    for before, now in found.pairs:
        arrows = before.direction, now.direction
        if _ARROWS.issuperset(arrows) and arrows[0] != arrows[1] and now.id not in hidden:
            yield _of_newest(Kind.DIRECTION, before, now, *arrows)


def _of_newest(kind: Kind, before: AuditedIndicator, now: AuditedIndicator, old: str, new: str) -> Change:
    return Change(kind, now.id, name_of(now), old, new, period=now.newest, was=before.newest)


def _is_hidden(before: AuditedIndicator, now: AuditedIndicator, found: _Comparison) -> bool:
    """Whether the figure that was the newest in the earlier report is confidential in the later one."""
    return (now.id, before.newest) in found.hidden


def _restated(found: _Comparison) -> Iterator[Change]:
    """Figures that both reports print with another value or another reason for none, unless they were not due then."""
    for before, (subject, period, *of), now in found.figures:
        if _is_news(before, now) and now.state != _HIDDEN:
            title = found.names.get(subject, now.title)
            yield Change(Kind.RESTATED, subject, title, before.text, now.text, period, of=_named(*of), cells=now.cells)


def _is_news(before: AuditedFigure, now: AuditedFigure) -> bool:
    return _differ(before, now) and before.text != now.text and before.state != State.NOT_DUE.value


def _named(comparator: str, category: str, what: str) -> str:
    """Which of the figures of its subject and period it is."""
    return ", ".join(filter(None, (category, comparator, what)))


def _withdrawn(found: _Comparison) -> Iterator[Change]:
    """Figures that the earlier report printed and the later one calls confidential, without what they were."""
    for before, (subject, period, *of), now in found.figures:
        if now.state == _HIDDEN and before.state != _HIDDEN:
            yield Change(Kind.WITHDRAWN, subject, found.names.get(subject, now.title), period=period, of=_named(*of))


def _targets(found: _Comparison) -> Iterator[Change]:
    """Targets that are others, not those whose day or year's end is printed in one of the reports only."""
    for before, now in found.pairs:
        if _in_force(before) != _in_force(now):
            yield Change(Kind.TARGET, now.id, name_of(now), before.target, now.target)


def _in_force(indicator: AuditedIndicator) -> str:
    """The target without the day by which it is to be reached."""
    return indicator.target.partition(" by ")[0]


def _definitions(found: _Comparison) -> Iterator[Change]:
    """Titles and keys of definitions; targets only where those in force are the same."""
    for before, now in found.pairs:
        names = name_of(before), name_of(now)
        if names[0] != names[1]:
            yield Change(Kind.DEFINITION, now.id, names[1], *names, key="title")
        left_out = _WORDING | (_TARGETS if _in_force(before) != _in_force(now) else set())
        for key in dict.fromkeys((*before.definition, *now.definition)):
            texts = before.definition.get(key, ""), now.definition.get(key, "")
            if key not in left_out and texts[0] != texts[1]:
                yield Change(Kind.DEFINITION, now.id, names[1], *texts, key=key)


def _come_and_gone(found: _Comparison) -> Iterator[Change]:
    now = {each.id for each in found.later.indicators}
    for each in found.later.indicators:
        if each.id not in found.before:
            yield Change(Kind.NEW, each.id, name_of(each))
    for id, each in found.before.items():
        if id not in now:
            yield Change(Kind.GONE, id, name_of(each))


def _texts(found: _Comparison) -> Iterator[Change]:
    """Narratives with the same words as in the earlier report."""
    before = {(each.section, each.slot): each.sha256 for each in found.earlier.texts}
    for each in found.later.texts:
        if before.get((each.section, each.slot)) == each.sha256:
            yield Change(Kind.TEXT, "", each.title, section=each.section, slot=each.slot)


_PARTS: tuple[Callable[[_Comparison], Iterator[Change]], ...] = (
    _statuses,
    _directions,
    _restated,
    _withdrawn,
    _targets,
    _definitions,
    _come_and_gone,
    _texts,
)

_LINES = {
    Kind.OFF_TARGET: "change_of_status",
    Kind.CLOSE: "change_of_status",
    Kind.CLEARED: "change_of_status",
    Kind.NOT_JUDGED: "change_of_status",
    Kind.DIRECTION: "change_of_direction",
    Kind.RESTATED: "change_of_figure",
    Kind.WITHDRAWN: "withdrawn_figure",
    Kind.TARGET: "change_of_target",
    Kind.DEFINITION: "change_of_definition",
    Kind.NEW: "new_indicator",
    Kind.GONE: "gone_indicator",
    Kind.TEXT: "unchanged_text",
}
"""The key of the sentence about one change of a kind."""


class Listed(NamedTuple):
    """Changes of one kind in words: what stands above them, and a line for each."""

    heading: str
    lines: tuple[str, ...]


def in_words(
    changes: Iterable[Change], says: Says, words: Mapping[str, str], sections: Mapping[str, str]
) -> Iterator[Listed]:
    """The changes of each kind in words.

    `words` are what the report prints for canonical ones, `sections` the titles of sections, by their ids.
    """
    for kind, several in groupby(changes, lambda change: change.kind):
        lines = tuple(_line(change, says, words, sections) for change in several)
        word = _WORD.get(kind, "")
        yield Listed(says(kind.value, count=len(lines), word=words.get(word, word)), lines)


def _line(change: Change, says: Says, words: Mapping[str, str], sections: Mapping[str, str]) -> str:
    none = StatusWord.NO_TARGET.value if change.kind is Kind.TARGET else says("not_set")
    before, after = (words.get(text or none, text or none) for text in (change.before, change.after))
    return says(
        _LINES[change.kind],
        title=change.title,
        figure=", ".join(filter(None, (change.title, change.of, change.period))),
        before=before,
        after=after,
        period=change.period,
        was=change.was,
        what=_KEYS.get(change.key, change.key),
        section=sections.get(change.section, change.section),
    )


def change_blocks(listed: Iterable[Listed], introduction: str, nothing: str) -> Iterator[Block]:
    """An introduction and a list of the kinds, each with the list of its changes; `nothing` where there are none."""
    entries = tuple(
        ListEntry(
            (Span(each.heading, bold=True),),
            (List(False, tuple(ListEntry((Span(line),)) for line in each.lines)),),
        )
        for each in listed
    )
    yield Paragraph((Span(introduction if entries else nothing),), keeps_next=bool(entries))
    if entries:
        yield List(False, entries)
