"""What a PDF says of itself: title, language, bookmarks, protection, what it does by itself, what it claims to keep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cpreport.gate.languages import is_language
from cpreport.gate.pdf.objects import Objects, Values
from cpreport.gate.places import found, quoted
from cpreport.model.finding import Finding, Place
from cpreport.model.rules.document import (
    EMPTY_CELLS,
    MERGED_CELLS,
    NESTED_TABLE,
    NO_HEADINGS,
    NO_LANGUAGE,
    NO_TITLE,
    POOR_ALTERNATIVE,
    RESTRICTED,
)
from cpreport.model.rules.web import (
    ACTION,
    BAD_LANGUAGE,
    FALSE_CLAIM,
    FEW_BOOKMARKS,
    HEADER_WITHOUT_SCOPE,
    NO_BOOKMARKS,
    TITLE_HIDDEN,
)

MOST_WITHOUT_BOOKMARKS = 20
"""Pages that a PDF may have without bookmarks."""

_TITLE = re.compile(rb"<rdf:li\b[^>]*>\s*([^<\s][^<]*)<")
_LONGEST_TITLE = 4_000
_CLAIM = re.compile(rb"pdfuaid:part\s*(?:=\s*[\"']|>)\s*[0-9]")
_ALLOWED = {
    rule.code
    for rule in (
        ACTION,
        EMPTY_CELLS,
        FEW_BOOKMARKS,
        HEADER_WITHOUT_SCOPE,
        MERGED_CELLS,
        NESTED_TABLE,
        NO_BOOKMARKS,
        NO_HEADINGS,
        POOR_ALTERNATIVE,
    )
}
"""What PDF/UA allows although readers would miss something."""

_DOING = {
    "JavaScript": "runs a script",
    "Launch": "starts a program",
    "URI": "opens a web page",
    "SubmitForm": "sends what was filled in",
    "ImportData": "reads another file",
    "GoToR": "opens another file",
    "Movie": "plays a film",
    "Sound": "plays a sound",
    "Rendition": "plays a film or sound",
}


def property_findings(objects: Objects, name: str) -> Iterator[Finding]:
    root = objects.root
    if not objects.may_be_read_aloud:
        yield found(RESTRICTED, name, ["its protection forbids screen readers to read the text"])
    if not title_of(objects):
        yield NO_TITLE.at(Place(file=name), where="")
    elif objects.dictionary(root.get("/ViewerPreferences")).get("/DisplayDocTitle") is not True:
        yield found(TITLE_HIDDEN, name, [])
    language = objects.text(root.get("/Lang"))
    if not language:
        yield NO_LANGUAGE.at(Place(file=name), where="")
    elif not is_language(language):
        yield found(BAD_LANGUAGE, name, [quoted(language)])
    pages = len(objects.pages)
    if pages > 1 and not objects.dictionary(objects.dictionary(root.get("/Outlines")).get("/First")):
        rule = NO_BOOKMARKS if pages > MOST_WITHOUT_BOOKMARKS else FEW_BOOKMARKS
        yield rule.at(Place(file=name), pages=pages)
    if doing := list(dict.fromkeys(_actions(objects))):
        yield found(ACTION, name, doing)


def title_of(objects: Objects) -> str:
    """The title in the file's properties; empty where it has none."""
    described = objects.stream(objects.root.get("/Metadata")).partition(b"<dc:title")[2]
    found = _TITLE.search(described[:_LONGEST_TITLE])
    return objects.text(objects.information.get("/Title")) or (found[1].decode(errors="replace") if found else "")


def claim_findings(objects: Objects, name: str, others: Sequence[Finding]) -> list[Finding]:
    """One finding if a PDF says that it keeps PDF/UA although something was found that the standard forbids."""
    has_claim = _CLAIM.search(objects.stream(objects.root.get("/Metadata")))
    broken = [each.rule for each in others if each.rule.code not in _ALLOWED]
    return [found(FALSE_CLAIM, name, [_lower(rule.title) for rule in broken])] if has_claim and broken else []


def _lower(title: str) -> str:
    return title[0].lower() + title[1:]


def _actions(objects: Objects) -> Iterator[str]:
    """What the file does when it is opened, printed, saved or closed, and its scripts."""
    root = objects.root
    for action in (root.get("/OpenAction"), *objects.dictionary(root.get("/AA")).values()):
        yield from _doing(objects, objects.dictionary(action))
    if objects.dictionary(root.get("/Names")).get("/JavaScript"):
        yield _DOING["JavaScript"]


def _doing(objects: Objects, action: Values) -> Iterator[str]:
    kind = objects.name(action.get("/S"))
    if kind in _DOING:
        yield _DOING[kind]
