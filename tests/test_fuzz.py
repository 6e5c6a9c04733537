"""Whatever is thrown at it: spoiled workbooks, definitions, templates and texts give findings or one clear message.

Each example is the example month of the rules with a few mutations. The examples are the same in every run.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport import build_report, load_workbook
from cpreport.model.errors import CpreportError

from .example_month import FILES, SHEETS, TEMPLATE
from .examples import examples
from .test_dialects import in_all, prefixed, shared_strings, with_texts_in_cells
from .workbooks import write_workbook

SCRIPT = Path(sys.executable).parent / "cpreport"
CARE = "narrative/2023-07/care.md"


def workbook_parts() -> dict[str, bytes]:
    """The example month's workbook, its texts partly shared, by its parts."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_workbook(Path(folder) / "july-2023.xlsx", SHEETS)
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name).decode() for name in archive.namelist()}
    return {name: text.encode() for name, text in shared_strings(with_texts_in_cells(parts)).items()}


PARTS = workbook_parts()


def archived(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


WORKBOOK = archived(PARTS)


def write_month(folder: Path, workbook: bytes = WORKBOOK, files: Mapping[str, str] = FILES) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    (folder / "july-2023.xlsx").write_bytes(workbook)
    return folder / "july-2023.xlsx"


def comes_to_an_end(workbook: bytes = WORKBOOK, files: Mapping[str, str] = FILES) -> None:
    """A month is read, checked and drafted, or refused in words."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_month(Path(folder), workbook, files)
        try:
            document = build_report(load_workbook(path), draft=True)
        except CpreportError as refusal:
            assert str(refusal)
        else:
            assert document.startswith(b"PK")


# Workbooks

NUMBERS = ["NaN", "inf", "1e308", "-1e400", "5e-324", "1e15", "-0", "2958466", "60", "0x10", "1_0", "", "9" * 400, "٣"]
ADDRESSES = ["A0", "A-1", "A1048577", "XFD1048576", "XFE1", "AAAA1", "1A", "A", "c2", "$A$1", "A1:B2", "A" + "9" * 20]
TYPES = ["s", "str", "inlineStr", "b", "e", "d", "n", "odd", ""]
WORDS = [
    "Indicator",
    "rate",
    "Jul 23",
    "Feb 00",
    "2199/00",
    "{{ 1/0 }}",
    "#REF!",
    "&#10;",
    "&no;",
    "\u202e",
    "x" * 40_000,
]
VALUES = [*NUMBERS, *ADDRESSES, *TYPES, *WORDS, "-1", "99999999999", "rId1", "../../etc/passwd", "External"]
INSERTED = [
    '<cols><col min="-5" max="99999999999" hidden="1"/></cols>',
    '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    '<row r="0" hidden="1"><c r="A1"><v>1</v></c></row>',
    '<c r="XFD1048576"><v>1</v></c>',
    "<c><f>1</f></c>",
    "<v>7</v>",
    "<![CDATA[",
    "<!DOCTYPE x>",
    "<",
    "\0",
]
TAG = re.compile(r"<[^>]*>")
ATTRIBUTE = re.compile(r'\s([\w:]+)="([^"]*)"')
CONTENT = re.compile(r"<(?:v|t)[^>]*>([^<]*)<")


@st.composite
def changed_xml(draw: st.DrawFn, part: str) -> str:
    """A part with one tag, attribute or content changed, left out or repeated."""
    pattern = draw(st.sampled_from([TAG, ATTRIBUTE, CONTENT]))
    found = list(pattern.finditer(part))
    if not found:
        return draw(st.sampled_from(VALUES))
    chosen = draw(st.sampled_from(found))
    start, end = chosen.span(draw(st.sampled_from([0, chosen.lastindex or 0])))
    old = part[start:end]
    return part[:start] + draw(st.sampled_from(["", old * 2, old * 300]) | st.sampled_from(VALUES)) + part[end:]


@st.composite
def longer_xml(draw: st.DrawFn, part: str) -> str:
    """A part with something put in after one of its tags."""
    at = draw(st.sampled_from([tag.end() for tag in TAG.finditer(part)] or [0]))
    return part[:at] + draw(st.sampled_from(INSERTED)) + part[at:]


@st.composite
def spoiled_parts(draw: st.DrawFn) -> bytes:
    """A workbook with a few parts spoiled, dropped, emptied, exchanged."""
    parts = dict(PARTS)
    for _ in range(draw(st.integers(1, 3))):
        name, other = draw(st.sampled_from(sorted(parts))), draw(st.sampled_from(sorted(parts)))
        change = draw(st.sampled_from(["spoil", "spoil", "spoil", "spoil", "drop", "empty", "exchange"]))
        if change == "spoil":
            name = draw(st.sampled_from([name, *(part for part in sorted(parts) if "/sheet" in part)]))
            text = parts[name].decode("utf-8", "surrogateescape")
            parts[name] = draw(changed_xml(text) | longer_xml(text)).encode("utf-8", "surrogateescape")
        elif change == "drop" and len(parts) > 1:
            del parts[name]
        elif change == "empty":
            parts[name] = b""
        else:
            parts[name], parts[other] = parts[other], parts[name]
    return archived(parts)


@st.composite
def spoiled_bytes(draw: st.DrawFn) -> bytes:
    """A workbook's file cut short, or with some bytes changed."""
    content = bytearray(WORKBOOK[: draw(st.integers(0, len(WORKBOOK)))] if draw(st.booleans()) else WORKBOOK)
    for at in draw(st.lists(st.integers(0, max(0, len(content) - 1)), max_size=5)) if content else []:
        content[at] = draw(st.integers(0, 255))
    return bytes(content)


@examples(400)
@given(spoiled_parts())
def test_workbooks_with_spoiled_parts(workbook: bytes) -> None:
    comes_to_an_end(workbook)


@examples(80)
@given(spoiled_bytes())
def test_workbooks_with_spoiled_bytes(workbook: bytes) -> None:
    comes_to_an_end(workbook)


def test_the_month_is_valid_before_it_is_spoiled(tmp_path: Path) -> None:
    assert load_workbook(write_month(tmp_path)).findings == ()
    parts = in_all(prefixed)({name: content.decode() for name, content in PARTS.items()})
    prefixed_book = archived({name: text.encode() for name, text in parts.items()})
    assert load_workbook(write_month(tmp_path, prefixed_book)).findings == ()


# Definitions

KEYS = sorted(
    {*re.findall(r"^(\w+) =", FILES["indicators.toml"] + FILES["report.toml"], re.MULTILINE), "per", "targets"}
)
TOML_VALUES = [
    *(
        '""',
        '"x"',
        '" "',
        '"\\u0000"',
        '"\\u202E<5 & {{ x }} |"',
        f'"{"x" * 5000}"',
        '"care.md/"',
        '"../../etc/passwd"',
    ),
    *("0", "-1", "1e308", "nan", "9" * 30, "9" * 5000, f"0x{'f' * 9000}", "true", "2023-07-31", "9999-12-31T23:59:59Z"),
    *(
        "[]",
        "[[]]",
        "{}",
        "[1, 'a']",
        "[-600, 0]",
        f"{'[' * 400}{']' * 400}",
        "[{ value = 1e308 }]",
        "{ a = { b = 1 } }",
    ),
    *(
        '"rate"',
        '"rate/numerator"',
        '"far/value"',
        '"population"',
        '"quarter"',
        '"percentage"',
        '"count"',
        '"academic-year"',
    ),
]
LINES = [
    "[[indicators]]",
    "[[sections]]",
    "[terms]",
    "[periods]",
    "[a.b.c]",
    "[[",
    "]",
    "a.b = 1",
    "'''",
    "\ufeff",
    "\ud83d",
]


@st.composite
def spoiled_toml(draw: st.DrawFn, text: str) -> str:
    """A TOML file with some lines changed, left out, repeated, cut or put in."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        key, equals, value = lines[at].partition(" = ")
        other = draw(st.sampled_from(TOML_VALUES))
        new = draw(
            st.sampled_from(
                [
                    [f"{key} = {other}"] if equals else [],
                    [
                        f"{draw(st.sampled_from(KEYS))} = {other if draw(st.booleans()) or not value else value}",
                        lines[at],
                    ],
                    [lines[at], lines[at]],
                    [draw(st.sampled_from(LINES)), lines[at]],
                    [lines[at][: len(lines[at]) // 2]],
                    [],
                ]
            )
        )
        lines[at : at + 1] = new
        lines = lines or [""]
    return "\n".join(lines)


@examples(150)
@given(
    spoiled_toml(FILES["indicators.toml"]),
    spoiled_toml(FILES["report.toml"]),
    st.sampled_from(["both", "one", "other"]),
)
def test_spoiled_definitions(indicators: str, report: str, which: str) -> None:
    spoiled = {"indicators.toml": indicators, "report.toml": report}
    spoiled = {name: text for name, text in spoiled.items() if which == "both" or (which == "one") == (name > "j")}
    comes_to_an_end(files={**FILES, **spoiled})


# Templates and narratives

PIECES = [
    *("{{ ", " }}", "{% if ", "{% for s in section.slots %}", "{% endfor %}", "{% endif %}", " %}", "{#", "{% raw %}"),
    *(
        '{{ indicator("rate").now.value }}',
        '{{ indicator("moves").mean(2) }}',
        ".peak(12)",
        '.at("Jul 2199")',
        "{{ 5 / 0 }}",
    ),
    *("{{ indicator_table(section.indicators) }}", '{{ sheet_table("Data") }}', '{{ breakdown_table("placements") }}'),
    *("{{ glossary_table() }}", '{{ narrative("good") }}', "{{ period.label }}", "{{ nothing }}", '{{ about["x"] }}'),
    *(
        "# What went well\n",
        "###### ",
        "- ",
        "  - ",
        "999999999. ",
        "> ",
        "```\n",
        "| a | b |\n|---|---|\n| 1 |\n",
        "\n\n",
    ),
    *(
        "**",
        "_",
        "`",
        "[x](http://a)",
        "![](x)",
        "<b>",
        "<!--",
        "&#0;",
        "\\",
        "---\n",
        "\u202e",
        "😀",
        "\x0b",
        "\ufffe",
        "\t",
    ),
]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map("".join)
heaps = st.tuples(st.sampled_from(PIECES), st.sampled_from([50, 2000])).map(lambda piece: piece[0] * piece[1])
places = st.sampled_from(["care.md", CARE, "glossary.csv"])


@examples(150)
@given(texts | heaps, places, st.booleans())
def test_odd_templates_and_texts(text: str, place: str, after_others: bool) -> None:
    before = {"care.md": TEMPLATE, CARE: "# What is next?\n", "glossary.csv": "term,description\n"}[place]
    comes_to_an_end(files={**FILES, place: before + text if after_others else text})


# The command line

SPOILED: Sequence[tuple[str, str | bytes, int]] = [
    ("july-2023.xlsx", archived(PARTS | {"xl/worksheets/sheet2.xml": b"<worksheet"}), 1),
    ("july-2023.xlsx", WORKBOOK[:2000], 1),
    ("indicators.toml", f"x = {'9' * 5000}", 1),
    ("report.toml", "[" * 10_000, 1),
    ("care.md", "{{ 5 / 0 }}\n" + "{% for" * 9, 1),
    (CARE, "- " * 5000 + "|" * 5000, 1),
    ("glossary.csv", b"term,description\nCaf\xe9,\x93x\x94\n", 0),
]


@pytest.mark.parametrize(("name", "content", "status"), SPOILED[::6])
def test_a_process_ends_with_its_status(tmp_path: Path, name: str, content: str | bytes, status: int) -> None:
    path = write_month(tmp_path)
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    done = subprocess.run([SCRIPT, "build", path], capture_output=True, timeout=60, check=False)

    assert done.returncode == status
    assert b"Traceback" not in done.stderr
    assert b"has a bug" not in done.stderr
    assert path.with_suffix(".docx").exists() == (status == 0)
