"""The labelled sentences: what the checks were written for. How often they are right elsewhere these do not tell."""

from __future__ import annotations

import pytest

from ..quoted import EXAMPLE, OTHER, labelled, score

LABELLED = {
    "tuning": EXAMPLE,
    "more": EXAMPLE,
    "false_alarms": EXAMPLE,
    "held_out": EXAMPLE,
    "tamarshire/sentences": OTHER,
}


@pytest.mark.parametrize("name", LABELLED)
def test_the_sentences_that_the_checks_were_written_for(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    sentences = labelled(name)
    reached = score([(each, LABELLED[name]) for each in sentences])
    with capsys.disabled():
        print(f"\n{name}, {len(sentences)}: precision {reached.precision:.3f}, recall {reached.recall:.3f}")
    assert reached.precision >= 0.85
    assert reached.recall >= 0.7


def test_sentences_that_were_written_without_sight_of_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    reached = score([(each, EXAMPLE) for each in labelled("fresh")])
    with capsys.disabled():
        print(f"\nfresh, 60: precision {reached.precision:.3f}, recall {reached.recall:.3f}")
    assert reached.precision >= 0.85
    assert reached.recall >= 0.5
