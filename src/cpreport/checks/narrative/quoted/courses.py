"""The words that say where a number went or stands: `increased`, `a fall`, `remains stable`, `just below`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from cpreport.checks.narrative.pieces import PRINTED
from cpreport.checks.narrative.quoted.no_figures import any_of
from cpreport.checks.narrative.quoted.reading import Course


@dataclass(frozen=True, slots=True)
class Said:
    """A word of direction from `start` to `end` of a text.

    `is_just`: by little. `compares`: it compares two numbers rather than telling a movement.
    """

    start: int
    end: int
    course: Course
    is_just: bool
    compares: bool


_NEXT = any_of(
    "to by from in since over again slightly further this last compared and but on during for a significantly "
    "sharply steadily considerably markedly somewhat marginally between against while when after every each at as with "
    "than year "
    "month now still month-on-month year-on-year back only just too also substantially greatly overall"
)
_THEN = rf"(?=\s*(?:[.,;:)\d{PRINTED}]|\Z|-\s|{_NEXT}(?!\w)|the (?:number|rate|percentage|proportion|share)\b))"
_OF = rf"(?=\s*(?:{any_of('in of to from on since compared this last by for against over')}\b|[.,;:)]|\Z))"
_NO_FIGURE = any_of(
    "\\d|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|half|once|twice|a (?!year|month)\\w+"
)
_PLANNED = rf"(?![^,;.]*\bthan [^,;.]*\b{any_of('planned expected hoped feared forecast budgeted')}\b)"
_THAN = rf"{_PLANNED}(?= (?:[\w'-]+ ){{0,7}}?than\b(?! {_NO_FIGURE}))"
_NOT_NAMED = r"(?! than (?:(?:both|either|them|these)(?=[.,;]|\Z)|any\b|ever\b|most\b))"
_HIGHER_THAN = rf"{_PLANNED}{_NOT_NAMED}(?= than\b| (?:this|again|now|in|at)\b|[.,;]|\Z)"
_STAYS = rf"(?= {any_of('at to with as over in since this compared for again from month on')}\b|[.,;]|\Z)"
_A = rf"\b{any_of('an? the this another slight small large sharp steady further')}\s(?:\w+\s)?"
_IS = (
    rf"\b{any_of('is are was were remains? remained stays? stayed been kept keeps')}\s"
    rf"(?:{any_of('about much almost exactly broadly largely at')}\s)?"
)
_ARE = r"\b(?:is|are|was|were) "
_GOES = r"(?:is|are|been|keeps?) "

_UP = any_of(
    "increased|increases|risen|rose|rises|grew|grown|grows|gone up|went up|goes up|climbed|climbs|lengthened"
    "|crept up|edged up|continues? to (?:rise|increase|grow)|continued to (?:rise|increase|grow)"
    f"|{_GOES}(?:increasing|rising|growing|climbing|going up)"
)
_DOWN = any_of(
    "decreased|decreases|reduced|reduces|fell|fallen|falls|declined|declines|dropped|drops|shortened|gone down"
    "|(?:has|have) dipped"
    "|crept down|edged down|continues? to (?:fall|decrease|drop)|continued to (?:fall|decrease|drop)"
    f"|went down|goes down|{_GOES}(?:decreasing|reducing|falling|declining|dropping|going down)"
)
_STABLE = any_of(
    "stable|steady|static|broadly consistent|about the same|much the same|broadly the same|almost unchanged"
    "|largely unchanged|broadly unchanged|similar"
)

_MOVES = (
    (Course.UP, rf"\b(?P<word>{_UP}){_THEN}"),
    (Course.UP, r"\b(?P<word>rising|increasing|growing|climbing)(?= (?:to|from|by)\b)"),
    (Course.DOWN, r"\b(?P<word>falling|decreasing|reducing|dropping)(?= (?:to|from|by)\b)"),
    (Course.UP, r"\b(?P<word>up)(?= (?:from|on|by|this|again|since)\b)"),
    (Course.UP, rf"{_ARE}(?P<word>up)(?=[.,;]|\Z)"),
    (Course.UP, rf"{_A}(?P<word>increase|rise|growth|upturn){_OF}"),
    (Course.DOWN, rf"\b(?P<word>{_DOWN}){_THEN}"),
    (Course.DOWN, r"\b(?P<word>down)(?= (?:from|on|by|to|this|again|since)\b)"),
    (Course.DOWN, rf"{_ARE}(?P<word>down)(?=[.,;]|\Z)"),
    (Course.DOWN, rf"{_A}(?P<word>decrease|reduction|fall|drop|decline|dip){_OF}"),
    (Course.BETTER, rf"\b(?P<word>improved|improves|{_GOES}improving){_THEN}"),
    (Course.BETTER, rf"{_A}(?P<word>improvement){_OF}"),
    (Course.WORSE, rf"\b(?P<word>worsened|deteriorated|got worse|slipped){_THEN}"),
    (Course.WORSE, rf"{_A}(?P<word>deterioration)\b"),
    (Course.STABLE, rf"\b(?P<word>{_STABLE}){_STAYS}"),
    (Course.EQUAL, rf"\b(?P<word>unchanged|no change|not changed|did not change){_STAYS}"),
    (Course.EQUAL, rf"{_IS}(?P<word>the same){_STAYS}"),
)
_COMPARISONS = (
    (Course.UP, rf"\b(?P<word>higher|greater|slower){_HIGHER_THAN}"),
    (Course.UP, rf"\b(?P<word>larger|bigger){_THAN}"),
    (Course.DOWN, rf"\b(?P<word>quicker|faster){_HIGHER_THAN}"),
    (Course.DOWN, rf"\b(?P<word>smaller){_THAN}"),
    (Course.UP, r"\b(?:waits?|waited|takes?|took) (?P<word>longer)\b"),
    (Course.UP, rf"\b(?P<word>more){_THAN}"),
    (Course.UP, r"\b(?P<word>above)\b"),
    (Course.DOWN, rf"\b(?P<word>lower|shorter){_HIGHER_THAN}"),
    (Course.DOWN, rf"\b(?P<word>fewer|less){_THAN}"),
    (Course.DOWN, r"\b(?P<word>below)\b"),
    (
        Course.BETTER,
        rf"\b(?P<word>better){_NOT_NAMED}(?= than\b)",
    ),
    (Course.WORSE, rf"\b(?P<word>worse){_NOT_NAMED}(?= than\b)"),
    (Course.STABLE, r"\b(?P<word>in line with|close to|on a par with)\b"),
)
_WORDS = tuple(
    (course, compares, re.compile(form, re.IGNORECASE))
    for forms, compares in ((_MOVES, False), (_COMPARISONS, True))
    for course, form in forms
)
INTENT = (
    "want|wants|wanted|will|would|should|could|aims? (?:to|is|for)|our aims?|aiming|plans? to|planning"
    "|planned (?:to|for)|expects?|expected|hopes?|hoping|intends?|goals?|ambitions?|needs? to|propose|proposed|if"
)
"""Words behind which a sentence says what is wished or planned rather than what is."""

_NOT_MEANT = any_of(
    f"{INTENT}|can|(?-i:may)|might|must|helps|helped|helping|to help|whether|until|unless|how|try|trying|tries"
    "|works? to|working to|in order|so that|priority|not(?! only)|never|no longer"
)
_NOT_SAID = re.compile(rf"\b{_NOT_MEANT}\b[^.;:]*\Z|\bto(?: \w+ly)?\s+\Z", re.IGNORECASE)
_JUST = re.compile(r"\b(?:just|slightly|marginally|a little|fractionally)(?: \w+)?\s+\Z", re.IGNORECASE)
_MOST_OF_A_FORM = 10


def said_in(text: str) -> list[Said]:
    """The words of direction in a text in order, but for those of wishes, plans and conditions."""
    found: list[Said] = []
    for course, compares, words in _WORDS:
        for match in islice(words.finditer(text), _MOST_OF_A_FORM):
            start, end = match.span("word")
            is_taken = any(start < other.end and other.start < end for other in found)
            if not is_taken and not _NOT_SAID.search(text, 0, start):
                found.append(Said(start, end, course, bool(_JUST.search(text, 0, start)), compares))
    return sorted(found, key=lambda said: said.start)
