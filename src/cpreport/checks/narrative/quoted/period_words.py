"""How periods are written in sentences: data for what reads them."""

from __future__ import annotations

from cpreport.checks.narrative.quoted.lexicon import any_of, pattern, words
from cpreport.model.period import MONTHS

_AFTER_A_YEAR = any_of(
    """and to was were is are it there with we the a an our had has have from against compared in(?!-) at on by saw
    than but when which as for that this they so while although or until since report figure figures data"""
)
_NO_YEAR = rf"(?!\s?%|[.,]\d| (?!{_AFTER_A_YEAR}\b)\w)"
"""What follows two digits that are no year: `in June 13 children were missing`."""

MONTH = any_of(" ".join([*MONTHS, *(name[:3] for name in MONTHS), "Sept"]))
_YEARS = r"(?:20\d\d|\d\d)/(?:20\d\d|\d\d)|20\d\d-\d\d"
_QUARTER = "Q(?:uarter )?[1-4]"
EXACT = pattern(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?({MONTH}\b\.?[ -]'?(?:20\d\d|[0-3]\d{_NO_YEAR}))\b"
    rf"|\b((?:{MONTH}-{MONTH} )?(?:{_YEARS}) {_QUARTER}|{_QUARTER} (?:of )?(?:{_YEARS})|\w+ Term,? (?:{_YEARS}))(?!\d)"
    rf"|(?<![\d/])({_YEARS})(?![\d/])"
    rf"|\b{any_of('in during year since by until before after act')} (20\d\d)\b(?![/-]\d)"
)
"""Periods with their year; one group has what names it."""

MONTH_ALONE = pattern(
    rf"(?P<last>\b[Ll]ast )?(?:(?<=[^.!?]\s)|(?<=\()|(?<!\w)(?!May\b|Mar\b))(?P<month>{MONTH})\b", flags=0
)
QUARTERS = tuple(
    rf"Q{number}|quarter {number}|{word} quarter"
    for number, word in enumerate(("first", "second", "third", "fourth"), 1)
)

_UNIT = "(?:month|quarter|term|period)"
_AGO = "(?:ago|earlier|before|previously)"
_LAST = "(?:last|past|whole)"
RELATIVE = (
    (
        pattern(
            rf"\byear[ -]on[ -]year\b|\b(?:a|the) year on\b"
            rf"|\b(?:over|in|during|across) the (?:{_LAST} )?(?:year|(?:12|twelve) months)\b(?! to\b)"
        ),
        "year",
        True,
    ),
    (words("month[ -]on[ -]month|on the (?:month|quarter)"), "1", True),
    (
        words(
            rf"(?:a|one|1) year {_AGO}|(?:twelve|12) months {_AGO}|last year|(?:the )?previous year|the year before"
            rf"|(?:this|the same) (?:time|point|{_UNIT}) (?:of |in )?(?:last|the previous|the) year(?: before)?"
        ),
        "year",
        False,
    ),
    (
        words(
            rf"last (?:month|quarter|period|report)|(?:previous|preceding|prior) (?:{_UNIT}|report)|the {_UNIT} before"
            rf"|(?:a|one) {_UNIT} {_AGO}"
        ),
        "1",
        False,
    ),
    (words(rf"(?:this|the current|the latest|the reporting) {_UNIT}|currently|now|today(?:'s)?"), "0", False),
    (words(rf"(?:a|one|the following|the next) {_UNIT} (?:later|after)|the (?:following|next) {_UNIT}"), "", False),
)
"""Words with how many periods before the newest they mean (or a `year`; empty: no known one), and whether they say
what something is compared with rather than when it was."""

WINDOW = pattern(
    rf"\b{any_of('last past previous preceding rolling recent next coming within')} "
    rf"{any_of('12 twelve 3 three 6 six few several')}[ -]months?\b|\b(?:12|twelve)[ -]months?(?= to\b)"
    r"|\bin the year(?= to\b)"
)
"""Stretches of time that are no period."""
