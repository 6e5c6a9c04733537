"""A finished Word document, every part of it: what its readers would miss, and what must not be left in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from cpreport.gate.word.gathered import Gathered
from cpreport.gate.word.names import W, is_true, value
from cpreport.gate.word.objects import Objects, check_comments
from cpreport.gate.word.opened import NotWordError, WordFile
from cpreport.gate.word.words import Words
from cpreport.model.finding import Finding, Place, Severity
from cpreport.model.rules import document as rules
from cpreport.office.parts import Element

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_GRAVEST_FIRST = list(Severity)


def check_word(parts: Mapping[str, bytes], name: str) -> list[Finding]:
    """What is wrong with the Word document of these parts, errors first; `name` is that of its file.

    Raises InputError where a part is damaged.
    """
    try:
        file = WordFile(parts)
    except NotWordError as reason:
        return [rules.UNREADABLE.at(Place(file=name), reason=str(reason))]
    gathered = Gathered()
    _check_properties(file, gathered)
    for story in file.stories():
        Objects(gathered, story.owner, partial(file.chart, story.part), file.colours).check(story.root)
        Words(file, story, gathered).check()
    if (comments := file.comments()) is not None:
        check_comments(comments, gathered)
    return sorted(gathered.findings(name), key=lambda each: _GRAVEST_FIRST.index(each.severity))


def _check_properties(file: WordFile, gathered: Gathered) -> None:
    """Title, language, protection and macros."""
    properties, settings = file.properties, file.settings
    stated = {} if properties is None else {each.tag: (each.text or "").strip() for each in properties}
    if not stated.get(_TITLE):
        gathered.add(rules.NO_TITLE, "")
    theme_language = None if settings is None else settings.find(f"{W}themeFontLang")
    if not (value(theme_language) or any(file.styles.languages())):
        gathered.add(rules.NO_LANGUAGE, "")
    if settings is not None:
        for what in _protections(settings):
            gathered.add(rules.RESTRICTED, what)
    if file.has_macros():
        gathered.add(rules.MACROS, "a project in Visual Basic")


def _protections(settings: Element) -> Iterator[str]:
    """How a document's settings restrict it."""
    editing, writing = (settings.find(f"{W}{kind}") for kind in ("documentProtection", "writeProtection"))
    if editing is not None and is_true(editing.get(f"{W}enforcement")):
        yield "editing is restricted"
    if writing is not None and any("hash" in str(name).lower() for name in writing.keys()):  # noqa: SIM118
        yield "a password is needed to change it"
