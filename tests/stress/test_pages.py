"""Reports as LibreOffice prints them: no broken word, and no page nearly empty but for the last one of a section."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import NamedTuple

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt

from cpreport.pipeline import load_workbook
from cpreport.publishing import build_report

from ..test_dialects import EXAMPLE
from ..workbooks import write_workbook
from .test_libreoffice import converted

WORDS = re.findall(
    r"\w+", "children who come into care should move as little as possible and see the same social worker each month"
)
MONTHS = ["Jul 22", "Aug 22", "Sep 22", "Oct 22", "Nov 22", "Dec 22"]
MONTHS += ["Jan 23", "Feb 23", "Mar 23", "Apr 23", "May 23", "Jun 23", "Jul 23"]
COMPARATORS = [("SN", "SN"), ("England", "Eng."), ("Y&H", "Y&H"), ("Good", "Good LAs")]
TEMPLATE = """# {{ section.title }}

{{ indicator_table(section.indicators) }}

{% for slot in section.slots %}
## {{ slot.title }}

{{ narrative(slot) }}

{% endfor %}
"""
BACK = "Back to contents"
_THIRD = 0.38
"""How far down a page a third of its text ends, as a part of the height of one that is turned."""


class Case(NamedTuple):
    """A report: so many indicators, months, comparators, sections, slots, terms in its glossary.

    `is_foreign`: its shell is not made from ours, has none of our tags but one, and tables of 12 points.
    """

    indicators: int
    months: int = 4
    comparators: int = 4
    sections: int = 1
    slots: int = 2
    terms: int = 0
    has_targets: bool = False
    is_foreign: bool = False


CASES = {
    "one indicator": Case(1),
    "sixty indicators": Case(60, sections=6, has_targets=True),
    "nine months": Case(6, months=9, comparators=0),
    "five months, four comparators": Case(6, months=5),
    "nine months, four comparators": Case(14, months=9),
    "one of nine months, four comparators": Case(2, months=9),
    "no narratives": Case(12, slots=0, sections=3),
    "a long glossary": Case(3, terms=120),
    "a foreign shell": Case(8, comparators=3, sections=2, has_targets=True, is_foreign=True),
}


def written(folder: Path, case: Case) -> Path:
    """The workbook of a case, with its report folder around it."""
    some = random.Random(1)
    ids = [f"4.{number:02}" for number in range(case.indicators)]
    keys = 'measure = "percentage"\nshows = "fraction"\npolarity = "low"\n' + "target = 12.5\n" * case.has_targets
    titles = [" ".join(some.sample(WORDS, 9)) for _ in ids]
    files = {
        "indicators.toml": "".join(
            f'[[indicators]]\nid = "{id}"\nreference = "{id}"\ntitle = "{title}"\n{keys}'
            for id, title in zip(ids, titles, strict=True)
        ),
        "report.toml": 'title = "Report"\nbenchmark_period = "March 2022"\n'
        f"[periods]\nmonth = {[*range(1 - case.months, 1)]}\n",
        "t.md": TEMPLATE,
    }
    for id, heading in COMPARATORS[: case.comparators]:
        files["report.toml"] += f'[[comparators]]\nid = "{id}"\nheading = "{heading}"\nname = "{id}"\nalways = true\n'
    share = -(-case.indicators // case.sections)
    slots = ", ".join(f'{{ id = "s{slot}", title = "What {slot}" }}' for slot in range(case.slots))
    for number in range(case.sections):
        listed = ", ".join(f'"{id}"' for id in ids[number * share : (number + 1) * share])
        files["report.toml"] += (
            f'[[sections]]\nid = "c{number}"\ntitle = "Care {number}"\ntemplate = "t.md"\n'
            f"indicators = [{listed}]\nslots = [{slots}]\n"
        )
    if case.terms:
        files["report.toml"] += '[[sections]]\nid = "g"\ntitle = "Glossary"\ntemplate = "g.md"\nindicators = []\n'
        files["g.md"] = "# Glossary\n\n{{ glossary_table() }}\n"
        terms = (f"T{number},{' '.join(some.sample(WORDS, some.randint(3, 15)))}\n" for number in range(case.terms))
        files["glossary.csv"] = "term,description\n" + "".join(terms)
    if case.is_foreign:
        shell = docx.Document()
        shell.add_paragraph("{{ sections }}")
        shell.styles.add_style("Indicator Table", WD_STYLE_TYPE.TABLE).font.size = Pt(12)
        shell.save(str(folder / "shell.docx"))
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    parts = (("numerator", 70, 99), ("denominator", 500, 700))
    data = [[id, part, *(some.randint(low, high) for _ in MONTHS)] for id in ids for part, low, high in parts]
    texts = [
        [f"c{number}", f"s{slot}", " ".join(some.choices(WORDS, k=25)).capitalize() + "."]
        for number in range(case.sections)
        for slot in range(case.slots)
        for _ in range(3)
    ]
    benchmarks = [
        [id, name, round(some.uniform(9, 19), 1), some.choice(["March 2022", "March 2022", "2020/21"])]
        for id in ids
        for name, _ in COMPARATORS[: case.comparators]
    ]
    return write_workbook(
        folder / "july-2023.xlsx",
        {
            "About": [["Key", "Value"], ["Report", str(folder)], ["Reporting period", "Jul 2023"]],
            "Data": [["Indicator", "Figure", *MONTHS], *data],
            "Benchmarks": [["Indicator", "Benchmark", "Value", "Period"], *benchmarks],
            "Narrative": [["Section", "Slot", "Text"], *texts],
        },
    )


@pytest.fixture(params=["example", *CASES], scope="module")
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A report and how LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("report")
    month = EXAMPLE / "july-2023.xlsx" if request.param == "example" else written(folder, CASES[request.param])
    path = folder / "report.docx"
    path.write_bytes(build_report(load_workbook(month), draft=True))
    return path, converted(path, "pdf")


class Page(NamedTuple):
    """A printed page: its words with how far down they end, as parts of its height."""

    words: list[tuple[str, float]]

    @property
    def text(self) -> str:
        return " ".join(word for word, _ in self.words)

    @property
    def lowest(self) -> float:
        """How far down the text ends, but for the footer."""
        return max((down for _, down in self.words if down < 0.92), default=0)


def pages_of(pdf: Path) -> Iterable[Page]:
    printed = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True).stdout.decode()
    for page in printed.split("<page ")[1:]:
        height = float(re.findall(r'height="([\d.]+)"', page)[0])
        found = re.findall(r'yMax="([\d.]+)">(.*?)</word>', page)
        yield Page([(unescape(word), float(down) / height) for down, word in found])


def test_no_page_is_less_than_a_third_full_but_the_last_one_of_a_section(report: tuple[Path, Path]) -> None:
    pages = list(pages_of(report[1]))
    assert len(pages) >= 3
    within = [(number, page.lowest) for number, page in enumerate(pages, 1) if BACK not in page.text]
    assert [(number, lowest) for number, lowest in within if lowest < _THIRD] == []


def test_no_word_is_broken_and_no_bracket(report: tuple[Path, Path]) -> None:
    document = docx.Document(str(report[0]))
    edges = [part._element for each in document.sections for part in (each.header, each.footer)]
    known = {piece for root in (document.element.body, *edges) for piece in pieces_of(printed_in(root))}
    printed = [word for page in pages_of(report[1]) for word, _ in page.words]
    assert {piece for piece in pieces_of(" ".join(printed)) if not piece.isdecimal()} - known <= set("•–\uf0b7")
    assert not [word for word in printed if re.fullmatch(r"\(\d+/", word)]


def printed_in(root: BaseOxmlElement) -> str:
    """The text of a part, its paragraphs, lines and tabs apart by spaces."""
    signs = {qn("w:noBreakHyphen"): "-", qn("w:br"): " ", qn("w:tab"): " ", qn("w:p"): " "}
    return "".join(each.text or "" if each.tag == qn("w:t") else signs.get(each.tag, "") for each in root.iter())


def pieces_of(text: str) -> list[str]:
    """The pieces of a text between which a line may end."""
    return re.split("[\\s\u200b/-]+", text)
