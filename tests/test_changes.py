"""What has changed from one report to the next, by their audit files."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cpreport.compose.changes import Change, changes_between, in_words
from cpreport.editions.audit import audit_file
from cpreport.model.audit import Audit, AuditedText
from cpreport.model.sentences import sentence

from .audits import WORDS, audit, figure, indicator, june

Call = Callable[..., tuple[int, str, str]]


def told(earlier: Audit, later: Audit, words: dict[str, str] | None = None) -> list[str]:
    """The changes in words, those of one kind below their heading."""
    listed = in_words(changes_between(earlier, later), partial(sentence, {}), words or {}, {"care": "Children in care"})
    return [line for each in listed for line in (each.heading, *each.lines)]


def test_equal_reports_have_no_changes() -> None:
    parts = indicator("moves", status="off target", direction="up", target="9"), figure("moves", "Jun 23", "7", 7)

    assert told(june(*parts), audit(*parts)) == []


@pytest.mark.parametrize(
    ("before", "now", "heading"),
    [
        ("on target", "off target", "Newly off target: 1"),
        ("close to target", "off target", "Newly off target: 1"),
        ("no target", "off target", "Newly off target: 1"),
        ("off target", "close to target", "Newly close to target: 1"),
        ("off target", "on target", "Now on target: 1"),
        ("close to target", "no data", "No longer judged against a target: 1"),
        ("no target", "on target", ""),
        ("on target", "no data", ""),
        ("off target", "off target", ""),
    ],
)
def test_a_status_that_has_changed_is_told(before: str, now: str, heading: str) -> None:
    found = told(june(indicator("a", "Jun 23", status=before)), audit(indicator("a", status=now)))

    assert found == ([heading, f"A: {now} in Jul 23, {before} in Jun 23"] if heading else [])


def test_statuses_are_called_as_the_report_calls_them() -> None:
    found = told(
        june(indicator("a", "Jun 23", status="on target")),
        audit(indicator("a", status="off target")),
        {"off target": "Red", "on target": "Green"},
    )
    assert found == ["Newly Red: 1", "A: Red in Jul 23, Green in Jun 23"]


@pytest.mark.parametrize(
    ("before", "now", "lines"),
    [
        ("up", "down", ["Arrows that have turned: 1", "4.1 Moves: down in Jul 23, up in Jun 23"]),
        ("same", "up", ["Arrows that have turned: 1", "4.1 Moves: up in Jul 23, same in Jun 23"]),
        ("up", "up", []),
        ("", "up", []),
        ("up", "", []),
    ],
)
def test_an_arrow_that_has_turned_is_told_where_both_are_known(before: str, now: str, lines: list[str]) -> None:
    moves = partial(indicator, "moves", reference="4.1")

    assert told(june(moves("Jun 23", direction=before)), audit(moves(direction=now))) == lines


def test_a_figure_that_was_restated_is_told_with_both_texts_wherever_it_stands() -> None:
    before = june(
        indicator("moves"),
        figure("moves", "May 23", "12", 12),
        figure("moves", "Jun 23", "13", 13, section="overview"),
        figure("moves", "2021/22", "15.0%", 15, comparator="England"),
        figure("ages", "Jun 23", "4", 4, category="Girls"),
        figure("moves", "Apr 23", "no data"),
    )
    now = audit(
        indicator("moves", reference="4.1"),
        figure("moves", "Apr 23", "11", 11),
        figure("moves", "May 23", "12", 12),
        figure("moves", "Jun 23", "14 (revised)", 14, state="revised"),
        figure("moves", "2021/22", "16.0%", 16, comparator="England"),
        figure("ages", "Jun 23", "5", 5, category="Girls"),
        figure("moves", "Jul 23", "20", 20),
    )

    assert told(before, now)[:5] == [
        "Figures that have changed since they were reported: 4",
        "4.1 Moves, Apr 23: 11, reported as no data",
        "4.1 Moves, Jun 23: 14 (revised), reported as 13",
        "4.1 Moves, England, 2021/22: 16.0%, reported as 15.0%",
        "Ages, Girls, Jun 23: 5, reported as 4",
    ]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (("13.5%", 13.51), ("13.5%", 13.52)),
        (("13.5%", 13.5), ("13.5% (27/200)", 13.5)),
        (("not due yet", None), ("13.5%", 13.5)),
    ],
)
def test_a_figure_that_prints_the_same_or_was_not_due_was_not_restated(
    before: tuple[str, float | None], now: tuple[str, float | None]
) -> None:
    assert told(june(figure("a", "Jun 23", *before)), audit(figure("a", "Jun 23", *now))) == []


def test_only_the_figure_itself_is_compared_and_only_where_it_is_one() -> None:
    several = figure("a", "Jun 23", "13", 13), figure("a", "Jun 23", "14", 14)
    parts = figure("b", "Jun 23", "3", 3, what="mean"), figure("", "Jun 23", "3 of 5", 3), figure("c", "", "3", 3)
    others = figure("b", "Jun 23", "4", 4, what="mean"), figure("", "Jun 23", "4 of 5", 4), figure("c", "", "4", 4)

    assert told(june(figure("a", "Jun 23", "12", 12), *parts), audit(*several, *others)) == []


def test_nothing_is_repeated_of_a_figure_that_is_confidential_now() -> None:
    before = june(
        indicator("a", "Q1 23/24", status="off target", direction="up"),
        indicator("b", "Jun 23", status="off target", direction="up"),
        figure("a", "Q1 23/24", "4", 4),
        figure("b", "May 23", "3", 3),
        figure("b", "Apr 23", "confidential"),
    )
    now = audit(
        indicator("a", "Q1 23/24", status="no data", direction="down"),
        indicator("b", status="off target", direction="down"),
        figure("a", "Q1 23/24", "confidential"),
        figure("b", "May 23", "confidential"),
        figure("b", "Apr 23", "confidential"),
    )

    changes = changes_between(before, now)
    assert told(before, now) == [
        "Figures that are no longer published: 2",
        "A, Q1 23/24: no longer published",
        "B, May 23: no longer published",
    ]
    assert [(each.before, each.after) for each in changes] == [("", ""), ("", "")]


def test_changed_targets_and_definitions_are_told() -> None:
    before = june(
        indicator("a", target="90%", polarity="high", targets="90 from 01/04/2023", owner="Ann Lee"),
        indicator("b", target="", targets="", title="Old"),
        indicator("c", target="5", targets="5"),
    )
    now = audit(
        indicator("a", target="95%", polarity="low", targets="95 from 01/04/2023", owner="Bo Day"),
        indicator("b", target="7", title="New", shows="count"),
        indicator("c", target="5", targets="5 and 6 from 01/04/2024"),
    )

    assert told(before, now) == [
        "Changed targets: 2",
        "A: 95%, was 90%",
        "New: 7, was no target",
        "Changed definitions: 4",
        "A, good is: low, was high",
        "New, title: New, was Old",
        "New, shows: count, was not set",
        "C, targets: 5 and 6 from 01/04/2024, was 5",
    ]


@pytest.mark.parametrize(("before", "now"), [("10%", "10% by Mar 24"), ("25 by Apr 23", "25")])
def test_a_target_whose_day_is_printed_once_only_has_not_changed(before: str, now: str) -> None:
    moves = partial(indicator, "moves", targets="25 by 2023-04-30")

    assert told(june(moves("Jun 23", target=before)), audit(moves(target=now))) == []


def test_a_target_of_another_day_is_another_definition() -> None:
    before = june(indicator("moves", "Jun 23", target="25 by Apr 23", targets="25 by 2023-04-30"))
    now = audit(indicator("moves", target="25 by Apr 24", targets="25 by 2024-04-30"))

    assert told(before, now) == [
        "Changed definitions: 1",
        "Moves, targets: 25 by 2024-04-30, was 25 by 2023-04-30",
    ]


def test_new_and_gone_indicators_are_told_and_renamed_ones_followed() -> None:
    before = june(
        indicator("a", "Jun 23", status="on target"),
        indicator("b"),
        figure("a", "Jun 23", "4", 4),
    )
    now = audit(
        indicator("a2", formerly="a0; a", title="A", status="off target"),
        indicator("c", status="off target"),
        figure("a2", "Jun 23", "5", 5),
    )

    assert told(before, now) == [
        "Newly off target: 1",
        "A: off target in Jul 23, on target in Jun 23",
        "Figures that have changed since they were reported: 1",
        "A, Jun 23: 5, reported as 4",
        "New measures: 1",
        "C",
        "Measures that are no longer in the report: 1",
        "B",
    ]


def test_texts_with_the_same_words_are_told() -> None:
    before = june(
        AuditedText("care", "good", "What went well", WORDS["same"]),
        AuditedText("care", "next", "What is next", WORDS["same"]),
    )
    now = audit(
        AuditedText("care", "good", "What went well", WORDS["same"]),
        AuditedText("care", "next", "What is next", WORDS["other"]),
    )

    assert told(before, now) == [
        "Texts with the same words as in the last report: 1",
        "Children in care: What went well",
    ]


# cpreport diff


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    before = june(indicator("a", "Jun 23", status="on target"))
    (tmp_path / "june.audit.json").write_bytes(audit_file(before))
    (tmp_path / "july.audit.json").write_bytes(audit_file(audit(indicator("a", status="off target"))))
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_diff_prints_the_changes(call: Call) -> None:
    assert call("diff", "june.audit.json", "july.audit.json") == (
        0,
        "Changes since the June 2023 report:\n\nNewly off target: 1\n- A: off target in Jul 23, on target in Jun 23\n",
        "",
    )


@pytest.mark.usefixtures("folder")
def test_diff_says_that_there_are_none(call: Call) -> None:
    status, out, _ = call("diff", "june.audit.json", "june.audit.json")

    assert (status, out.split(" no status")[0]) == (0, "Since the June 2023 report")


@pytest.mark.usefixtures("folder")
def test_diff_puts_the_order_right_and_says_so(call: Call) -> None:
    status, out, err = call("diff", "july.audit.json", "june.audit.json")

    assert (status, out) == call("diff", "june.audit.json", "july.audit.json")[:2]
    assert err == "june.audit.json is the earlier report's: the changes are from that to july.audit.json\n"


@pytest.mark.usefixtures("folder")
def test_diff_prints_json(call: Call) -> None:
    status, out, _ = call("diff", "june.audit.json", "july.audit.json", "--json")

    change = {"kind": "changed_to_off_target", "subject": "a", "title": "A", "before": "on target"}
    change |= {"after": "off target", "period": "Jul 23", "was": "Jun 23"}
    assert (status, json.loads(out)) == (0, {"earlier": "Jun 23", "later": "Jul 23", "changes": [change]})


def test_diff_says_of_what_the_files_are(folder: Path, call: Call) -> None:
    (folder / "other.audit.json").write_bytes(audit_file(audit(title="Scrutiny", authority="Kirklees", is_draft=True)))

    assert call("diff", "june.audit.json", "other.audit.json")[2] == (
        "other.audit.json is of a draft\nthese are two reports: Report; Scrutiny, Kirklees\n"
    )


def test_diff_takes_the_day_where_a_period_cannot_be_read(folder: Path, call: Call) -> None:
    term: Any = {"period": "Long Term 22/23", "data_as_at": date(2023, 6, 1)}
    (folder / "term.audit.json").write_bytes(audit_file(audit(**term)))

    assert call("diff", "july.audit.json", "term.audit.json")[2].startswith("term.audit.json is the earlier report's")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["june.audit.json", "june.xlsx"], 1, "june.xlsx  this is not an audit file of cpreport"),
        (["june.audit.json"], 2, "LATER.audit.json"),
        (["june.audit.json", "may.audit.json"], 3, "there is no file may.audit.json"),
    ],
)
def test_diff_says_why_it_cannot(folder: Path, call: Call, arguments: list[str], status: int, words: str) -> None:
    (folder / "june.xlsx").write_bytes(b"PK\x03\x04")
    done, out, err = call("diff", *arguments)

    assert (done, out) == (status, "")
    assert words in err


def test_every_change_has_its_keys_in_json() -> None:
    assert set(Change._fields) >= set(changes_between(june(), audit(indicator("a")))[0].record())
