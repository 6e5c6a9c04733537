"""`cpreport narrative chase`: who owes which text, as a person reads it and as records."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .example_month import FILES, NAME, Change, Replaced
from .workbooks import write_example

Run = Callable[..., tuple[int, str, str]]

REPORT = """
title = "Board report"

[[sections]]
id = "care"
title = "Care"
owner = "Head of Care"
template = "care.md"
indicators = ["rate", "moves"]

[[sections.slots]]
id = "good"
title = "What went well"
min_words = 5

[[sections.slots]]
id = "next"
title = "What is next?"
owner = "Ann O\u2019Neill"
required = true
required_when = ["worse"]

[[sections]]
id = "health"
title = "Health"
template = "care.md"
indicators = ["checks"]
slots = [{ id = "good", title = "What went well", required = true }]
"""
OWING: Change = {
    "report.toml": REPORT,
    "indicators.toml": Replaced('title = "Moves"', 'title = "Moves"\npolarity = "low"'),
    "Benchmarks!": None,
    "Data!H1": "Jul 22",
    "Data!H6": 1180,
}
HEALTH = "narrative/2023-07/health.md"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Run) -> Run:
    """Chases in the example month after a change."""
    monkeypatch.chdir(tmp_path)

    def run(change: Change, *options: str) -> tuple[int, str, str]:
        write_example(tmp_path, change)
        return call("narrative", "chase", NAME, *options)

    return run


def test_it_is_a_text_by_owner_and_section(run: Run) -> None:
    assert run(OWING) == (
        0,
        """Board report, July 2023 (board on 14 September 2023): texts still to be written

Head of Care

  Care
  - The narrative 'What went well' has 3 words, fewer than the 5 it should have.
    Where: july-2023.xlsx, sheet Narrative.

Ann O\u2019Neill

  Care
  - The narrative 'What is next?' is missing, because Moves got worse: 1,180 (Jul 22) to 1,281 (Jul 23).
    Where: july-2023.xlsx, sheet Narrative.

Owner not named in report.toml

  Health
  - The narrative 'What went well' is missing.
    Where: narrative/2023-07/health.docx, under the heading 'What went well'.
""",
        "",
    )


def test_it_is_records_too(run: Run) -> None:
    status, out, _ = run(OWING, "--json")
    records = json.loads(out)

    assert status == 0
    assert [(record["owner"], record["section"], record["slot"]) for record in records] == [
        ("Head of Care", "care", "good"),
        ("Ann O\u2019Neill", "care", "next"),
        (None, "health", "good"),
    ]
    assert records[2] == {
        "owner": None,
        "section": "health",
        "title": "Health",
        "slot": "good",
        "slot_title": "What went well",
        "reason": "the narrative 'What went well' is missing",
        "file": "narrative/2023-07/health.docx",
    }


def test_a_text_that_is_there_is_named_by_its_file(run: Run) -> None:
    texts = "## What went well\n\n- We saw each of the children in their homes.\n"
    out = run({**OWING, HEALTH: texts, "narrative/2023-06/health.md": texts})[1]

    assert "'What went well' is 100% the same as the text of Jun 23 in 2023-06/health.md.\n" in out
    assert "Where: narrative/2023-07/health.md, under the heading 'What went well'.\n" in out


def test_a_missing_text_does_not_go_into_another_authors_file(run: Run) -> None:
    out = run({**OWING, "Narrative!": None, "narrative/2023-07/care--zoe.md": "# good\nx"})[1]
    assert "Where: narrative/2023-07/care--zoe.md, under the heading 'What went well'." in out
    assert "Where: narrative/2023-07/care.md, under the heading 'What is next?'." in out


def test_nobody_owes_a_text(run: Run) -> None:
    assert run({}) == (0, "Report, July 2023 (board on 14 September 2023): no texts are outstanding.\n", "")
    assert run({}, "--json")[1] == "[]\n"


def test_another_month_and_another_folder_may_be_asked_about(run: Run) -> None:
    change: Change = {**OWING, "texts/health.md": "## What went well\n\nAll.\n"}

    out = run(change, "--narrative", "texts")[1]
    assert "Health" not in out
    june = run(change, "--period", "2023-06")[1]
    assert ", July 2023 (board on 14 September 2023):" in out and ", June 2023:" in june


def test_a_text_under_a_mistyped_heading_is_owed_with_the_heading_as_typed(run: Run) -> None:
    texts = "## Waht is next\n\nMore.\n"
    out = run({**OWING, "Narrative!": None, "narrative/2023-07/care.md": texts})[1]

    assert (
        """Ann O’Neill

  Care
  - 'Waht is next' is not a slot of care; did you mean 'What is next?'?
    Where: narrative/2023-07/care.md, under the heading 'What is next?'.
"""
        in out
    )
    assert "The narrative 'What is next?' is missing" not in out


def test_a_text_that_may_be_any_of_the_missing_ones_is_owed_by_their_owners(run: Run) -> None:
    texts = "## What went well\n\nAll of it went well.\n\n## Zebras\n\nMore.\n"
    records = json.loads(run({**OWING, "Narrative!": None, "narrative/2023-07/care.md": texts}, "--json")[1])

    assert [
        (record["owner"], record["slot"], record["reason"]) for record in records if record["section"] == "care"
    ] == [("Ann O’Neill", "next", "'Zebras' is not a slot of care")]


def test_another_text_of_the_section_is_missing_all_the_same(run: Run) -> None:
    required = {**OWING, "report.toml": REPORT.replace("min_words = 5", "required = true"), "Narrative!": None}
    records = json.loads(run({**required, "narrative/2023-07/care.md": "## Waht is next\n\nMore.\n"}, "--json")[1])

    assert [record["reason"] for record in records][:2] == [
        "the narrative 'What went well' is missing",
        "'Waht is next' is not a slot of care; did you mean 'What is next?'?",
    ]


def test_errors_that_make_the_answer_doubtful_are_said_beside_it(run: Run) -> None:
    status, out, err = run({**OWING, HEALTH: "## What want well\n\nAll.\n"}, "--quiet")

    assert (status, "'What want well' is not a slot of health" in out) == (0, True)
    assert err.startswith(
        "error    narrative.unknown-slot  health.md  line 1  'What want well' is not a slot of health"
    )
    assert len(err.splitlines()) == 1


def test_inputs_that_cannot_be_read_are_errors(run: Run) -> None:
    status, out, err = run({**FILES, "report.toml": "title = "})
    assert (status, out, "definition.toml-syntax" in err) == (1, "", True)


def test_it_looks_at_one_workbook_at_a_time(run: Run, call: Run, tmp_path: Path) -> None:
    run({})
    (tmp_path / "june-2023.xlsx").write_bytes((tmp_path / NAME).read_bytes())

    assert call("narrative", "chase", "*-2023.xlsx")[0] == 2
