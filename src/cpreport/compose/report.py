"""The report: section templates with their tables and narratives, as blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType

from cpreport.compose.blocks import compose_blocks
from cpreport.compose.breakdown_values import BreakdownValue, breakdown_value
from cpreport.compose.breakdowns import breakdown_table, breakdown_view, find_breakdown, read_options
from cpreport.compose.category_charts import breakdown_chart, comparison_chart
from cpreport.compose.charts import CHART_PERIODS, Asked, asked_of, trend_chart
from cpreport.compose.comments import Comments
from cpreport.compose.control_charts import variation_chart
from cpreport.compose.environment import TemplateMistake
from cpreport.compose.glance import at_a_glance
from cpreport.compose.history import history_tables
from cpreport.compose.key import judgement_key, status_key
from cpreport.compose.peers import PERIODS as PEER_PERIODS
from cpreport.compose.peers import SHOWN, find_peers, peer_table
from cpreport.compose.periods import PeriodValue
from cpreport.compose.printed import Blocks
from cpreport.compose.progress import progress_lists
from cpreport.compose.quantity import in_words
from cpreport.compose.references import Reference, References, named_twice, references_to, with_anchors
from cpreport.compose.sandbox import compose_text
from cpreport.compose.scorecard import scorecard
from cpreport.compose.table_options import tables_with
from cpreport.compose.tables import glossary_table, sheet_table
from cpreport.compose.values import IndicatorValue, find_indicator
from cpreport.model.chart import Chart
from cpreport.model.composed import Composed, ComposedText, Line, lines_of
from cpreport.model.document import (
    GLOSSARY,
    Block,
    Cover,
    CoverField,
    Heading,
    List,
    Note,
    Pictures,
    Report,
    Section,
    Span,
    Table,
)
from cpreport.model.finding import Finding, Place, nearest
from cpreport.model.folder import ReportFolder, SectionPlan, Slot
from cpreport.model.period import long_date
from cpreport.model.rules import narrative as rules
from cpreport.model.timeline import Figures
from cpreport.model.workbook import (
    Narrative,
    OtherSheet,
    Passage,
    Workbook,
    sheet_key,
    stated_benchmark_period,
    with_stated_period,
)

_MISSING = "This text could not be written: see “Problems found” after the contents."
_LONGEST_QUOTE = 120
_UNPLACED = "The text that was given could not be placed: see “Problems found” after the contents."


def compose_report(workbook: Workbook, folder: ReportFolder, figures: Figures) -> Composed:
    """The whole report, every mistake in its templates and narratives, and their texts.

    What cannot be given prints `[data error]`; a section or narrative that is refused is replaced by a note.
    """
    comments = Comments(folder, figures)
    composers = [_SectionComposer(plan, workbook, folder, figures, comments) for plan in folder.sections]
    sections = _sections(composers, comments)
    marks = ("EXAMPLE",) if workbook.about.is_example else ()
    cover, about = cover_of(workbook, folder), workbook.about.texts
    told_apart, key = tuple(_told_apart(sections)), _key(figures, folder, composers)
    report = Report(cover, folder.language, told_apart, marks, key=key, about=about, place=folder.place)
    findings = [finding for composer in composers for finding in composer.findings]
    findings += named_twice(sections, {plan.id: plan.template for plan in folder.sections})
    if not any(finding.is_error for finding in findings):
        findings += (finding for composer in composers for finding in composer.comments_not_printed())
    return Composed(report, tuple(findings), tuple(text for composer in composers for text in composer.texts))


def _key(figures: Figures, folder: ReportFolder, composers: Iterable[_SectionComposer]) -> tuple[Block, ...]:
    """What the words for statuses mean, and those for judgements where a column or a page at a glance prints them."""
    has_column = folder.tables.judgement or "judgement" in folder.scorecard
    is_judged = folder.judgement.on and (has_column or any(each.is_at_a_glance for each in composers))
    judgements = [timeline.judgement for timeline in figures.in_tables] if is_judged else ()
    statuses = {timeline.status.word for timeline in figures.in_tables}
    return status_key(statuses, folder) + judgement_key(judgements, folder)


def _sections(composers: Sequence[_SectionComposer], comments: Comments) -> list[Section]:
    """The sections; those that refer to tables or charts are composed again as soon as the numbers are known."""
    for composer in composers:
        composer.compose_slots()
    comments.are_composed = True
    sections = [composer.section() for composer in composers]
    referring = [composer for composer in composers if composer.refers]
    if not referring:
        return sections
    references = references_to(sections)
    for composer in referring:
        composer.compose_slots(references)
    both = zip(composers, sections, strict=True)
    return [*with_anchors(composer.section() if composer in referring else section for composer, section in both)]


def compose_narratives(workbook: Workbook, folder: ReportFolder, figures: Figures) -> tuple[ComposedText, ...]:
    """A month's narratives, composed; one of a section that the report no longer has is composed in its first."""
    plans, comments = {plan.id: plan for plan in folder.sections}, Comments(folder, figures)
    texts: list[ComposedText] = []
    for narrative in workbook.narratives.values():
        plan = plans.get(narrative.section, folder.sections[0])
        composer = _SectionComposer(plan, workbook, folder, figures, comments)
        composer.compose_narrative(narrative, "")
        texts += composer.texts
    return tuple(texts)


def _told_apart(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections with no two captions alike: one that is there already gets its number."""
    found = Counter[str]()
    for section in sections:
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Table | Chart) and block.caption:
                found[block.caption] += 1
                if (number := found[block.caption]) > 1:
                    block = replace(block, caption=f"{block.caption} ({number})")
            blocks.append(block)
        yield replace(section, blocks=tuple(blocks))


def cover_of(workbook: Workbook, folder: ReportFolder) -> Cover:
    """The cover's texts. About wins over report.toml."""
    about = workbook.about
    return Cover(
        title=folder.title,
        authority=about.text("authority") or folder.authority,
        period=workbook.period.long,
        board_date=long_date(about.board_date) if about.board_date else "",
        data_as_at=long_date(workbook.data_as_at),
        contact=about.text("contact"),
        benchmark_source=about.text("benchmark source"),
        benchmark_period=stated_benchmark_period(workbook, folder),
        comparators="; ".join(f"{c.heading} – {c.name}" for c in folder.comparators),
        recommendations=about.text("recommendations"),
        other_formats=about.text("other formats"),
        fields=tuple(CoverField(key, text) for key in folder.cover_fields if (text := about.text(key))),
    )


class _SectionComposer:
    """One section's template with what it may call, its findings and its texts."""

    def __init__(
        self, plan: SectionPlan, workbook: Workbook, folder: ReportFolder, figures: Figures, comments: Comments
    ) -> None:
        self.refers = self.is_at_a_glance = False
        self.findings: list[Finding] = []
        self.texts: list[ComposedText] = []
        self._plan = plan
        self._workbook = workbook
        self._folder = with_stated_period(workbook, folder)
        self._figures = figures.as_in(plan.id)
        self._comments = comments
        self._references: References | None = None
        self._printed: set[str] = set()
        self._context: Mapping[str, object] = {
            "report": cover_of(workbook, folder),
            "about": workbook.about.texts,
            "period": PeriodValue(workbook.period),
            "section": plan,
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
            "trend_chart": self._trend_chart,
            "variation_chart": self._variation_chart,
            "comparison_chart": self._comparison_chart,
            "peer_chart": self._comparison_chart,
            "ref": self._ref,
            "breakdown_chart": self._breakdown_chart,
        }
        self._narratives: dict[str, Blocks] = {}

    def compose_slots(self, references: References | None = None) -> None:
        """Composes the section's narratives, and the comments that were written there.

        `references` are known only when all sections are composed; then one that refers to something is composed again.
        """
        self._references = references
        self.findings.clear()
        self.texts.clear()
        for slot in self._plan.slots:
            self._narratives[slot.id] = Blocks(self._compose_slot(slot))
        for slot in self._plan.comments:
            key = self._plan.id, slot.id
            if key in self._workbook.narratives:
                self._comments.written[key] = Blocks(self._compose_slot(slot))

    def section(self) -> Section:
        """The section; its slots must be composed."""
        plan, blocks = self._plan, self._compose()
        is_glossary = any(isinstance(block, Table) and block.caption == GLOSSARY for block in blocks)
        is_numbered = self._folder.numbered and plan.numbered and not is_glossary
        return Section(plan.id, plan.title, plan.running, blocks, is_numbered, plan.new_page)

    def _compose(self) -> tuple[Block, ...]:
        place = Place(file=self._plan.template, line=1, section=self._plan.id)
        source = self._folder.templates[self._plan.template]
        functions = {
            "narrative": self._narrative,
            "comments": self._list_comments,
            "progress_lists": self._progress_lists,
        }
        blocks, found = compose_text(source, {**self._context, **functions}, place, self._workbook.pictures)
        self.texts.append(_composed(self._plan.id, "", typed_lines(blocks, place), blocks))
        if not any(finding.is_error for finding in (*self.findings, *found)):
            self.findings += self._not_printed(self._plan.slots, self._printed, "narrative(slot)")
        self.findings += found
        return blocks or (Heading(1, (Span(self._plan.title),)), Note((Span(_MISSING),)))

    def comments_not_printed(self) -> Iterator[Finding]:
        """Comments that no template printed; every section must be composed."""
        printed = {name for section, name in self._comments.printed if section == self._plan.id}
        return self._not_printed(self._plan.comments, printed, "comments(section.indicators)")

    def _not_printed(self, slots: Iterable[Slot], printed: Set[str], call: str) -> Iterator[Finding]:
        names = {"section": self._plan.id, "template": self._plan.template, "call": call}
        for slot in slots:
            narrative = self._workbook.narratives.get((self._plan.id, slot.id))
            if narrative and slot.id not in printed:
                yield rules.NOT_PRINTED.at(narrative.passages[0].place, slot=slot.title, **names)

    def _compose_slot(self, slot: Slot) -> tuple[Block, ...]:
        if narrative := self._workbook.narratives.get((self._plan.id, slot.id)):
            return self.compose_narrative(narrative, slot.title) or (Note((Span(_MISSING),)),)
        slots = {(self._plan.id, slot.id), (self._plan.id, "")}
        is_there = not self._workbook.unplaced.isdisjoint(slots)
        note = _UNPLACED if is_there else self._folder.sentence("no_text")
        return (Note((Span(note),)),)

    def compose_narrative(self, narrative: Narrative, title: str) -> tuple[Block, ...]:
        """A narrative's passages, one after the other; neighbouring bullets of the sheet are one list.

        `title` is the slot's: findings name it, and the sentence.
        """
        findings: list[Finding] = []
        blocks: list[Block] = []
        lines: list[Line] = []
        for passage in narrative.passages:
            found_blocks, found = compose_passage(passage, self._context, self._workbook.pictures)
            blocks += found_blocks
            lines += typed_lines(found_blocks, passage.place)
            findings += [_with_sentence(finding, passage, title) for finding in found]
        if blocks or findings:
            self.texts.append(_composed(narrative.section, narrative.slot, lines, blocks))
        self.findings += findings
        return tuple(_joined(blocks))

    def _narrative(self, slot: object) -> Blocks:
        id = slot.id if isinstance(slot, Slot) else slot
        if not isinstance(id, str) or id not in self._narratives:
            raise TemplateMistake(
                f"{in_words(id)} is not a slot of {self._plan.id}{nearest(str(id), self._narratives)}"
            )
        self._printed.add(id)
        return self._narratives[id]

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
        authority = cover_of(self._workbook, self._folder).authority
        return asked_of(function, options, self._folder, authority, self._plan.title)

    def _at_a_glance(self, limit: object = 8) -> Blocks:
        self.refers = self.is_at_a_glance = True
        tables = self._references.tables if self._references else {}
        return Blocks(at_a_glance(self._workbook, self._folder, self._figures, tables, limit))

    def _ref(self, name: object) -> Reference:
        self.refers = True
        return self._references.named_by(name) if self._references else Reference(str(name))

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
        self.findings += sheet.findings
        if not sheet.rows:
            raise TemplateMistake(f"the workbook has no sheet {in_words(name)}, or it is empty")
        return Blocks((sheet_table(str(name), sheet),))

    def _glossary_table(self) -> Blocks:
        if not self._folder.glossary:
            raise TemplateMistake("the glossary is empty")
        return Blocks((glossary_table(self._folder.glossary),))


def typed_lines(blocks: Iterable[Block], place: Place) -> Iterator[Line]:
    """The lines that were typed in a text, in order, without code and without blocks that a tag printed."""
    return lines_of((block for block in blocks if block.line), place)


def _composed(section: str, slot: str, lines: Iterable[Line], blocks: Iterable[Block]) -> ComposedText:
    """A text's lines, with the captions of the tables and charts that it calls."""
    captions = tuple(block.caption for block in blocks if isinstance(block, Table | Chart) and not block.line)
    return ComposedText(section, slot, tuple(lines), captions)


def compose_passage(
    passage: Passage, context: Mapping[str, object], pictures: Pictures = MappingProxyType({})
) -> tuple[tuple[Block, ...], list[Finding]]:
    """A passage's blocks, and findings at its lines from 1."""
    if passage.blocks:
        return compose_blocks(passage.blocks, context, Place(line=1))
    return compose_text(passage.markdown, context, Place(line=1), pictures)


def _with_sentence(finding: Finding, passage: Passage, title: str) -> Finding:
    found = finding.place
    place = replace(passage.place_at(found.line), indicator=found.indicator, period=found.period)
    words = passage.sentence_at(found.line)
    short = words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"
    return replace(finding, place=place, message=f"{finding.message} (under '{title}': “{short}”)")


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    for is_bullets, several in groupby(blocks, lambda block: isinstance(block, List) and not block.ordered):
        if is_bullets:
            yield List(False, tuple(entry for block in several if isinstance(block, List) for entry in block.entries))
        else:
            yield from several
