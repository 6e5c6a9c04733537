"""Rules about the sheet Peers: what its cells hold, whether its columns agree, and who is in a group."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cpreport.checks.context import CheckContext, Row, is_above_100, number_text
from cpreport.checks.entries import is_negative
from cpreport.model.figure import Entry, Figure, Form, State, may_be_either, per_cent
from cpreport.model.finding import Finding, Place, listed, nearest
from cpreport.model.indicator import Indicator, Measure, Part
from cpreport.model.number import rounded, rounded_units
from cpreport.model.peers import PeerRow, authority_key
from cpreport.model.rules import data as of_data
from cpreport.model.rules import definition as of_folder
from cpreport.model.rules import workbook as rules
from cpreport.model.workbook import own_authority


def unfit(month: CheckContext) -> Iterator[Finding]:
    """Numbers that cannot be, as in the Data sheets; a value that its counts give is not read in two ways."""
    for row in month.workbook.peers:
        indicator, parts = month.folder.indicators[row.name], _numbers(row)
        is_counted = parts.keys() >= {Part.NUMERATOR, Part.DENOMINATOR}
        if row.period.kind.frequency is not indicator.frequency:
            yield month.at(of_data.OTHER_FREQUENCY, [row.cell], row.name, row.period, wanted=indicator.frequency.value)
        for entry in (entry for entry in row.entries if entry.amount.number is not None):
            yield from _of_entry(month, indicator, entry, is_counted)
        if is_counted and indicator.measure is not Measure.NUMBER:
            yield from _of_counts(month, indicator, row, parts)


def _of_entry(month: CheckContext, indicator: Indicator, entry: Entry, is_counted: bool) -> Iterator[Finding]:
    kind, amount = Row(entry.name, entry.part, indicator, (), ()), entry.amount
    number = Fraction(amount.number or 0)
    if is_negative(entry) and not kind.may_be_negative:
        yield month.of(of_data.NEGATIVE, entry)
    if kind.is_whole and number % 1:
        yield month.of(of_data.FRACTIONAL, entry)
    if amount.form is not Form.PLAIN and not kind.is_percentage:
        yield month.of(of_data.UNEXPECTED_PERCENT, entry, part=f"the {entry.part.value}")
    if kind.is_bounded and is_above_100(amount):
        yield month.of(of_data.ABOVE_100, entry, value=per_cent(amount))
    if kind.is_percentage and not is_counted and may_be_either(indicator, amount):
        texts = {"of": entry.period.label, "more": "", "value": number, "fraction": number * 100}
        yield month.of(of_data.TWO_READINGS, entry, **texts)


def _of_counts(
    month: CheckContext, indicator: Indicator, row: PeerRow, parts: dict[Part, Fraction]
) -> Iterator[Finding]:
    """A denominator of 0, a numerator above it, and a value that is not what they give."""
    count, total, given = parts[Part.NUMERATOR], parts[Part.DENOMINATOR], parts.get(Part.VALUE)
    cells = {entry.part: entry.cell for entry in row.entries}
    if not total:
        rule = of_data.ZERO_DENOMINATOR if count else of_data.NOTHING_TO_DIVIDE
        yield month.at(rule, [cells[Part.DENOMINATOR]], row.name, row.period, numerator=count)
        return
    if indicator.is_bounded and count > total:
        numbers = {"numerator": count, "denominator": total}
        yield month.at(of_data.NUMERATOR_EXCEEDS, [cells[Part.NUMERATOR]], row.name, row.period, **numbers)
    computed = indicator.per * count / total
    if given is not None and not _are_alike(indicator, given, computed):
        per = f" × {indicator.per:,}" if indicator.per > 1 else ""
        texts = {
            "authority": row.authority,
            "value": given,
            "sum": f"{number_text(count)} / {number_text(total)}{per}",
            "cells": f"{cells[Part.NUMERATOR].a1} and {cells[Part.DENOMINATOR].a1}",
            "computed": rounded(computed, indicator.benchmark_decimals),
        }
        yield month.at(rules.PEER_DISAGREES, [cells[Part.VALUE]], row.name, row.period, **texts)


def _numbers(row: PeerRow) -> dict[Part, Fraction]:
    """The numbers of a row by what they are."""
    return {entry.part: number for entry in row.entries if (number := per_cent(entry.amount)) is not None}


def _are_alike(indicator: Indicator, one: Fraction, other: Fraction) -> bool:
    """Whether two values print alike."""
    decimals = indicator.benchmark_decimals
    return rounded_units(one, decimals) == rounded_units(other, decimals)


def ours_differ(month: CheckContext) -> Iterator[Finding]:
    """Our own rows that do not give our own figures, at the first cell that does not."""
    us = authority_key(own_authority(month.workbook, month.folder))
    for row in (row for row in month.workbook.peers if us and authority_key(row.authority) == us):
        timeline = month.figures.timelines[row.name]
        figure = timeline.figures.get(row.period)
        found = [_differs(timeline.indicator, entry, figure) for entry in row.entries] if figure else []
        if figure and (differing := next(filter(None, found), None)):
            entry, here, ours = differing
            cells = ", ".join(map(str, figure.cells))
            texts = {"authority": row.authority, "part": entry.part.value, "here": here, "ours": ours, "cells": cells}
            yield month.at(rules.PEER_OURS_DIFFERS, [entry.cell], row.name, row.period, **texts)


def _differs(indicator: Indicator, entry: Entry, figure: Figure) -> tuple[Entry, str, str] | None:
    """What an entry says and what our figure does, where they differ; no number where one of them is confidential."""
    is_number = indicator.measure is Measure.NUMBER
    count = figure.value if is_number and figure.count is None else figure.count
    theirs = {Part.NUMERATOR: count, Part.DENOMINATOR: figure.total, Part.VALUE: figure.value}[entry.part]
    number, states = per_cent(entry.amount), (entry.amount.state, figure.state)
    if State.CONFIDENTIAL in states:
        are_both = states[0] is states[1] or State.BLANK in states
        here, ours = ("a number" if state is State.PRESENT else state.value for state in states)
        return None if are_both else (entry, here, ours)
    if number is None or theirs is None:
        return None
    is_value = entry.part is Part.VALUE
    if _are_alike(indicator, number, theirs) if is_value else number == theirs:
        return None
    return entry, number_text(number), indicator.printed(theirs) if is_value else number_text(theirs)


def members(month: CheckContext) -> Iterator[Finding]:
    """Members that the sheet does not have, our own authority among them, and authorities that are in no group."""
    workbook, groups, place = month.workbook, month.folder.peers, Place(file="report.toml")
    us = authority_key(own_authority(workbook, month.folder))
    first = {authority_key(row.authority): row for row in reversed(workbook.peers)}
    there = [row.authority for row in first.values()]
    for group in groups if first else ():
        table = f"[[peers]] {group.id}"
        if not group.members and not us:
            reason = "the default is every authority but our own: name them, or give Authority in About"
            yield of_folder.INVALID.at(place, wrong=f"{table}: members", reason=reason)
        for member in group.members:
            if authority_key(member) == us:
                reason = "it is our own authority, which is not in an average of its peers"
                yield of_folder.INVALID.at(place, wrong=f"{table}: members names {member!r}", reason=reason)
            elif authority_key(member) not in first:
                texts = {"table": table, "key": "members", "name": member, "wanted": "authority of the sheet Peers"}
                yield of_folder.UNKNOWN_NAME.at(place, **texts, nearest=nearest(member, there))
    named = {us, *(authority_key(member) for group in groups for member in group.members)}
    unused = [row for key, row in first.items() if key not in named]
    if unused and all(group.members for group in groups):
        are = "is" if len(unused) == 1 else "are"
        texts = {"authorities": f"{listed(row.authority for row in reversed(unused))} {are}"}
        yield month.at(rules.PEER_NOT_USED, [unused[-1].cell], **texts)


def later(month: CheckContext) -> Iterator[Finding]:
    """Rows that are of no use yet, at the first."""
    now = month.workbook.period
    if rows := [row for row in month.workbook.peers if row.period.end > now.end]:
        row, *more = rows
        texts = {"rows": f"{len(rows):,} rows are" if more else "this row is", "later": row.period.label}
        yield month.at(rules.PEER_LATER, [row.cell], row.name, now, **texts)


def too_few(month: CheckContext) -> Iterator[Finding]:
    """Averages that are not made because too few members are known, where Benchmarks gives none."""
    for of_group in month.figures.peers.values():
        for name, peers in of_group.items():
            benchmark = month.figures.timelines[name].benchmarks.get(peers.group.id)
            if peers.period or not peers.averages or (benchmark and benchmark.amount.state is not State.BLANK):
                continue
            period, average = max(peers.averages.items(), key=lambda each: (each[1].known, each[0].end))
            group = peers.group
            texts = {"group": group.name, "known": average.known, "members": average.members, "fewest": group.fewest}
            cell = next(row.cell for row in month.workbook.peers if (row.name, row.period) == (name, period))
            yield month.at(rules.PEER_TOO_FEW, [cell], name, period, **texts)


RULES = (unfit, ours_differ, members, later, too_few)
