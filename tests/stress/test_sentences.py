"""The labelled sentences: what the checks reach on each set. How often they are right elsewhere these do not tell."""

from __future__ import annotations

import pytest

from ..quoted import EXAMPLE, OTHER, labelled, score

LEAST = {
    "tuning": (0.98, 0.92),
    "more": (0.99, 0.92),
    "false_alarms": (0.94, 0.87),
    "held_out": (0.96, 0.88),
    "tamarshire/sentences": (0.98, 0.81),
    "fresh": (0.96, 0.86),
    "blind_2": (0.99, 0.76),
    "blind_3": (0.91, 0.70),
}
"""The precision and the recall that each set keeps at least.

`blind_2` and `blind_3` were written without sight of the rules; before these were corrected for them, 0.81 of the
warnings were right, and 0.70 of the wanted ones were given.
"""


@pytest.mark.parametrize("name", LEAST)
def test_a_set_keeps_its_precision_and_recall(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    sentences = labelled(name)
    reached = score([(each, OTHER if "/" in name else EXAMPLE) for each in sentences])
    with capsys.disabled():
        print(f"\n{name}, {len(sentences)}: precision {reached.precision:.3f}, recall {reached.recall:.3f}")
    assert (reached.precision >= LEAST[name][0], reached.recall >= LEAST[name][1]) == (True, True)
