"""Examples of the rules about DfE's files and what is wanted of them."""

from __future__ import annotations

from ..example_month import DFE, DFE_FILES, Added, Replaced
from .example import Example

_SOURCES = "benchmarks.toml"
HEADERS = ("Indicator", "File", "Value", "Where")
_REGION = '[[comparators]]\nid = "Y&H"\nheading = "Y&H"\nname = "Yorkshire & the Humber average"\n'
_ENGLAND = Added('[[comparators]]\nid = "England"\nheading = "Eng."\nname = "England"\n')
_IN_SHEET = {
    DFE: Added(""),
    **{f"Benchmark sources!{cell}1": header for cell, header in zip("ABCD", HEADERS, strict=True)},
    **{f"Benchmark sources!{cell}2": text for cell, text in zip("ABC", ("rate", DFE, "rate"), strict=True)},
}
_KIRKLEES = "2023,July,Local authority,Yorkshire and The Humber,382,Kirklees,All,62\n"
_NATIONAL = "2023,July,National,England,,,All,70\n"
_BURY = "2023,July,Local authority,North West,351,Bury,All,80\n"

EXAMPLES = {
    "dfe.file": Example(
        {DFE: Replaced(_BURY, "a footnote\n")}, at=f"{DFE} line 6", silent={DFE: Replaced(_BURY, f"\n{_BURY}")}
    ),
    "dfe.not-a-number": Example(
        {DFE: Replaced("All,80", "All,c80")}, at=f"{DFE} line 6", silent={DFE: Replaced("All,80", "All,c")}
    ),
    "dfe.unknown-period": Example(
        {DFE: DFE_FILES[DFE].replace("2023,July", "202307,Week 7")},
        at=f"{DFE} line 2",
        silent={DFE: DFE_FILES[DFE].replace("2023,July", "202324,Academic year")},
    ),
    "dfe.row-twice": Example(
        {DFE: Added(_BURY)}, at=f"{DFE} line 7", silent={DFE: Added(_BURY.replace("2023", "2022"))}
    ),
    "dfe.several-rows": Example(
        {DFE: Added(_BURY.replace("All", "Girls"))},
        at=_SOURCES,
        silent={DFE: Added(_BURY.replace("All", "Girls")), _SOURCES: Added('where = { group = "all" }\n')},
    ),
    "dfe.row-missing": Example(
        {DFE: Replaced(_NATIONAL, ""), "report.toml": _ENGLAND}, at=_SOURCES, silent={DFE: Replaced(_NATIONAL, "")}
    ),
    "dfe.unknown-name": Example(
        {_SOURCES: Replaced('"rate"\n', '"rates"\n')},
        at=_SOURCES,
        silent={_SOURCES: Added('where = { group = "All" }\n')},
    ),
    "dfe.unknown-authority": Example(
        {"neighbours.csv": Replaced("382,Kirklees", "383,Leeds")},
        at="neighbours.csv",
        silent={"neighbours.csv": Replaced("Kirklees", "Kirklees Council")},
    ),
    "dfe.no-sources": Example({_SOURCES: None}, at=_SOURCES, silent={_SOURCES: Replaced('"rate"', '"crimes"')}),
    "dfe.invalid-source": Example(
        {**_IN_SHEET, "Benchmark sources!D2": "group: All"},
        at="'Benchmark sources'!D2",
        silent={**_IN_SHEET, "Benchmark sources!D2": "group = All"},
    ),
    "dfe.source-twice": Example(
        {_SOURCES: Added(DFE_FILES[_SOURCES])},
        at=_SOURCES,
        silent={_SOURCES: Added(DFE_FILES[_SOURCES].replace('"rate"]', '"crimes"]'))},
    ),
    "dfe.file-unused": Example(
        {_SOURCES: Replaced(DFE, "cin.csv")}, at=DFE, silent={_SOURCES: Replaced(DFE, DFE.upper())}
    ),
    "dfe.file-not-given": Example(
        {_SOURCES: Added('[["far"]]\nfile = "cin.csv"\nvalue = "rate"\n')},
        at=_SOURCES,
        silent={_SOURCES: Added(f'[["far"]]\nfile = "{DFE}"\nvalue = "rate"\n')},
    ),
    "dfe.too-few-neighbours": Example(
        {DFE: Replaced("All,80", "All,k")}, at=_SOURCES, silent={DFE: Replaced("All,80", "All,0")}
    ),
    "dfe.not-published": Example(
        {DFE: Replaced("All,70", "All,x"), "report.toml": _ENGLAND},
        at=_SOURCES,
        silent={DFE: Replaced("All,70", "All,0.5"), "report.toml": _ENGLAND},
    ),
    "dfe.authority-without-rows": Example(
        {DFE: Replaced(_KIRKLEES, "")}, at=DFE, silent={DFE: Replaced("All,62", "All,c")}
    ),
    "dfe.no-comparator": Example(
        {_SOURCES: Added("")},
        silent={
            _SOURCES: Added(""),
            "report.toml": Added(_ENGLAND.text + _REGION),
        },
    ),
    "dfe.own-figure-differs": Example(
        {DFE: Replaced("All,62", "All,61.5")}, at="Data!F2", silent={DFE: Replaced("All,62", "All,61.6")}
    ),
}
