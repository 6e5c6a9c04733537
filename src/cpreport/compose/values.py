"""What templates see of an indicator: values whose attributes print as the report prints them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from cpreport.compose.amounts import AmountValue, BaselineValue, BenchmarkValue, JudgementValue, WordValue
from cpreport.compose.environment import TemplateMistake
from cpreport.compose.over_time import OverTime
from cpreport.compose.peers import RankValue, find_peers, rank
from cpreport.compose.quantity import POINTS, Quantity, Words, in_words
from cpreport.compose.wording import GOOD_DIRECTION, target_text
from cpreport.compose.workings import per_of, target_basis
from cpreport.model.document import Source
from cpreport.model.finding import nearest
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Measure, Polarity
from cpreport.model.number import decimals_to_see
from cpreport.model.peers import PeerFigures
from cpreport.model.status import StatusWord
from cpreport.model.timeline import Figures, Timeline, Verdict
from cpreport.model.working import Basis, Working, difference, product, quotient, rounded_up

_NO_PEERS: Mapping[str, PeerFigures] = MappingProxyType({})


class IndicatorValue(OverTime):
    """An indicator with its figures, and what is said of the newest. Prints as its name."""

    def __init__(self, timeline: Timeline, folder: ReportFolder, peers: Mapping[str, PeerFigures] = _NO_PEERS) -> None:
        super().__init__(timeline, folder)
        self._peers = peers
        self.reference = timeline.indicator.reference
        self.title = timeline.indicator.title
        self.unit = timeline.indicator.unit
        self.owner = timeline.indicator.owner

    def __str__(self) -> str:
        return self._timeline.indicator.name

    @property
    def target(self) -> Quantity | Words:
        """The target that the newest figure is held against; words where there is none, or only a later milestone."""
        indicator, source = self._timeline.indicator, Source(self.id, basis=target_basis(self._timeline))
        status = self._timeline.status
        target = status.target.value if status.target else None
        is_ahead = status.computed is StatusWord.NOT_DUE and status.year_end is None
        if target is None or is_ahead:
            return Words(target_text(indicator, status), source)
        return Quantity(target, indicator.decimals_of_target(target), indicator.suffix, source)

    @property
    def has_target(self) -> bool:
        """Whether a target is in force or a milestone is to come; one that is to be agreed is none."""
        target = self._timeline.status.target
        return target is not None and target.value is not None

    @property
    def status(self) -> WordValue:
        """The status of the newest figure, an officer's where there is one."""
        return WordValue(self.id, self._timeline.status.word, self._folder)

    @property
    def polarity(self) -> str:
        """Which direction is good, in words."""
        return GOOD_DIRECTION[self._timeline.indicator.polarity] or "neither direction is better"

    @property
    def baseline(self) -> BaselineValue:
        return BaselineValue(self._timeline.indicator)

    @property
    def to_target(self) -> Quantity | Words:
        """How many more children (fewer where lower is better) would meet the target: `2 more`; `0 more` if it is met.

        The denominator is taken as it is. In words where there is no target or no figure.
        """
        target, indicator = self.target, self._timeline.indicator
        if isinstance(target, Words):
            return target
        sign = {Polarity.HIGH: 1, Polarity.LOW: -1}.get(indicator.polarity)
        if sign is None:
            raise TemplateMistake(f"{self.id} has no polarity, so nothing is missing from its target")
        amount, wanted = self._counted(), target.working
        count, total = amount.count, None if indicator.measure is Measure.NUMBER else amount.denominator
        if isinstance(count, Words) or isinstance(total, Words):
            return count
        if total:
            terms = (wanted, total.working, *per_of(indicator))
            wanted = quotient(*terms) if terms[2:] else product(*terms)
        one, other = (wanted, count.working) if sign > 0 else (count.working, wanted)
        working = rounded_up(difference(one, other))
        source = self._source("to target", working)
        return Quantity(working.value, 0, " more" if sign > 0 else " fewer", source)

    @property
    def one_child(self) -> Quantity | Words:
        """By how much one child more or less in the numerator moves the figure; a percentage in points.

        With more decimals than the figure where it would print 0.
        """
        indicator, total = self._timeline.indicator, self._counted().denominator
        if isinstance(total, Words):
            return total
        worth = quotient(Working(Fraction(indicator.per)), total.working)
        decimals, suffix = decimals_to_see(worth.value, indicator.decimals), POINTS if indicator.suffix else ""
        return Quantity(worth.value, decimals, suffix, self._source("one child", worth))

    def _source(self, what: str, working: Working) -> Source:
        period = self._timeline.newest.period
        return Source(self.id, basis=Basis(self.id, period, what, working=working))

    def _counted(self) -> AmountValue:
        """What is held against the target; refused for averages, which count no children."""
        if self._timeline.indicator.measure is Measure.AVERAGE:
            raise TemplateMistake(f"{self.id} is an average: no number of children is worth a part of it")
        return self._held()

    def _held(self) -> AmountValue:
        """What is held against the target: the newest figure, or the year to date of a cumulative indicator."""
        return self.year_to_date if self._timeline.cumulative else self._figure(self._timeline.newest.period)

    def gap(self, other: object) -> Quantity:
        """How far the newest value is above a comparator's benchmark; negative if below.

        Of the "target" it is that of what is held against it, of a cumulative indicator the year to date.
        """
        if other != "target":
            return self._difference(self.now.value, self.benchmark(other).value, f"gap to {other}")
        if isinstance(self.target, Words):
            raise TemplateMistake(f"{self.id} has no target")
        return self._difference(self._held().value, self.target, "gap to target")

    def benchmark(self, comparator: object) -> BenchmarkValue:
        return BenchmarkValue(self._timeline, self._comparator(comparator), self._folder)

    @property
    def judgement(self) -> JudgementValue:
        check_judged(self._folder)
        return JudgementValue(self._timeline, self._folder)

    def against(self, comparator: object) -> WordValue:
        """Whether the newest figure is better or worse than a comparator's benchmark, or similar."""
        check_judged(self._folder)
        verdict = self._timeline.merits.get(self._comparator(comparator), Verdict.NOT_COMPARED)
        return WordValue(self.id, verdict, self._folder)

    def rank(self, group: object = None) -> RankValue | Words:
        """Where we stand among the peers of a group, such as `lowest of 11`."""
        return rank(self._timeline, find_peers(self._peers, group, self.id))

    def _comparator(self, name: object) -> str:
        known = [each.id for each in self._folder.comparators]
        if name not in known:
            raise TemplateMistake(f"{in_words(name)} is not a comparator{nearest(str(name), known)}")
        return str(name)


def check_judged(folder: ReportFolder) -> None:
    """Raises TemplateMistake where the report prints no judgements."""
    if not folder.judgement.on:
        raise TemplateMistake("judgements are switched off: [judgement] in report.toml has on = false")


def find_indicator(name: object, figures: Figures, folder: ReportFolder) -> IndicatorValue:
    """What `indicator("4.02.01")` gives."""
    timeline = figures.timelines.get(str(name))
    if timeline is None:
        raise TemplateMistake(f"{in_words(name)} is not an indicator{nearest(str(name), figures.timelines)}")
    return IndicatorValue(timeline, folder, figures.peers_of(timeline.indicator.id))
