"""Small files in DfE's shape: data files of Explore education statistics, and a file of statistical neighbours."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

REGION = "Yorkshire and The Humber"
OURS = ("382", "Kirklees", REGION)
NEIGHBOURS = [
    ("373", "Sheffield", REGION),
    ("357", "Tameside", "North West"),
    ("851", "Portsmouth", "South East"),
    ("831", "Derby", "East Midlands"),
    ("879", "Plymouth", "South West"),
    ("354", "Rochdale", "North West"),
    ("351", "Bury", "North West"),
    ("384", "Wakefield", REGION),
    ("908", "Cornwall", "South West"),
    ("390", "Gateshead", "North East"),
]
"""Kirklees's statistical neighbours of 2025, nearest first."""

COLUMNS = (
    *("time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code"),
    *("region_name", "old_la_code", "la_name", "new_la_code"),
)
ON_31_MARCH = "Children looked after on 31 March each year"
SAME_CARER = {
    "cla_group": "Children looked after continuously for at least 2.5 years on 31 March aged under 16 years",
    "placement_stability": "Living with the same carer for at least 2 years",
}
MOVES = {"cla_group": "CLA on 31 March", "placement_stability": "With 3 or more placements during the year"}
HIGHER_EDUCATION = {
    "care_leaver_age": "17 to 18 years",
    "breakdown": "Higher education i.e. studies beyond A level",
}
RATE, STABILITY, ACTIVITY = (
    "cla_number_and_rate_per_10k_children.csv",
    "la_cla_placement_stability.csv",
    "la_care_leavers_activity.csv",
)
NEIGHBOURS_FILE = "sn_model_2025_wide.csv"

Row = Mapping[str, str]


def rows(
    value: str,
    national: object,
    regional: object,
    ours: object,
    neighbours: Sequence[object],
    period: str = "2025",
    identifier: str = "Reporting year",
    **filters: str,
) -> list[Row]:
    """A row for England, two regions, Kirklees and its neighbours, with the column `value` after the filters."""
    regions = [("Regional", ("", "", REGION)), ("Regional", ("", "", "London"))]
    places = [("National", ("", "", "")), *regions, *(("Local authority", place) for place in (OURS, *NEIGHBOURS))]
    figures = [national, regional, 1, ours, *neighbours]
    return [
        {
            **dict.fromkeys(COLUMNS, ""),
            "time_period": period,
            "time_identifier": identifier,
            "geographic_level": level,
            "country_code": "E92000001",
            "country_name": "England",
            "region_name": region,
            "old_la_code": code,
            "la_name": name,
            **filters,
            value: str(figure),
        }
        for (level, (code, name, region)), figure in zip(places, figures, strict=True)
    ]


def published() -> dict[str, list[Row]]:
    """What DfE published of Kirklees and its neighbours for 2025, and of the rate for 2024."""
    now = [54, 123, 93, 88, 101, 102, 82, 89, 60, 124]
    before = [56, 123, 94, 99, 98, 106, 78, 89, 58, 132]
    carers, moves = [63, 67, 80, 75, 73, 69, 77, 69, 71, 70], [8, 6, 8, 8, 12, 8, 6, 10, 12, 7]
    suppressed = [12 if name == "Bury" else "c" for _, name, _ in NEIGHBOURS]
    return {
        RATE: [
            *rows("rate_per_10000", 67, 77, 64, now, population_type=ON_31_MARCH),
            *rows(
                "rate_per_10000",
                69,
                79,
                61,
                before,
                "2024",
                population_type=ON_31_MARCH,
            ),
        ],
        STABILITY: [
            *rows("children_percent", 69, 69, 74, carers, **SAME_CARER),
            *rows("children_percent", 10, 11, 12, moves, **MOVES),
        ],
        ACTIVITY: [
            *rows("care_leaver_percent", 3, 2, "c", suppressed, **HIGHER_EDUCATION),
            *rows("care_leaver_percent", 64, 65, 63, [60] * 10, care_leaver_age="19 to 21 years", breakdown="Total"),
        ],
    }


def as_csv(given: Iterable[Row], columns: Sequence[str] = ()) -> str:
    """Rows as a file, with their columns in the order of the first row or in another."""
    given = list(given)
    text = io.StringIO()
    writer = csv.DictWriter(text, columns or [*given[0]], lineterminator="\n")
    writer.writeheader()
    writer.writerows(given)
    return text.getvalue()


def write(path: Path, given: Iterable[Row], columns: Sequence[str] = (), encoding: str = "utf-8-sig") -> Path:
    path.write_text(as_csv(given, columns), encoding=encoding)
    return path


def write_neighbours(path: Path, codes: Sequence[str] = [code for code, *_ in NEIGHBOURS]) -> Path:
    """The file of neighbours, with a row for Kirklees, one for Sheffield and how near each is."""
    numbered: dict[str, str] = {}
    for n, code in enumerate(codes, 1):
        numbered |= {f"SN_{n}": code, f"SN_{n}P": "Close "}
    ours, sheffield = (
        {"old_la_code": code, "la_name": name, "region_ind": "9", "region_name": region}
        for code, name, region in (OURS, NEIGHBOURS[0])
    )
    others = {key: (text if key.endswith("P") else str(301 + n)) for n, (key, text) in enumerate(numbered.items())}
    return write(path, [{**ours, **numbered}, {**sheffield, **others}])


def write_published(folder: Path) -> list[str]:
    """All of them in a folder, and their names: the data files, then the neighbours."""
    files = published()
    for name, given in files.items():
        write(folder / name, given)
    return [*files, write_neighbours(folder / NEIGHBOURS_FILE).name]
