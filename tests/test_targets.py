"""Targets, tolerances, profiles and baselines: what indicators.toml may say of them, and which is in force."""

from __future__ import annotations

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from cpreport.inputs.definitions.indicators_file import IndicatorsFile
from cpreport.model.errors import InputError
from cpreport.model.indicator import Baseline, Indicator, Nature, Target, Tolerance
from cpreport.model.period import month
from cpreport.pipeline import load_workbook

from .example_month import Added
from .workbooks import example_month, write_report, write_workbook

NEW = '[[indicators]]\nid = "new"\ntitle = "New"\nmeasure = "{}"\n'


def defined(keys: str, measure: str = "percentage") -> Indicator:
    file = IndicatorsFile.model_validate(tomllib.loads(NEW.format(measure) + keys))
    return file.indicators[0].to_model()


def test_a_target_prints_as_it_was_typed() -> None:
    assert defined("target = 426", "average").printed_target(Fraction(426)) == "426"
    assert defined("target = 4.7").printed_target(Fraction(47, 10)) == "4.7%"
    assert defined("target = 95\ntarget_decimals = 1").printed_target(Fraction(95)) == "95.0%"
    assert defined("target = 12000", "number").printed_target(Fraction(12000)) == "12,000"


@pytest.mark.parametrize("typed", ['"to be agreed"', '" To be agreed"'])
def test_a_target_may_be_agreed_later(typed: str) -> None:
    assert defined(f"target = {typed}").targets == (Target(None),)


def test_a_target_of_zero_is_a_target() -> None:
    assert defined("target = 0", "number").targets == (Target(Fraction(0)),)


@pytest.mark.parametrize(
    ("typed", "tolerance", "around"),
    [
        ('"5 points"', Tolerance(Fraction(5)), 5),
        ('"1 point"', Tolerance(Fraction(1)), 1),
        ('"2.5 points"', Tolerance(Fraction(5, 2)), Fraction(5, 2)),
        ('"10%"', Tolerance(Fraction(10), is_relative=True), 4),
        ("0", Tolerance(Fraction(0)), 0),
    ],
)
def test_a_tolerance_has_its_unit(typed: str, tolerance: Tolerance, around: Fraction) -> None:
    found = defined(f"tolerance = {typed}").tolerance

    assert found == tolerance
    assert found.around(Fraction(40)) == around


def test_the_newest_target_that_has_begun_is_in_force() -> None:
    of = defined("targets = [{ from = 2023-04-01, value = 85 }, { value = 80 }, { from = 2024-04-01, value = 90 }]")
    months = (month(2022, 1), month(2023, 3), month(2023, 4), month(2024, 4))

    assert [target.value for each in months if (target := of.target_at(each))] == [80, 80, 85, 90]
    assert of.milestone_after(month(2023, 4)) is None


def test_the_last_milestone_that_is_due_counts() -> None:
    of = defined("targets = [{ by = 2019-04-30, value = 50 }, { by = 2018-04-01, value = 25 }]")
    first, second = Target(Fraction(25), by=date(2018, 4, 1)), Target(Fraction(50), by=date(2019, 4, 30))

    assert of.target_at(month(2018, 3)) is None
    assert of.milestone_after(month(2018, 3)) == first
    assert of.target_at(month(2018, 4)) == of.target_at(month(2019, 3)) == first
    assert of.milestone_after(month(2018, 4)) == second
    assert of.target_at(month(2019, 4)) == second
    assert of.milestone_after(month(2019, 4)) is None


def test_what_else_is_said_of_an_indicator() -> None:
    keys = 'kind = "flow"\nbenchmark_basis = "different"\nbaseline = { period = "Nov 17", value = 656 }'
    of = defined(keys, "number")

    assert (of.kind, of.benchmarks_differ) == (Nature.FLOW, True)
    assert of.baseline == Baseline("Nov 17", Fraction(656))
    assert defined("").kind is Nature.STOCK


YEAR = 'cumulative = "financial-year"\n'


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ("target = 0.95", 'the target 0.95 may be 0.95% or 95%: write "0.95%" or 95'),
        ("target = -1", "the target -1 is below 0"),
        ("targets = [{ by = 2024-01-01, value = -1 }]", "the target -1 is below 0"),
        ('target = "soon"', 'it must be a number, or a percentage such as "95%", or "to be agreed"'),
        ("target = 0.1234567890123", "it must not have more than 12 decimals"),
        ("target = 95.5\ntarget_decimals = 0", "target_decimals = 0 would print another number than the target 95.5"),
        ("tolerance = 5", 'it must be a text with its unit, such as "5 points" or "10%", or 0 for none'),
        ('tolerance = "5"', "it must be a text with its unit"),
        ('tolerance = "-5 points"', "it must be a text with its unit"),
        ("tolerance = false", "it must be a text with its unit"),
        ("targets = [{ from = 2024-01-01, by = 2024-02-01, value = 5 }]", "give from or by, not both"),
        (
            "targets = [{ from = 2024-01-01, value = 5 }, { by = 2024-02-01, value = 6 }]",
            "give from for each of the targets, or by for each, not both",
        ),
        ("targets = [{ by = 2024-01-01, value = 5 }, { by = 2024-01-01, value = 6 }]", "two targets have the same"),
        ("profile = [5, 10]", "profile is for cumulative indicators only"),
        (f"{YEAR}profile = [5, 10]\ntargets = [{{ value = 9 }}]", "give profile or targets, not both"),
        (f"{YEAR}profile = [5, 10]\ntarget = 20", "the last number of profile is the year's target"),
        (f"{YEAR}profile = [0.5, 10]", 'the target 0.5 may be 0.5% or 50%: write "0.5%" or 50'),
        (f"{YEAR}profile = [5, 10, 15, 20]", "it has 4 numbers, but the year has 12 months"),
        (f'{YEAR}frequency = "quarter"\nprofile = [5, 10]', "it has 2 numbers, but the year has 4 quarters"),
        (f'{YEAR}frequency = "term"\nprofile = [5, 10]', "it has 2 numbers, but the year has 3 terms"),
        ('profile = ["to be agreed"]', "it must be a number"),
        ('baseline = { period = "Nov 17", value = 0.5 }', 'the baseline 0.5 may be 0.5% or 50%: write "0.5%" or 50'),
        ('baseline = { period = "then", value = 5 }', "'then' is not a period"),
        ('kind = "stream"', "it must be 'flow' or 'stock'"),
        ('benchmark_basis = "same"', "it must be 'different'"),
    ],
)
def test_what_cannot_be_right_is_refused_with_the_reason(tmp_path: Path, keys: str, reason: str) -> None:
    (finding,) = example_month(tmp_path, {"indicators.toml": Added(f"\n{NEW.format('percentage')}{keys}\n")})

    assert finding.code == "definition.invalid"
    assert reason in finding.message
    assert len(finding.message.split()) <= 30


def test_a_profile_fits_the_terms_of_the_report(tmp_path: Path) -> None:
    indicators = NEW.format("number") + 'frequency = "term"\ncumulative = "academic-year"\nprofile = [1, 2]\n'
    report = write_report(tmp_path, indicators)
    text = (report / "report.toml").read_text(encoding="utf-8")
    workbook = write_workbook(report / "book.xlsx", {"Data": [["Indicator", "Figure", "A Term 22/23"]]})

    with pytest.raises(InputError) as refused:
        load_workbook(workbook)
    assert "the year has 3 terms" in str(refused.value)

    (report / "report.toml").write_text(text + '\n[terms]\nA = "Sep-Dec"\nB = "Jan-Jul"\n', encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_workbook(workbook)
    assert "the year has" not in str(refused.value)
