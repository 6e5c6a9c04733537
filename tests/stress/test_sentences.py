"""Every labelled sentence, and every figure that the example's narratives quote."""

from __future__ import annotations

import pytest

from ..quoted import labelled, score
from ..test_quoted import LABELLED, quoted_cells, unnoticed


@pytest.mark.parametrize("name", LABELLED)
def test_nine_warnings_in_ten_are_right_and_eight_wrong_sentences_in_ten_are_found(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sentences = labelled(name)
    reached = score([(each, LABELLED[name]) for each in sentences])
    with capsys.disabled():
        print(f"\n{name}, {len(sentences)}: precision {reached.precision:.3f}, recall {reached.recall:.3f}")
    assert reached.precision >= 0.9
    assert reached.recall >= 0.8


def test_a_quoted_figure_that_changes_by_one_brings_a_warning_or_another_sentence() -> None:
    cells = quoted_cells()
    assert len(cells) > 60
    assert unnoticed(cells) == []
