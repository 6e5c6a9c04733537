"""The report: section templates with their tables and narratives, as blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType

from cpreport.compose.blocks import compose_blocks
from cpreport.compose.comments import Comments
from cpreport.compose.environment import TemplateMistake
from cpreport.compose.functions import TemplateFunctions
from cpreport.compose.key import judgement_key, status_key
from cpreport.compose.periods import PeriodValue
from cpreport.compose.printed import Blocks
from cpreport.compose.quantity import in_words
from cpreport.compose.references import References, named_twice, references_to, with_anchors
from cpreport.compose.sandbox import compose_text
from cpreport.compose.since import SinceLastReport
from cpreport.model.audit import Audit
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
    Passage,
    Workbook,
    stated_benchmark_period,
    with_stated_period,
)

_MISSING = "This text could not be written: see “Problems found” after the contents."
_LONGEST_QUOTE = 120
_UNPLACED = "The text that was given could not be placed: see “Problems found” after the contents."


def compose_report(workbook: Workbook, folder: ReportFolder, figures: Figures, last: Audit | None = None) -> Composed:
    """The whole report, every mistake in its templates and narratives, and their texts.

    What cannot be given prints `[data error]`; a section or narrative that is refused is replaced by a note.
    `last` is the audit of the last report, where there is one.
    """
    comments, since = Comments(folder, figures), SinceLastReport(workbook, folder, figures, last)
    composers = [_SectionComposer(plan, workbook, folder, figures, comments, since) for plan in folder.sections]
    sections = _sections(composers, comments, since)
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
    is_judged = folder.judgement.on and (has_column or any(each.functions.is_at_a_glance for each in composers))
    judgements = [timeline.judgement for timeline in figures.in_tables] if is_judged else ()
    statuses = {timeline.status.word for timeline in figures.in_tables}
    return status_key(statuses, folder) + judgement_key(judgements, folder)


def _sections(composers: Sequence[_SectionComposer], comments: Comments, since: SinceLastReport) -> list[Section]:
    """The sections; those that refer to tables or charts are composed again as soon as the numbers are known.

    So are those that say what has changed since the last report, as soon as it is known what this one prints.
    """
    for composer in composers:
        composer.compose_slots()
    comments.are_composed = True
    sections = [composer.section() for composer in composers]
    referring = [composer for composer in composers if composer.functions.refers]
    if not referring:
        return sections
    references = references_to(sections)
    since.compare(sections, [text for composer in composers for text in composer.texts])
    for composer in referring:
        composer.compose_slots(references)
    both = zip(composers, sections, strict=True)
    return [*with_anchors(composer.section() if composer in referring else section for composer, section in both)]


def compose_narratives(workbook: Workbook, folder: ReportFolder, figures: Figures) -> tuple[ComposedText, ...]:
    """A month's narratives, composed; one of a section that the report no longer has is composed in its first."""
    plans, comments = {plan.id: plan for plan in folder.sections}, Comments(folder, figures)
    since = SinceLastReport(workbook, folder, figures)
    texts: list[ComposedText] = []
    for narrative in workbook.narratives.values():
        plan = plans.get(narrative.section, folder.sections[0])
        composer = _SectionComposer(plan, workbook, folder, figures, comments, since)
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
        comparators="; ".join(
            c.heading if c.heading == c.name else f"{c.heading} – {c.name}" for c in folder.comparators
        ),
        recommendations=about.text("recommendations"),
        other_formats=about.text("other formats"),
        fields=tuple(CoverField(key, text) for key in folder.cover_fields if (text := about.text(key))),
    )


class _SectionComposer:
    """One section's template with what it may call, its findings and its texts."""

    def __init__(
        self,
        plan: SectionPlan,
        workbook: Workbook,
        folder: ReportFolder,
        figures: Figures,
        comments: Comments,
        since: SinceLastReport,
    ) -> None:
        self.findings: list[Finding] = []
        self.texts: list[ComposedText] = []
        self._plan = plan
        self._workbook = workbook
        self._folder = with_stated_period(workbook, folder)
        self._comments = comments
        self._printed: set[str] = set()
        cover = cover_of(workbook, folder)
        self.functions = TemplateFunctions(
            plan, workbook, self._folder, figures, comments, since, cover.authority, self.findings
        )
        self._context: Mapping[str, object] = {
            "report": cover,
            "about": workbook.about.texts,
            "period": PeriodValue(workbook.period),
            "section": plan,
            **self.functions.for_texts(),
        }
        self._narratives: dict[str, Blocks] = {}

    def compose_slots(self, references: References | None = None) -> None:
        """Composes the section's narratives, and the comments that were written there.

        `references` are known only when all sections are composed; then one that refers to something is composed again.
        """
        self.functions.references = references
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
        functions = {"narrative": self._narrative, **self.functions.for_templates()}
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
