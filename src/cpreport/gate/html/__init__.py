"""A web page, whoever made it: what keeps people from reading it with a screen reader, a keyboard or poor sight."""

from __future__ import annotations

import re

from cpreport.gate.html.loading import loading
from cpreport.gate.html.looks import looks
from cpreport.gate.html.page import Page
from cpreport.gate.html.structure import Places, structure
from cpreport.gate.html.tables import tables
from cpreport.gate.places import found
from cpreport.model.finding import Finding, Place, Rule
from cpreport.model.rules.document import NO_HEADINGS, NO_LANGUAGE, NO_TITLE, UNREADABLE
from cpreport.model.rules.web import ONE_HEADING

_OF_ALL = (NO_HEADINGS, NO_LANGUAGE, NO_TITLE, ONE_HEADING)
"""Rules of which a page has one place: all of it."""

_IN_WORD = re.compile(r" \(in Word: [^)]*\)")
"""What a hint says to those who have the document in Word."""


def check_html(content: bytes, name: str) -> list[Finding]:
    """What is wrong with a web page in a file of this name, each finding at the line of the first place."""
    try:
        page = Page(content)
    except ValueError as unread:
        return [UNREADABLE.at(Place(file=name), reason=str(unread))]
    return [
        found(
            rule._replace(hint=_IN_WORD.sub("", rule.hint)), name, _places(rule, places), places[0][0].sourceline or 0
        )
        for look in (structure, tables, looks, loading)
        for rule, places in look(page)
        if places
    ]


def _places(rule: Rule, places: Places) -> list[str]:
    """Each place in words with its line; one that is the whole page is said by the rule alone."""
    if rule in _OF_ALL:
        return [words for _, words in places]
    return [f"{words} on line {element.sourceline or 0}".strip() for element, words in places]
