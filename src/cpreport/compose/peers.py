"""Peers as the report prints them: their table with our own row, and where we stand among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial

from cpreport.compose.columns import cell
from cpreport.compose.environment import TemplateMistake
from cpreport.compose.periods import PeriodValue, read_period
from cpreport.compose.quantity import Printed, Words, in_words
from cpreport.compose.table_options import read_caption, read_name
from cpreport.compose.wording import known_of
from cpreport.compose.workings import DENOMINATOR, NUMERATOR, average_basis, figure_basis, peer_basis
from cpreport.model.document import EMPTY, Align, RowKind, Source, Table, TableCell, TableKind, TableRow
from cpreport.model.figure import NOTHING_THERE, Average, Figure, State, Status
from cpreport.model.finding import nearest
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure
from cpreport.model.number import rounded, rounded_units
from cpreport.model.peers import Averaging, PeerFigures
from cpreport.model.period import Period, Terms
from cpreport.model.timeline import Timeline
from cpreport.model.working import Basis, ShownFigure, Working

PERIODS = (-3, -2, -1, 0)
SHOWN = ("number", "population", "rate")
"""What a table may show of each figure: its numerator, its denominator, itself."""

_HEADINGS = {
    Measure.RATE: ("number", "population", "rate per {per:,}"),
    Measure.PERCENTAGE: ("number", "cohort", "per cent"),
    Measure.AVERAGE: ("total", "number", "average"),
}
"""What columns of them are called; a number has one column."""

_PARTS = {"number": NUMERATOR, "population": DENOMINATOR}
_SORTS = ("name", "figure")
_Row = tuple[str, str, Mapping[Period, Figure]]
"""What heads a row, whose it is (empty: ours), and its figures."""


def find_peers(groups: Mapping[str, PeerFigures], group: object, name: str) -> PeerFigures:
    """What a group, or the only one, publishes of an indicator; `groups` have those that publish something of it."""
    if not groups:
        raise TemplateMistake(f"{name} has no peers: the sheet Peers, or [[peers]] in report.toml, has nothing of it")
    if group is None and len(groups) > 1:
        raise TemplateMistake(f"{name} has several groups of peers: give group, one of {', '.join(groups)}")
    found = next(iter(groups.values())) if group is None else groups.get(str(group))
    if found is None:
        raise TemplateMistake(f"{in_words(group)} is not a group of peers of {name}{nearest(str(group), groups)}")
    return found


def peer_table(
    timeline: Timeline,
    peers: PeerFigures,
    folder: ReportFolder,
    periods: object = PERIODS,
    show: object = SHOWN,
    sort: object = "name",
    caption: object = "",
    name: object = "",
) -> Table:
    """Each member's figures of some periods with our own among them, and their average in the last row.

    `periods` are texts, or offsets among the periods that members publish, 0 the newest. Sorted by figure, the highest
    of the last period comes first and what has none last; those that print alike are sorted by name.
    """
    indicator, shown = timeline.indicator, _periods(periods, peers, timeline, folder.terms)
    parts = _parts(show, indicator)
    rows = _rows(peers, sort, indicator, shown[-1])
    columns = [(period, part) for period in shown for part in parts]
    printed = [
        TableRow(RowKind.PLAIN, (cell(title), *(_cell(part, indicator, each.get(p), whose) for p, part in columns)))
        for title, whose, each in rows
    ]
    if "rate" in parts:
        said = (_average(indicator, peers, period if part == "rate" else None) for period, part in columns)
        printed.append(TableRow(RowKind.TOTAL, (cell(_average_title(peers)), *said)))
    heads = (cell(f"{period.label} {_heading(part, indicator)}".strip(), Align.RIGHT) for period, part in columns)
    span = shown[0].label if len(shown) == 1 else f"{shown[0].label} to {shown[-1].label}"
    about = f"{indicator.name}: {peers.us or 'we'} and {peers.group.name}, {span}"
    return Table(
        TableKind.PLAIN,
        read_caption("caption", caption, folder) if caption else about,
        (cell("Authority"), *heads),
        tuple(printed),
        (4, *(3 if part == "rate" else 2 for _, part in columns)),
        name=read_name("name", name, folder) if name else "",
    )


def _rows(peers: PeerFigures, sort: object, indicator: Indicator, newest: Period) -> list[_Row]:
    """The members and our own authority, in order."""
    if sort not in _SORTS:
        raise TemplateMistake(f"sort must be one of {', '.join(_SORTS)}, not {in_words(sort)}")
    ours = f"{peers.us} (our authority)" if peers.us else "Our authority"
    theirs = ((name, name, figures) for name, figures in peers.figures.items())
    rows = sorted([*theirs, (ours, "", peers.ours)], key=lambda row: row[0].casefold())
    return rows if sort == "name" else sorted(rows, key=lambda row: _highest_first(indicator, row[2].get(newest)))


def _periods(asked: object, peers: PeerFigures, timeline: Timeline, terms: Terms) -> list[Period]:
    """The periods that are asked for, in order; offsets before the first that a member publishes are left out."""
    published = [*peers.averages]
    if not isinstance(asked, Sequence) or isinstance(asked, str) or not asked:
        raise TemplateMistake('periods must be a list, such as [-1, 0] or ["Mar 21", "Jun 21"]')
    if not published:
        raise TemplateMistake(f"no peer publishes {timeline.indicator.id} up to {timeline.now}")
    found: set[Period] = set()
    for each in asked:
        if isinstance(each, int) and not isinstance(each, bool):
            if each > 0:
                raise TemplateMistake(f"{each} is not an offset: 0 is the newest period, -1 the one before it")
            found.update(published[each - 1 :][:1] if -each < len(published) else ())
        else:
            found.add(read_period(each, timeline, terms))
    if not found:
        raise TemplateMistake(f"peers publish {timeline.indicator.id} for {len(published)} periods, not for so many")
    return sorted(found, key=lambda period: period.end)


def _parts(show: object, indicator: Indicator) -> list[str]:
    """What is shown of each figure, in the table's order; all that there is of a number is the number."""
    asked = [show] if isinstance(show, str) else show
    if not isinstance(asked, Sequence) or not asked:
        raise TemplateMistake(f"show must be a list of {', '.join(SHOWN)}")
    if wrong := [each for each in asked if each not in SHOWN]:
        raise TemplateMistake(f"{in_words(wrong[0])} cannot be shown{nearest(str(wrong[0]), SHOWN)}")
    return ["rate"] if indicator.measure is Measure.NUMBER else [each for each in SHOWN if each in asked]


def _heading(part: str, indicator: Indicator) -> str:
    headings = _HEADINGS.get(indicator.measure)
    return headings[SHOWN.index(part)].format(per=indicator.per) if headings else ""


def _cell(part: str, indicator: Indicator, figure: Figure | None, whose: str) -> TableCell:
    text = _text(part, indicator, figure)
    if figure is None or text == EMPTY:
        return cell(text, Align.RIGHT)
    what = _PARTS.get(part)
    basis = peer_basis(indicator, figure, what, whose) if what else figure_basis(indicator, figure, whose)
    return cell(text, Align.RIGHT, ShownFigure(text, basis))


def _average(indicator: Indicator, peers: PeerFigures, period: Period | None) -> TableCell:
    """The average of a period; a cell without anything where there is none."""
    average = peers.averages.get(period) if period else None
    text = _average_text(indicator, average)
    if average is None or period is None or text == EMPTY:
        return cell(text, Align.RIGHT)
    return cell(text, Align.RIGHT, ShownFigure(text, average_basis(indicator, average, period, peers.group.id)))


def _text(part: str, indicator: Indicator, figure: Figure | None) -> str:
    """What a cell prints of a figure: the number, or why there is none."""
    if figure is None:
        return EMPTY
    if figure.state is State.CONFIDENTIAL or figure.state is State.ERROR:
        return str(figure.state.value)
    if part != "rate":
        number = figure.count if part == "number" else figure.total
        return EMPTY if number is None else rounded(number, 0)
    if figure.value is None:
        return EMPTY if figure.state in NOTHING_THERE else figure.state.value
    remark = "" if figure.status is Status.FINAL else f" ({figure.status.value})"
    return rounded(figure.value, indicator.benchmark_decimals) + indicator.suffix + remark


def _average_text(indicator: Indicator, average: Average | None) -> str:
    """`93.3, 10 of 10`; `too few, 3 of 10`."""
    if average is None or not average.known:
        return EMPTY
    if average.state is State.ERROR:
        return State.ERROR.value
    value = average.value
    said = "too few" if value is None else rounded(value, indicator.benchmark_decimals) + indicator.suffix
    return f"{said}, {known_of(average)}"


def _average_title(peers: PeerFigures) -> str:
    how = "pooled average" if peers.group.average is Averaging.POOLED else "average"
    return f"{peers.group.name}: {how}"


def _highest_first(indicator: Indicator, figure: Figure | None) -> tuple[bool, int]:
    """The highest first as they print, what has no number last."""
    value = figure.value if figure else None
    return value is None, -rounded_units(value or Fraction(0), indicator.benchmark_decimals)


class RankValue(Printed):
    """Where we stand among peers, by the number: `lowest of 11`. `period` is that of the figures."""

    def __init__(self, text: str, indicator: str, period: Period, basis: Basis | None = None) -> None:
        super().__init__(text, Source(indicator, period, basis))
        self.period = PeriodValue(period)


def rank(timeline: Timeline, peers: PeerFigures) -> RankValue | Words:
    """Our place among the members in the newest period of which enough are known, by the figures as they print.

    In words where we have no figure, or a confidential one; refused where too few members are known.
    """
    indicator, group = timeline.indicator, peers.group
    if peers.period is None:
        most = max((average.known for average in peers.averages.values()), default=0)
        reason = f"{most} of {len(peers.figures)} peers are known, and at least {group.fewest} are needed"
        raise TemplateMistake(f"{indicator.id} has no rank in {group.id}: {reason}")
    ours, units = peers.ours.get(peers.period), partial(rounded_units, decimals=indicator.benchmark_decimals)
    figures = (each.get(peers.period) for each in peers.figures.values())
    known = [figure for figure in figures if figure and figure.value is not None]
    others = [units(figure.value) for figure in known if figure.value is not None]
    if ours is None or ours.value is None or peers.averages[peers.period].state is State.ERROR:
        state = (ours.state if ours else State.BLANK).value
        missing = f"{indicator.id} has no rank in {group.id}: our figure for {peers.period} is {state}"
        return Words("not ranked", Source(indicator.id, peers.period), missing)
    cells = tuple(cell for figure in (ours, *known) for cell in figure.cells)
    at = Working(Fraction(_place(units(ours.value), others)[0] + 1), cells)
    basis = Basis(indicator.id, peers.period, "rank", group.id, working=at)
    return RankValue(place(units(ours.value), others), indicator.id, peers.period, basis)


def place(ours: int, others: Sequence[int]) -> str:
    """`lowest of 11`, `2nd highest of 11`, `joint lowest of 11`: from the end that is nearer."""
    number, end = _place(ours, others)
    nth = f"{_ordinal(number + 1)} " if number else ""
    joint = "joint " if ours in others else ""
    return f"{joint}{nth}{end} of {len(others) + 1}"


def _place(ours: int, others: Sequence[int]) -> tuple[int, str]:
    """How many are nearer to which end."""
    above, below = (sum(sign * each > sign * ours for each in others) for sign in (1, -1))
    return (above, "highest") if above <= below else (below, "lowest")


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
