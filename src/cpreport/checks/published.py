"""A rule about our figures as DfE publishes them: they should be those of the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cpreport.model.figure import cell_place
from cpreport.model.finding import Finding
from cpreport.model.number import rounded
from cpreport.model.peers import OwnPublished
from cpreport.model.rules.dfe import OWN_DIFFERS
from cpreport.model.timeline import Figures


def own_figures_differ(own: Iterable[OwnPublished], figures: Figures, file: str) -> Iterator[Finding]:
    """Our figures that differ, at the decimals that DfE gives, from those of the period that ends on the same day."""
    for each in own:
        timeline = figures.timelines.get(each.indicator)
        there = timeline.figures.values() if timeline else ()
        figure = next((figure for figure in there if figure.period.end == each.period.end), None)
        if figure is None or figure.value is None:
            continue
        ours, theirs = (rounded(value, each.decimals) for value in (figure.value, each.value))
        if ours != theirs:
            place = cell_place(file, figure.cells[0], each.indicator, figure.period.label)
            texts = {"indicator": each.indicator, "period": each.text, "ours": ours, "theirs": theirs}
            yield OWN_DIFFERS.at(place, **texts)
