"""What section templates and narratives may call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cpreport.compose.breakdown_values import BreakdownValue, breakdown_value
from cpreport.compose.breakdowns import breakdown_table, breakdown_view, find_breakdown, read_options
from cpreport.compose.category_charts import breakdown_chart, comparison_chart
from cpreport.compose.charts import CHART_PERIODS, Asked, asked_of, trend_chart
from cpreport.compose.comments import Comments
from cpreport.compose.control_charts import variation_chart
from cpreport.compose.environment import TemplateMistake
from cpreport.compose.glance import at_a_glance
from cpreport.compose.history import history_tables
from cpreport.compose.peers import PERIODS as PEER_PERIODS
from cpreport.compose.peers import SHOWN, find_peers, peer_table
from cpreport.compose.printed import Blocks
from cpreport.compose.progress import progress_lists
from cpreport.compose.quantity import in_words
from cpreport.compose.references import Reference, References
from cpreport.compose.scorecard import scorecard
from cpreport.compose.since import SinceLastReport
from cpreport.compose.table_options import tables_with
from cpreport.compose.tables import glossary_table, sheet_table
from cpreport.compose.values import IndicatorValue, find_indicator
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder, SectionPlan
from cpreport.model.timeline import Figures
from cpreport.model.workbook import OtherSheet, Workbook, sheet_key


class TemplateFunctions:
    """The functions of one section, with what they have found.

    `references` are known only when all sections are composed; `refers`: something was called that needs them.
    """

    def __init__(
        self,
        plan: SectionPlan,
        workbook: Workbook,
        folder: ReportFolder,
        figures: Figures,
        comments: Comments,
        since: SinceLastReport,
        authority: str,
        findings: list[Finding],
    ) -> None:
        self.references: References | None = None
        self.refers = self.is_at_a_glance = False
        self._plan = plan
        self._workbook = workbook
        self._folder = folder
        self._figures = figures.as_in(plan.id)
        self._comments = comments
        self._since = since
        self._authority = authority
        self._findings = findings

    def for_texts(self) -> dict[str, Callable[..., object]]:
        """What both templates and narratives may call, by its name there."""
        return {
            "indicator": self._indicator,
            "indicator_table": self._indicator_table,
            "scorecard": self._scorecard,
            "history_table": self._history_table,
            "breakdown": self._breakdown,
            "breakdown_table": self._breakdown_table,
            "peer_table": self._peer_table,
            "sheet_table": self._sheet_table,
            "glossary_table": self._glossary_table,
            "at_a_glance": self._at_a_glance,
            "since_last_report": self._since_last_report,
            "trend_chart": self._trend_chart,
            "variation_chart": self._variation_chart,
            "comparison_chart": self._comparison_chart,
            "peer_chart": self._comparison_chart,
            "breakdown_chart": self._breakdown_chart,
            "ref": self._ref,
        }

    def for_templates(self) -> dict[str, Callable[..., object]]:
        """What only templates may call besides, as it prints narratives."""
        return {"comments": self._list_comments, "progress_lists": self._progress_lists}

    def _indicator(self, id: object) -> IndicatorValue:
        return find_indicator(id, self._figures, self._folder)

    def _ids(self, ids: object, function: str) -> list[str]:
        """The ids that a function is given, one or several; all are known."""
        names = [ids] if isinstance(ids, str) else ids
        if not isinstance(names, Sequence) or not names:
            raise TemplateMistake(f"{function}(…) needs a list of indicators, such as section.indicators")
        return [self._indicator(name).id for name in names]

    def _list_comments(self, ids: object) -> Blocks:
        names = self._ids(ids, "comments")
        return self._comments.listed((self._folder.indicators[name] for name in names), self._plan.id)

    def _progress_lists(self, ids: object = None) -> Blocks:
        """Of the whole report's indicators where none are given."""
        every = dict.fromkeys(name for plan in self._folder.sections for name in plan.indicators)
        names = self._ids(list(every) if ids is None else ids, "progress_lists")
        timelines = [self._figures.timelines[name] for name in names]
        return progress_lists(timelines, self._comments, self._plan.id, self._folder, self._workbook.period)

    def _indicator_table(self, ids: object, **options: object) -> Blocks:
        names = self._ids(ids, "indicator_table")
        return Blocks(tables_with(options, names, self._figures, self._folder, self._plan))

    def _scorecard(self, ids: object) -> Blocks:
        timelines = [self._figures.timelines[name] for name in self._ids(ids, "scorecard")]
        now, plan = self._workbook.period, self._plan
        return Blocks(scorecard(timelines, self._folder, self._comments, plan.id, now, plan.title))

    def _history_table(self, ids: object, periods: object = 13) -> Blocks:
        timelines = [self._figures.timelines[name] for name in self._ids(ids, "history_table")]
        return Blocks(history_tables(timelines, periods, self._plan.title, self._folder))

    def _trend_chart(self, ids: object, periods: object = CHART_PERIODS, **options: object) -> Blocks:
        asked = self._asked("trend_chart", options)
        timelines = [self._figures.timelines[each] for each in self._ids(ids, "trend_chart")]
        return Blocks((trend_chart(timelines, self._folder, asked, periods),))

    def _variation_chart(self, id: object, periods: object = CHART_PERIODS, **options: object) -> Blocks:
        asked = self._asked("variation_chart", options)
        return Blocks((variation_chart(self._figures.timelines[self._indicator(id).id], self._folder, asked, periods),))

    def _comparison_chart(self, id: object, **options: object) -> Blocks:
        asked, name = self._asked("comparison_chart", options), self._indicator(id).id
        peers = self._figures.peers_of(name).values()
        return Blocks((comparison_chart(self._figures.timelines[name], peers, self._folder, asked),))

    def _breakdown_chart(self, id: object, **options: object) -> Blocks:
        asked = self._asked("breakdown_chart", options)
        view = breakdown_view(find_breakdown(id, self._folder), self._workbook, asked.compare)
        return Blocks((breakdown_chart(view, self._breakdown(id), self._workbook.period, self._folder, asked),))

    def _asked(self, function: str, options: Mapping[str, object]) -> Asked:
        return asked_of(function, options, self._folder, self._authority, self._plan.title)

    def _at_a_glance(self, limit: object = 8) -> Blocks:
        self.refers = self.is_at_a_glance = True
        tables = self.references.tables if self.references else {}
        return Blocks(at_a_glance(self._workbook, self._folder, self._figures, tables, limit))

    def _since_last_report(self) -> Blocks:
        self.refers = True
        return self._since.blocks()

    def _ref(self, name: object) -> Reference:
        self.refers = True
        return self.references.named_by(name) if self.references else Reference(str(name))

    def _breakdown(self, id: object) -> BreakdownValue:
        return breakdown_value(id, self._workbook, self._folder)

    def _breakdown_table(self, id: object, **options: object) -> Blocks:
        asked = read_options(options, self._folder)
        view = breakdown_view(find_breakdown(id, self._folder), self._workbook, asked.compare)
        return Blocks((breakdown_table(view, asked),))

    def _peer_table(
        self,
        id: object,
        periods: object = PEER_PERIODS,
        show: object = SHOWN,
        sort: object = "name",
        group: object = None,
        caption: object = "",
        name: object = "",
    ) -> Blocks:
        timeline = self._figures.timelines[self._indicator(id).id]
        peers = find_peers(self._figures.peers_of(timeline.indicator.id), group, timeline.indicator.id)
        return Blocks((peer_table(timeline, peers, self._folder, periods, show, sort, caption, name),))

    def _sheet_table(self, name: object) -> Blocks:
        if sheet_key(str(name)) in self._workbook.figure_sheets:
            raise TemplateMistake(f"the sheet {name} is read for its figures: print those with their own tables")
        sheet = self._workbook.other_sheets.get(sheet_key(str(name)), OtherSheet((), ()))
        self._findings += sheet.findings
        if not sheet.rows:
            raise TemplateMistake(f"the workbook has no sheet {in_words(name)}, or it is empty")
        return Blocks((sheet_table(str(name), sheet),))

    def _glossary_table(self) -> Blocks:
        if not self._folder.glossary:
            raise TemplateMistake("the glossary is empty")
        return Blocks((glossary_table(self._folder.glossary),))
