"""Each kind of statement that the checks of sentences read: one that is wrong, and one that is right."""

from __future__ import annotations

import pytest

from .quoted import EXAMPLE, LABELS, OTHER, findings_of

CARE, VISITS, HEALTH, LEAVERS, FOSTERING = (
    "children-in-care",
    "reviews-visits-missing",
    "health",
    "care-leavers",
    "fostering",
)
KINDS = {
    "slipped": (
        VISITS,
        "Compared with June, statutory visits in timescale slipped in July.",
        "direction",
        "Compared with June, statutory visits in timescale rose in July.",
    ),
    "dipped a little": (
        LEAVERS,
        "EET has dipped a little since June, to 58.7%.",
        "direction",
        "EET has climbed a little since June, to 58.7%.",
    ),
    "shorter and longer": (
        "adoption",
        "The time from court authority to the matching decision (A2) has got shorter since June.",
        "direction",
        "The time from court authority to the matching decision (A2) has got longer since June.",
    ),
    "lost ground": (
        VISITS,
        "Visits in timescale lost ground in July.",
        "direction",
        "Visits in timescale gained ground in July.",
    ),
    "came down": (
        VISITS,
        "Visits in timescale came down in July.",
        "direction",
        "Visits in timescale went up in July.",
    ),
    "worse by polarity": (
        "education",
        "Persistent absence worsened in May.",
        "direction",
        "Persistent absence improved in May.",
    ),
    "loss since the year before": (
        FOSTERING,
        "In-house placements have dropped to 148 compared with 171 a year ago, a loss of 33.",
        "number",
        "In-house placements have dropped to 148 compared with 171 a year ago, a loss of 23.",
    ),
    "fewer than in a month": (
        CARE,
        "There were 42 fewer changes of social worker than in July 2022.",
        "number",
        "There were 32 fewer changes of social worker than in July 2022.",
    ),
    "up by points": (
        VISITS,
        "Visits in timescale are up by 6.4 points on June.",
        "number",
        "Visits in timescale are up by 4.6 points on June.",
    ),
    "increase in per cent": (
        CARE,
        "Changes of social worker show an increase of 31% on June.",
        "number",
        "Changes of social worker show an increase of 21% on June.",
    ),
    "points from a comparator": (
        LEAVERS,
        "EET at 58.7% exceeds the statistical neighbour average by 6.7 points.",
        "number",
        "EET at 58.7% exceeds the statistical neighbour average by 8.7 points.",
    ),
    "highest in twelve months": (
        LEAVERS,
        "Pathway Plans are up to date for 82% of care leavers, the best result of the last twelve months.",
        "rank",
        "92.2% of care leavers are in suitable accommodation, the best result of the last twelve months.",
    ),
    "lowest since": (
        HEALTH,
        "Initial health assessments on time are at their highest since May.",
        "rank",
        "Initial health assessments on time are at their lowest since May.",
    ),
    "first rise": (
        HEALTH,
        "Dental checks show their first rise since April.",
        "rank",
        "Over-fives' annual health assessments show their first rise since March.",
    ),
    "month running": (
        VISITS,
        "Visits in timescale have fallen for the second month running.",
        "rank",
        "Visits in timescale have risen for the second month running.",
    ),
    "category of a breakdown": (
        CARE,
        "Of the 65 children living more than 20 miles away outside the local authority, 53 are in fostering.",
        "number",
        "Of the 65 children living more than 20 miles away outside the local authority, 50 are in fostering.",
    ),
    "two numbers over a year": (
        HEALTH,
        "Over the last year dental checks rose from 62.5% to 64.3%.",
        "period",
        "Over the last year dental checks rose from 60.2% to 64.3%.",
    ),
    "from a low of": (
        HEALTH,
        "Dental checks recovered from a low of 59.6% in May to 64.3%.",
        "period",
        "Dental checks recovered from a low of 56.2% in May to 64.3%.",
    ),
    "quarter by its number": (
        "convictions",
        "In Quarter 1, 1.75% of young people offended.",
        "period",
        "In Quarter 1, 0.31% of young people offended.",
    ),
    "last day of a month": (
        CARE,
        "At 31 December 629 children were in care.",
        "period",
        "At 31 December 608 children were in care.",
    ),
    "year to date": (
        FOSTERING,
        "So far this financial year 19 new carers have been approved.",
        "number",
        "So far this financial year 17 new carers have been approved.",
    ),
    "comparator by its name": (
        "convictions",
        "At 0.31% offending is higher than the average for Yorkshire and the Humber.",
        "direction",
        "At 0.31% offending is lower than the average for Yorkshire and the Humber.",
    ),
    "comparator's number": (
        HEALTH,
        "Nationally 75% of children had dental checks.",
        "number",
        "Nationally 70% of children had dental checks.",
    ),
    "swapped rows": (
        VISITS,
        "98.3% of children were visited within statutory timescales.",
        "swapped",
        "94.5% of children were visited within statutory timescales.",
    ),
    "bound": (
        VISITS,
        "More than 96% of children were visited within statutory timescales.",
        "number",
        "More than 94% of children were visited within statutory timescales.",
    ),
    "cut off": (
        VISITS,
        "94.4% of children were visited within statutory timescales.",
        "number",
        "94.5% of children were visited within statutory timescales.",
    ),
    "fraction": (
        VISITS,
        "566 of 589 children were visited within statutory timescales.",
        "number",
        "566 of 599 children were visited within statutory timescales.",
    ),
}
TARGETS = {
    "missed": ("CP visits in timescale have met the target.", "CP visits in timescale have missed the target."),
    "short of": ("CP visits in timescale exceeded the target.", "CP visits in timescale are short of the target."),
    "within": ("CP visits in timescale are within target.", "CP visits in timescale are not within target."),
    "by points": (
        "CP visits in timescale are 2.0 points below the target.",
        "CP visits in timescale are 1.0 points below the target.",
    ),
    "its number": ("The target for CP visits in timescale is 98%.", "CP visits in timescale: 94.0%, target 95%."),
    "low is good": ("The average caseload has met its target.", "The average caseload has missed its target."),
}


def codes(section: str, sentence: str, workbook: str = "") -> set[str]:
    found = findings_of(section, sentence, path=OTHER if workbook else EXAMPLE)
    return {each.code.removeprefix("narrative.").removesuffix("-disagrees") for each in found if each.code in LABELS}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_statement_is_held_against_the_figures(kind: str) -> None:
    section, wrong, code, right = KINDS[kind]
    assert codes(section, right) == set()
    assert codes(section, wrong) == {code}


@pytest.mark.parametrize("kind", TARGETS)
def test_targets_are_judged_as_good_goes(kind: str) -> None:
    wrong, right = TARGETS[kind]
    assert codes("help-and-protection", right, "other") == set()
    assert codes("help-and-protection", wrong, "other") == {"target"}


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        (CARE, "3.1 Children in care did well."),
        (CARE, "65 children live 30 plus miles away and outside the local authority."),
        (LEAVERS, "Care leavers under 19 in suitable accommodation have a new drop-in."),
        (VISITS, "14 children were discussed at the missing panel."),
        (FOSTERING, "265 children live with our own carers or with family and friends (148 and 117)."),
        (CARE, "Of the 65 children placed outside the authority and over 20 miles from home, fostering rose."),
        (HEALTH, "It fell to 60.1%."),
        (VISITS, "Both went down on June."),
    ],
    ids=["paragraph", "distance", "age", "other things", "parts", "a category", "no subject", "several subjects"],
)
def test_what_is_no_figure_or_has_no_one_subject_brings_silence(section: str, sentence: str) -> None:
    assert codes(section, sentence) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_has_thirty_words_at_most(kind: str) -> None:
    section, wrong, _, _ = KINDS[kind]
    warnings = [each for each in findings_of(section, wrong) if each.code in LABELS]
    assert max(len(each.message.split()) for each in warnings) <= 30
