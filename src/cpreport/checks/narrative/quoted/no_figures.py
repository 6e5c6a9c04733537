"""What in a sentence looks like a figure and is none: dates, ages, distances, money, names with a number in them."""

from __future__ import annotations

import re

from cpreport.checks.narrative.quoted.lexicon import SMALL_NUMBERS, any_of
from cpreport.model.period import MONTHS

DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_AFTER_A_YEAR = (
    "and|to|was|were|is|are|it|there|with|we|the|a|an|our|had|has|have|from|against|compared|in(?!-)|at|on|by|saw|than|but|when|which|as"
    "|for|that|this|they|their|so|while|although|though|or|until|since|report|figure|figures|data"
)
NO_YEAR = rf"(?!\s?%|[.,]\d| (?!(?:{_AFTER_A_YEAR})\b)\w)"
"""What follows two digits that are no year: `in June 13 children were missing`."""


_COUNT = rf"(?:{DIGITS}|{'|'.join(SMALL_NUMBERS)})"
_MONTH = any_of(" ".join(f"{name} {name[:3]}" for name in MONTHS) + " Sept")
_YEAR = r"(?:19|20)\d\d"
_SHORT_YEARS = any_of(" ".join(f"{year:02}/{(year + 1) % 100:02}" for year in range(100)))
_AFTER_YEARS = any_of("in since by until during before after act summer autumn spring winter of from to and year")
_SPAN = r"(?:(?: ?- ?| to | and | or )\d{1,2})?"
_LIMITS = any_of("within|for|every|after|before|over|under|at least|at most|up to|in")
_UNITS = any_of("minute hour night week fortnight month quarter term year decade")
_AFTER_AGE = any_of("years? months? and when who in at on were was are is to or")
_LABELS = any_of(
    "key stage|ks|years?|stage|phase|grades?|level|tier|band|sections?|regulation|article|part|pages?|table|step|item"
    "|version|v|example|point|recommendation|priority|option|form|room|flat|unit|team|outcome|objective|chapter|ward|week|day"
    "|covid|number|no\\.?|strand|cohort|appendix|schedule|act|standard|rule|agenda"
)
_SIZES = "miles? mph km kilometres? metres? bed(?:room)?s? bedded storey stars?"
_COUNTED = any_of("child person leaver carer placement review")

_PATTERNS = {
    "days": rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b(?:,? {_YEAR}\b)?"
    rf"|\b{_MONTH} \d{{1,2}}(?:(?:st|nd|rd|th)\b|,? {_YEAR}\b)|\b\d{{1,4}}([/.-])\d{{1,2}}[/.-]\d{{2,4}}\b",
    "months": rf"\b{_MONTH}[ -]'?(?:{_YEAR}|[0-3]\d{NO_YEAR})\b",
    "quarters": rf"\b(?:{_MONTH}-{_MONTH} )?(?<!\d){_SHORT_YEARS}(?!\d)(?: Q[1-4])?|\bQ[1-4]\b",
    "years": rf"\b{_YEAR}[/-](?:{_YEAR}|\d\d)\b|\b{_AFTER_YEARS} {_YEAR}\b(?![/-]\d| \w)"
    rf"|\b{any_of('in since by until during before after act')} {_YEAR}\b(?![/-]\d)|(?<=\()\d\d-\d\d(?=\))",
    "times": r"\b\d{1,2}[:.]\d\d ?(?:am|pm)\b|\b\d{1,2}:\d\d\b|\b\d{1,2} ?(?:am|pm)\b|\b24/7\b",
    "ordinals": r"\b\d+(?:st|nd|rd|th)\b",
    "ages": r"\b(?:aged?|ages) \d{1,2}(?:(?: ?- ?| to | and | or |, )\d{1,2})*\b"
    rf"|\b(?:under|over|above|below|turn(?:s|ed|ing)?) \d{{1,2}}{_SPAN}(?:'?s)?\b"
    rf"(?= ?(?:{_AFTER_AGE}\b|[,.;)]|$))(?!\.\d)"
    rf"|\bunder-?(?:\d+|five|one|two)s?\b|\bover-?(?:\d+|five)s?\b|\b\d{{1,2}}{_SPAN}[ -]years?[ -]olds?\b"
    rf"|\b{any_of('person child boy girl teenager he she')} (?:was|is|turned|turns) \d{{1,2}}\b(?![%.]\d?)"
    r"|\bat (?:1[0-9]|2[0-5])(?=[.;]|\Z)|\b\d{1,2}s\b|\b\d{1,2}\+|\b\d{1,2} ?- ?\d{1,2} (?:years|age)\b",
    "names": rf"\b{_LABELS}[ -]?\d+(?:\.\d+)*(?: (?:and|to|or) \d+)?\b(?!%)"
    r"|\b[A-Za-z]{0,3}\d+(?:\.\d+){2,}[a-z]?\b",
    "addresses": r"https?://\S+|\S+@\S+|\b0\d[\d ]{5,}\d\b|\+\d[\d ]{6,}\d\b",
    "money": r"[£$€] ?\d[\d,.]*(?: ?(?:k|m|bn|million|thousand|billion)\b)?|\b\d[\d,.]* ?(?:pounds|pence|p)\b",
    "paragraphs": r"\A\s*\d+(?:\.\d+)+\.?(?= [A-Z])",
    "measures": rf"\b{_COUNT}(?:[ -](?:plus|or more))?[ -]{any_of(_SIZES)}\b"
    rf"|\b{_COUNT}[ -](?:(?:full|whole|consecutive|calendar)[ -])?{_UNITS}s?\b"
    rf"|\b{_LIMITS} {_COUNT} (?:(?:working|school) )?days\b",
    "bases": r"\b(?:ten thousand|per 1(?:0|00)?,?000?|(?:for|in) every 1(?:0|00)?,?000?|per 100,?000)\b",
    "chances": r"\b(?:one|1) in (?:every )?(?:two|three|four|five|six|ten|[2-9]|10)\b|"
    rf"\b{_COUNT} (?:in|out of) (?:every )?(?:two|three|four|five|six|ten|[2-9]|10)\b"
    r"(?! \w*(?:child|young|case|review))",
    "bounds": rf"\b{_COUNT} or (?:more|fewer|less)\b|\b(?:more|fewer|less) than (?:one|once|two|twice)\b"
    r"|\bone (?:\w+ ){1,2}more or (?:less|fewer)\b",
    "pronouns": rf"\bone\b(?! (?:\w+ ){{0,2}}?{_COUNTED}\b(?: \w+){{0,3}}? (?:was|is|has|had)\b)"
    rf"|\b{any_of('the these those all both other last first next same')} (?:one|two|three|four|five)\b"
    r"(?! (?:child|young|care))"
    rf"|\b(?:two|three|four|five) {any_of('ways things reasons steps priorities times main key')}\b",
}
_NO_FIGURES = re.compile("|".join(_PATTERNS.values()).replace("([/.-])", "[/.-]"), re.IGNORECASE)


def blanked(text: str) -> str:
    """A text of the same length in which all of it is blank."""
    return _NO_FIGURES.sub(lambda match: " " * len(match[0]), text)
