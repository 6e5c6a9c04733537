"""What an Indicators sheet cannot hold of a report folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from cpreport.inputs.definitions.folder import PACKAGED, packaged_reports
from cpreport.inputs.texts import read_text
from cpreport.model.folder import ReportFolder, SectionPlan

STANDARD = "sections/standard.md"
"""The template of a section for which nothing else is said."""

_KEYS = {
    "language": "language",
    "direction": "direction_in_cell",
    "numbered": "numbered",
    "compare_with_earlier": "compare_with_earlier",
    "standing_glossary": "standing_glossary",
    "benchmark_period": "benchmark_period",
    "[periods]": "offsets",
    "[[comparators]]": "comparators",
    "[[peers]]": "peers",
    "[plausibility]": "plausibility",
    "[status]": "tolerance",
    "[words]": "words",
    "[judgement]": "judgement",
    "[tables]": "tables",
    "[scorecard]": "scorecard",
    "[glance]": "first_measures",
    "[cover]": "cover_fields",
    "[sentences]": "sentences",
    "[terms]": "terms",
    "[narratives]": "similarity",
    "[[ignore]]": "ignores",
    "[[totals]]": "totals",
    "[[subsets]]": "subsets",
    "[[stocks]]": "stocks",
    "[[shared_denominators]]": "shared_denominators",
    "[[breakdowns]]": "breakdowns",
    "glossary.csv": "glossary",
    "shell.docx": "shell",
    "page.html": "page_html",
    "page.css": "page_css",
    "page.typ": "page_typ",
}
"""What an Indicators sheet may lose of a report folder, as its files call it, by the field of ReportFolder."""

_OF_SECTIONS: Mapping[str, Callable[[SectionPlan, ReportFolder], object]] = {
    "templates of sections": lambda section, folder: folder.templates[section.template],
    "owners of sections": lambda section, _: section.owner,
    "groups of sections": lambda section, _: section.group,
    "periods of sections": lambda section, _: section.periods,
    "new_page": lambda section, _: section.new_page,
    "which sections are numbered": lambda section, _: section.numbered,
    "slots of sections": lambda section, _: [slot._replace(id="") for slot in section.slots],
    "comments on indicators": lambda section, _: len(section.comments),
}
"""What it may lose of a section."""


def left_out(report: ReportFolder, in_sheet: ReportFolder) -> list[str]:
    """What a report has beside what came back of it from an Indicators sheet, as its files call it."""
    found = [name for name, key in _KEYS.items() if getattr(report, key) != getattr(in_sheet, key)]
    held = {section.title: section for section in in_sheet.sections}
    lost = [section.title for section in report.sections if section.title not in held]
    pairs = [(section, held[section.title]) for section in report.sections if section.title in held]
    for name, of in _OF_SECTIONS.items():
        found += [name] if any(of(one, report) != of(two, in_sheet) for one, two in pairs) else []
    listed = Counter(name for section in report.sections for name in section.indicators)
    return [
        *(f"the section {title!r}" for title in lost),
        *(f"{name}, which no section shows" for name in hidden_indicators(report)),
        *(f"{name} in a second section" for name, number in listed.items() if number > 1),
        *found,
    ]


def hidden_indicators(plan: ReportFolder) -> list[str]:
    """The indicators that no section shows."""
    shown = {name for section in plan.sections for name in section.indicators}
    return [name for name in plan.indicators if name not in shown]


def has_standard_template(report: ReportFolder) -> bool:
    """Whether a section of indicators looks as those of an Indicators sheet do."""
    standard, _ = read_text(packaged_reports() / PACKAGED / STANDARD)
    return any(report.templates[section.template] == standard for section in report.sections if section.indicators)
