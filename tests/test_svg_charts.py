"""Charts in SVG: their numbers at their places, what tells them apart, and words that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from itertools import combinations, pairwise
from typing import Any, NamedTuple

import pypdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cpreport.editions.charts import looks
from cpreport.editions.charts.data import data_of
from cpreport.editions.charts.layout import Layout, fitting_layout
from cpreport.editions.charts.palette import CHART_COLOURS, CSS_PALETTE, PLAIN_PALETTE, Palette
from cpreport.editions.charts.shapes import MARKERS, Marker
from cpreport.editions.charts.svg import svg_chart
from cpreport.editions.widths import Look, width_of
from cpreport.model.chart import Chart, ChartKind, SeriesRole
from cpreport.model.chart_shown import number_text
from cpreport.model.document import Table, plain
from cpreport.model.figure import State
from cpreport.office.xml import legal

from .examples import examples
from .made_charts import BARS, COLUMNS, KINDS, LINES, MISSING, STACKED, chart, charts, point, series
from .test_target_tables import contrast

LOOK, WIDTH, NARROW = Look(200), 9638, 4320
S = "{http://www.w3.org/2000/svg}"
MONTHS = tuple(date(2021 + month // 12, month % 12 + 1, 28) for month in range(25))
LABELS = tuple(f"{day:%b %y}" for day in MONTHS)
CONFIDENTIAL = MISSING._replace(state=State.CONFIDENTIAL)
Place = tuple[float, float]


def months(*several: Any, **more: Any) -> Chart:
    """A chart of lines over as many months as its first series has points."""
    number = len(several[0].points)
    return chart(ChartKind.LINES, LABELS[:number], *several, dates=MONTHS[:number], **more)


EVERYTHING = months(
    series("Children in care", *range(60, 70), CONFIDENTIAL, *range(71, 82), *[point(70, is_provisional=True)] * 3),
    series("Statistical neighbours (2021/22)", *[65] * 20, *[MISSING] * 5, role=SeriesRole.COMPARATOR),
    series("Target", *[66] * 12, point(68, breaks=True), *[68] * 12, role=SeriesRole.TARGET),
    series("Mean", *[69] * 25, role=SeriesRole.MEAN),
    series("Upper limit", *[80.5] * 25, role=SeriesRole.LIMIT),
    series("above the upper limit", *[MISSING] * 20, 81, *[MISSING] * 4, role=SeriesRole.MARKED),
)
AGES = ["Unborn", "Under 1", "1–4", "5–9", "10–15", "16", "17", "Not known"]
MANY = chart(
    ChartKind.STACKED,
    ["Male, Jul 22", "Male, Jul 23", "Female, Jul 22", "Female, Jul 23"],
    *(series(age, *(number * 9 + at for at in range(4))) for number, age in enumerate(AGES)),
    decimals=0,
)
LEGAL = ["Full care order", "Interim care order", "Placement order granted", "Accommodated", "Remanded", "Other"]
LONG = chart(
    ChartKind.COLUMNS,
    [f"{name} in the year" for name in LEGAL] + ["Unaccompanied", "None"],
    series("Jul 23", *range(8)),
    series("Jul 22", 30, 20, 10, 0.5, MISSING, 0, 5, 1),
)
PEERS = chart(
    ChartKind.BARS,
    [
        "Our figures (Feb 22)",
        "Statistical neighbours (Mar 21)",
        "Bath and North East Somerset (Mar 21)",
        "Bury (Mar 21)",
    ],
    series("Rate", 61.5, 93.26, CONFIDENTIAL, 121),
    marked=0,
)
BELOW_ZERO = chart(ChartKind.COLUMNS, ["a", "b", "c"], series("Change", -3, 4.5, -1), series("Other", 2, -2, 1))
GALLERY = {**KINDS, "everything": EVERYTHING, "many": MANY, "long": LONG, "peers": PEERS, "below zero": BELOW_ZERO}
USUAL = ["England", "Statistical neighbours", "Our figures (Jul 23)", "1–4", "Interim care order", "Not known", "%"]
OF_BARS = {name: one for name, one in GALLERY.items() if one.kind in (ChartKind.BARS, ChartKind.COLUMNS)}
each_of_bars = pytest.mark.parametrize("one", OF_BARS.values(), ids=OF_BARS)
each_chart = pytest.mark.parametrize("one", GALLERY.values(), ids=GALLERY)


def drawn(one: Chart, width: int = WIDTH, palette: Palette = PLAIN_PALETTE) -> Any:
    return etree.fromstring(svg_chart(one, width, LOOK, palette).encode())


def layout(one: Chart, width: int = WIDTH) -> Layout:
    return fitting_layout(one, width, LOOK)


def paths(root: Any, **attributes: str) -> list[str]:
    """What the paths draw that have these attributes, with _ for -."""
    wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
    return [each.get("d") for each in root.iter(f"{S}path") if wanted.items() <= dict(each.attrib).items()]


def pieces(path: str) -> list[list[Place]]:
    """The corners of each part of a path of absolute coordinates."""
    numbers = [[float(each) for each in re.findall(r"-?[\d.]+", part)] for part in path.split("M")[1:]]
    return [list(zip(part[::2], part[1::2], strict=True)) for part in numbers]


def lines(root: Any, look: looks.LineLook) -> list[list[Place]]:
    """The lines of a look, each as the places of its points."""
    wanted = {"fill": "none", "stroke": f"#{look.colour}", "stroke-width": f"{look.width:g}"}
    found = [each for each in root.iter(f"{S}path") if wanted.items() <= dict(each.attrib).items()]
    found = [each for each in found if (each.get("stroke-dasharray") is None) is (look.dash == "solid")]
    return [piece for each in found for piece in pieces(each.get("d"))]


def marks(root: Any, marker: str, size: float, **attributes: str) -> list[Place]:
    """The middles of markers."""
    begins, half = MARKERS[marker], size / 2
    if marker == "circle" and "stroke" not in attributes:
        begins, colour = Marker(0, 0, ""), attributes["fill"]
        attributes = {"stroke": colour, "stroke_width": f"{size + 0.75:g}", "stroke_linecap": "round"}
    found = [pieces(re.sub("[a-ln-z].*?(?=M|$)", "", path)) for path in paths(root, **attributes)]
    starts = [piece[0] for several in found for piece in several]
    return [(round(right - begins.right * half, 1), round(down - begins.down * half, 1)) for right, down in starts]


def with_level_parts(line: list[Place], wanted: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
    """The corners of a line, and the points that are wanted within its level parts."""
    found: list[tuple[float, ...]] = line[:1]
    for (left, level), (right, down) in pairwise(line):
        found += [place for place in wanted if left < place[0] < right and level == place[1] == down]
        found.append((right, down))
    return found


def in_points(*twips: float) -> tuple[float, ...]:
    return tuple(round(each / 20, 1) for each in twips)


def expected(one: Chart, number: int) -> list[tuple[float, ...]]:
    """Where the points of a series belong; back from there the scale gives their values."""
    plot, found = layout(one), []
    for place, each in enumerate(one.series[number].points):
        if each.value is not None:
            up = (plot.bottom - plot.up(each.value)) / (plot.bottom - plot.top)
            assert plot.scale.low + (plot.scale.high - plot.scale.low) * Fraction(up) == pytest.approx(each.value)
            found.append(in_points(plot.across(place), plot.up(each.value)))
    return found


def texts(root: Any) -> list[str]:
    return [each.text for each in root.iter(f"{S}text")]


class Box(NamedTuple):
    """Where a text is, in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def boxes(root: Any) -> Iterator[Box]:
    size = LOOK.size / 20
    for each in root.iter(f"{S}text"):
        width = width_of(each.text, LOOK) / 20
        left = float(each.get("x")) - width * {"end": 1, "middle": 0.5}.get(each.getparent().get("text-anchor"), 0)
        baseline = float(each.get("y"))
        yield Box(each.text, left, baseline - 0.72 * size, left + width, baseline + 0.21 * size)


def frame(root: Any) -> tuple[float, float]:
    _, _, width, height = map(float, root.get("viewBox").split())
    return width, height


# Lines


def test_the_points_of_lines_stand_where_the_scale_has_their_values() -> None:
    root = drawn(EVERYTHING)
    for number, look in enumerate(looks.line_looks(each.role for each in EVERYTHING.series[:5])):
        wanted = expected(EVERYTHING, number)
        joined = [place for piece in lines(root, look) for place in with_level_parts(piece, wanted)]
        assert joined == wanted


def test_a_missing_figure_is_a_gap_and_one_that_stands_alone_is_seen() -> None:
    goal = series("Target", 5, *[MISSING] * 5, role=SeriesRole.TARGET)
    gaps = months(series("Rate", 1, MISSING, 3, 4, CONFIDENTIAL, 6), goal)
    root, (look, target) = drawn(gaps), looks.line_looks(each.role for each in gaps.series)
    alone, third, fourth, last = expected(gaps, 0)
    assert lines(root, look) == [[third, fourth]]
    assert marks(root, "circle", look.size, fill=f"#{look.colour}") == [alone, third, fourth, last]
    assert marks(root, "", target.size, stroke=f"#{target.colour}", stroke_width="1.5") == expected(gaps, 1)


def test_a_line_begins_anew_where_the_series_breaks() -> None:
    broken = months(series("Rate", 1, 2, point(3, breaks=True), 4))
    one, two, three, four = expected(broken, 0)
    assert lines(drawn(broken), *looks.line_looks([SeriesRole.FIGURES])) == [[one, two], [three, four]]


def test_provisional_points_are_hollow() -> None:
    likely = point(3, is_provisional=True)
    hollow = months(series("Rate", 1, 2, likely), series("Other", 5, 2, likely))
    root = drawn(hollow)
    for number, look in enumerate(looks.line_looks(each.role for each in hollow.series)):
        *solid, last = expected(hollow, number)
        assert marks(root, look.marker, look.size, fill=f"#{look.colour}") == solid
        assert marks(root, look.hollow, look.size, fill="#FFFFFF", stroke=f"#{look.colour}") == [last]


def test_marked_points_stand_on_the_figures_and_are_named_below_the_plot() -> None:
    root, plot = drawn(EVERYTHING), layout(EVERYTHING)
    *_, look = looks.line_looks(each.role for each in EVERYTHING.series)
    found = marks(root, look.marker, look.size, fill=f"#{look.colour}", stroke=f"#{looks.OUTLINE}")
    (name,) = plot.legend
    assert found == [*expected(EVERYTHING, 5), in_points(name.left + 90, name.top + plot.line / 2)]
    assert "above the upper limit" in texts(root)


def test_a_name_that_is_not_beside_the_end_of_its_line_is_led_to_it() -> None:
    close = months(series("One", 1, 50), series("Two", 1, 50.1), series("Far", 1, 90), series("Short", 20, MISSING))
    plot = layout(close)
    (leads,) = paths(drawn(close), stroke=f"#{looks.DARK_GREY}", stroke_width="0.5")
    ends = {label.series: (label.at, label.middle) for label in plot.labels}
    found = [(start[1], end[1]) for start, end in pieces(leads)]
    assert found == [in_points(*ends[number]) for number in (0, 1, 3)]


def test_names_of_lines_have_the_colour_of_their_lines_where_it_can_be_read() -> None:
    root = drawn(months(*(series(f"Line {number}", number, number) for number in range(6))))
    fills = {each.text: each.getparent().get("fill") for each in root.iter(f"{S}text")}
    several = [look.colour for look in looks.line_looks([SeriesRole.FIGURES] * 6)]
    expected = [f"#{colour if colour in looks.READABLE else looks.DARK_GREY}" for colour in several]
    assert [fills[f"Line {number}"] for number in range(6)] == expected


# Bars and columns


def areas(root: Any) -> list[tuple[float, float, float, float]]:
    """The left, top, right and bottom of each bar."""
    found = []
    for path in paths(root, stroke_width="0.75", stroke=f"#{looks.OUTLINE}"):
        for left, top, right, bottom, _ in re.findall(r"M([-\d.]+) ([-\d.]+)H([-\d.]+)V([-\d.]+)H([-\d.]+)z", path):
            found.append((float(left), float(top), float(right), float(bottom)))
    return found


@each_of_bars
def test_a_bar_is_as_long_as_its_value(one: Chart) -> None:
    plot = layout(one)
    ends = plot.along if plot.is_lying else plot.up
    wanted = [each.value for several in one.series for each in several.points if each.value is not None]
    found = [(left, right) if plot.is_lying else (bottom, top) for left, top, right, bottom in areas(drawn(one))]
    zero = Fraction(0)
    assert sorted(found) == sorted(in_points(ends(min(value, zero)), ends(max(value, zero))) for value in wanted)


def test_a_stack_stands_on_top_of_each_other() -> None:
    plot = layout(STACKED)
    found = sorted(areas(drawn(STACKED)), key=lambda area: (area[0], -area[3]))
    levels = [in_points(plot.up(Fraction(high)), plot.up(Fraction(low))) for low, high in ((0, 12), (12, 27), (0, 30))]
    assert [(top, bottom) for _, top, _, bottom in found] == levels


@each_of_bars
def test_each_bar_has_its_number_rounded_as_all_are(one: Chart) -> None:
    values = [each.value for several in one.series for each in several.points if each.value is not None]
    wanted = [number_text(one, value, one.decimals) for value in values]
    black = [each.text for each in drawn(one).iter(f"{S}text") if each.getparent().get("fill") == "#000000"]
    assert sorted(black) == sorted(wanted)


def test_our_own_bar_stands_out_and_one_that_is_missing_says_why() -> None:
    root = drawn(PEERS)
    (ours,), others = paths(root, fill=f"#{looks.DARK_BLUE}"), paths(root, fill=f"#{looks.LIGHT_GREY}")
    assert (ours.count("M"), [path.count("M") for path in others]) == (1, [2])
    assert "(confidential)" in " ".join(texts(root))


def test_parts_of_a_stack_without_a_colour_of_their_own_have_a_pattern() -> None:
    root = drawn(MANY)
    ids = [each.get("id") for each in root.iter(f"{S}pattern")]
    assert ids == ["chart-wide-upward-diagonal", "chart-dark-horizontal", "chart-large-checker-board"]
    assert {f"url(#{id})" for id in ids} <= {each.get("fill") for each in root.iter(f"{S}path")}
    other = etree.fromstring(svg_chart(MANY, WIDTH, LOOK, PLAIN_PALETTE, id="other"))
    assert not set(root.xpath("//@id")) & set(other.xpath("//@id"))


def test_columns_lie_where_the_names_of_categories_have_no_room_below_them() -> None:
    assert [layout(one).is_lying for one in (COLUMNS, LONG, MANY, PEERS)] == [False, True, False, True]
    wide = chart(ChartKind.COLUMNS, AGES, series("a", *range(111, 119)), series("b", *range(211, 219)), suffix="")
    assert [layout(wide, width).is_lying for width in (WIDTH, NARROW)] == [False, True]


# Words


def check_words(root: Any) -> None:
    """No text covers another, and all are in the frame."""
    across, down = frame(root)
    for box in boxes(root):
        assert box.left >= -0.1 and box.right <= across + 0.1 and box.top >= 0 and box.bottom <= down, box
    for one_, other in combinations(boxes(root), 2):
        is_beside = one_.right <= other.left + 0.1 or other.right <= one_.left + 0.1
        assert is_beside or one_.bottom <= other.top + 0.1 or other.bottom <= one_.top + 0.1, (one_, other)


@each_chart
@pytest.mark.parametrize("width", [WIDTH, NARROW])
def test_words_cover_no_other_and_leave_no_frame(one: Chart, width: int) -> None:
    check_words(drawn(one, width))


@examples(100)
@given(charts(st.sampled_from(USUAL)), st.sampled_from([WIDTH, NARROW]))
def test_usual_words_cover_no_other(one: Chart, width: int) -> None:
    check_words(drawn(one, width))


def test_an_axis_names_as_many_periods_as_it_has_room_for() -> None:
    quarters = chart(ChartKind.LINES, [f"Q{at % 4 + 1} {2019 + at // 4}" for at in range(20)], series("A", *range(20)))
    assert [text for text in texts(drawn(EVERYTHING)) if text in LABELS] == list(LABELS[::3])
    assert [text for text in texts(drawn(EVERYTHING, NARROW)) if text in LABELS] == list(LABELS[::12])
    assert [text for text in texts(drawn(quarters)) if text.startswith("Q")] == list(quarters.categories[::2])


@each_chart
def test_a_chart_has_its_caption_as_title_and_words_instead(one: Chart) -> None:
    root = drawn(replace(one, caption="A <b> & “us”", description="They rose: 1 < 2."))
    title, described = root[:2]
    assert (root.get("role"), title.tag, described.tag) == ("img", f"{S}title", f"{S}desc")
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), described.get("id"))
    assert (title.text, described.text) == ("A <b> & “us”", "They rose: 1 < 2.")


# Any chart


def said_in(one: Chart) -> set[str]:
    """The numbers of the scale and of the points, and the words of names, states and the unit."""
    plot = layout(one)
    numbers = {number_text(one, number, plot.scale.decimals(one.decimals)) for number in plot.scale.numbers}
    values = (each.value for several in one.series for each in several.points if each.value is not None)
    names = " ".join([*one.categories, *(each.name for each in one.series), one.unit, "(confidential)"])
    words = {part for word in names.split() for part in legal(word).split()}
    return numbers | words | {number_text(one, value, one.decimals) for value in values}


@examples(60)
@given(charts(), st.sampled_from([WIDTH, NARROW]))
def test_any_chart_shows_its_own_numbers_within_its_frame(one: Chart, width: int) -> None:
    root = drawn(one, width)
    (across, down), said = frame(root), said_in(one)
    for path in root.iterfind(f"./{S}path"):
        for part in re.findall(r"[MLHV][^A-Za-z]+", path.get("d")):
            numbers = [float(each) for each in re.findall(r"-?[\d.]+", part)]
            limits = {"H": [across], "V": [down]}.get(part[0], [across, down])
            assert all(-5 <= number <= limits[at % len(limits)] + 5 for at, number in enumerate(numbers)), part
    for each in root.iter(f"{S}text"):
        assert 0 <= float(each.get("x")) <= across and 0 <= float(each.get("y")) <= down
        assert set(each.text.split()) <= said, each.text
    assert "secret" not in etree.tostring(root, encoding="unicode")


@examples(60)
@given(charts())
def test_a_chart_is_drawn_of_few_kinds_of_elements_with_short_numbers(one: Chart) -> None:
    svg = svg_chart(one, WIDTH, LOOK, CSS_PALETTE, id='a"b')
    root = etree.fromstring(svg)
    allowed = {f"{S}{name}" for name in ("svg", "title", "desc", "g", "path", "text", "pattern")}
    assert {each.tag for each in root.iter()} <= allowed
    names = {name for each in root.iter() for name in each.attrib}
    assert not {name for name in names if name.startswith("on") or "href" in name or name in ("style", "class")}
    for each in root.iter():
        for name in ("d", "x", "y", "viewBox", "stroke-dasharray"):
            assert not re.search(r"\.\d\d", each.get(name, "")), each.attrib


def test_a_chart_of_two_years_is_small() -> None:
    number = len(svg_chart(months(*EVERYTHING.series[:3], description="x" * 600), WIDTH, LOOK, CSS_PALETTE).encode())
    assert number <= 5_000


# Colours

MODES = pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])


def colour(name: str, mode: int) -> str:
    """The value of one of the colours of looks on a light or a dark page."""
    return CHART_COLOURS[CSS_PALETTE[name].removeprefix("var(--").removesuffix(")")][mode].removeprefix("#")


def test_every_colour_has_a_variable_with_two_values() -> None:
    assert set(CSS_PALETTE) == set(PLAIN_PALETTE)
    assert all(re.fullmatch("#[0-9A-F]{6}", value) for values in CHART_COLOURS.values() for value in values)
    assert [PLAIN_PALETTE[each] for each in (looks.DARK_BLUE, looks.WHITE)] == ["#12436D", "#FFFFFF"]
    assert CHART_COLOURS["chart-page"] == ("#FFFFFF", "#1B1B1B")
    for one in GALLERY.values():
        used = re.findall(r'(?:fill|stroke)="([^"]*)"', svg_chart(one, WIDTH, LOOK, CSS_PALETTE))
        assert {each for each in used if not each.startswith("url(#chart-")} <= {*CSS_PALETTE.values(), "none"}


@MODES
def test_lines_and_outlines_stand_out_from_the_page(mode: int) -> None:
    page = colour(looks.WHITE, mode)
    several = looks.line_looks([*[SeriesRole.FIGURES] * 6, *SeriesRole])
    patterns = [look.colour for look in map(looks.fill_look, range(8)) if look.pattern]
    for name in (*(look.colour for look in several), *patterns, looks.OUTLINE):
        assert contrast(colour(name, mode), page) >= 3, name
    assert contrast(colour(looks.MARKED_BAR.colour, mode), colour(looks.OTHER_BAR.colour, mode)) >= 3


@MODES
def test_words_can_be_read_on_the_page_and_on_fills(mode: int) -> None:
    page, text = colour(looks.WHITE, mode), colour(looks.BLACK, mode)
    for name in (*looks.READABLE, looks.BLACK):
        assert contrast(colour(name, mode), page) >= 4.5, name
    for look in map(looks.fill_look, range(8)):
        if not look.pattern and look.colour not in looks.READABLE:
            assert contrast(text, colour(look.colour, mode)) >= 4.5, look


@MODES
def test_plain_fills_are_told_apart_in_grey(mode: int) -> None:
    plain_ones = [look.colour for look in map(looks.fill_look, range(8)) if not look.pattern]
    for one, other in combinations(plain_ones, 2):
        assert contrast(colour(one, mode), colour(other, mode)) >= 1.4, (one, other)


def test_every_kind_can_be_printed_in_a_pdf() -> None:
    drawings = [svg_chart(one, WIDTH, LOOK, PLAIN_PALETTE) for one in KINDS.values()]
    source = "#set page(width: 20cm, height: auto)\n" + "\n".join(
        f"#image(bytes({quoted(drawing)}), width: 100%)" for drawing in drawings
    )
    (page,) = pypdf.PdfReader(BytesIO(typst.compile(source.encode()))).pages
    found = page.extract_text().split()
    for one in KINDS.values():
        assert {word for each in texts(drawn(one)) for word in each.split()} <= set(found)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# The numbers as a table


def cells(table: Table) -> list[list[str]]:
    rows = [table.headings, *(row.cells for row in table.rows)]
    return [[plain(line) for cell in row for line in cell.lines] for row in rows]


def test_the_table_has_what_is_printed_of_each_point_and_why_one_is_missing() -> None:
    gaps = months(
        series("Rate", point(1)._replace(text="1.0% (provisional)"), CONFIDENTIAL, 3),
        series("Target", MISSING, 2, 2, role=SeriesRole.TARGET),
    )
    table = data_of(gaps)
    assert cells(table) == [
        ["Period", "Rate", "Target"],
        ["Jan 21", "1.0% (provisional)", "–"],
        ["Feb 21", "confidential", "2"],
        ["Mar 21", "3", "2"],
    ]
    assert (table.caption, table.indicators) == ("Rates (% of children)", ())


def test_the_first_heading_says_what_the_rows_are() -> None:
    assert [cells(data_of(one))[0][0] for one in (LINES, COLUMNS, BARS)] == ["Period", "Category", "Authority or area"]


@examples(60)
@given(charts())
def test_the_table_of_any_chart_has_no_empty_cell_and_nothing_hidden(one: Chart) -> None:
    table = data_of(one)
    head, *body = cells(table)
    assert len(body) == len(one.categories) and all(len(row) == len(head) == len(one.series) + 1 for row in body)
    assert all(text for row in cells(table) for text in row)
    for place, row in enumerate(body):
        for each, text in zip(one.series, row[1:], strict=True):
            assert (text == "secret words") is (each.points[place].value is not None)
