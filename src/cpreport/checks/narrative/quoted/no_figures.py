"""What in a sentence looks like a figure and is none: dates, ages, distances, money, names with a number in them."""

from __future__ import annotations

from cpreport.checks.narrative.quoted.lexicon import DIGITS, NUMBER_WORD, any_of, pattern
from cpreport.checks.narrative.quoted.period_words import EXACT, MONTH, QUARTERS

_COUNT = rf"(?:{DIGITS}|{NUMBER_WORD})"
_AFTER_AGE = any_of("years? months? and when who in at on were was are is to or")
_LABELS = any_of(
    """key stage|ks|years?|stage|phase|grade|level|tier|band|section|regulation|article|part|page|table|step|item
    |version|v|priority|option|room|unit|outcome|objective|chapter|week|day|covid|number|no\\.?|cohort|appendix|act"""
)
_TIMES = "week fortnight month quarter term year hour minute night"
_SIZES = "miles? mph km kilometres? metres? bed(?:room)?s? bedded storey stars?"
_COUNTED = any_of("child person leaver carer placement review")

NO_FIGURES = pattern(
    "|".join(
        (
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}\b(?:,? 20\d\d\b)?",
            rf"\b{MONTH} \d{{1,2}}(?:(?:st|nd|rd|th)\b|,? 20\d\d\b)|\b\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b",
            EXACT.pattern,
            *(rf"\b(?:{words})\b" for words in QUARTERS),
            r"(?<=\()\d\d-\d\d(?=\))",
            r"\b\d{1,2}[:.]\d\d ?(?:am|pm)\b|\b\d{1,2}:\d\d\b|\b\d{1,2} ?(?:am|pm)\b|\b24/7\b|\b\d+(?:st|nd|rd|th)\b",
            # ages
            r"\b(?:aged?|ages) \d{1,2}(?:(?: ?- ?| to | and | or |, )\d{1,2})*\b",
            rf"\b(?:under|over|turn(?:s|ed)?) \d{{1,2}}(?:'?s)?\b(?= ?(?:{_AFTER_AGE}\b|[,.;)]|$))(?!\.\d)",
            r"\b(?:under|over)-?\d+s?\b(?! ?[%.\d])|\b\d{1,2}(?: ?- ?\d{1,2}| to \d{1,2})?[ -]years?[ -]olds?\b",
            r"\b\d{1,2}s\b|\b\d{1,2}\+|\b\d{1,2} ?- ?\d{1,2} (?:years|age)\b",
            # names, addresses, money, paragraphs
            rf"\b{_LABELS}s?[ -]?\d+(?:\.\d+)*(?: (?:and|to|or) \d+)?\b(?!%)",
            r"\b[A-Za-z]{0,3}\d+(?:\.\d+){2,}[a-z]?\b",
            r"https?://\S+|\S+@\S+|\b0\d[\d ]{5,}\d\b|\+\d[\d ]{6,}\d\b",
            r"[£$€] ?\d[\d,.]*(?: ?(?:k|m|bn|million|thousand|billion)\b)?|\b\d[\d,.]* ?(?:pounds|pence|p)\b",
            r"\A\s*\d+(?:\.\d+)+\.?(?= [A-Z])",
            # measures
            rf"\b{_COUNT}(?:[ -](?:plus|or more))?[ -]{any_of(_SIZES)}\b",
            rf"\b{_COUNT}[ -](?:(?:working|school|full|whole|consecutive|calendar)[ -])?{any_of(_TIMES)}s?\b",
            rf"\b(?:within|after|under|over|than|least|first|last|next|past) {_COUNT} (?:(?:working|school) )?days\b",
            r"\b(?:ten thousand|(?:per|(?:for|in) every) 10{0,2},?000|per 100,?000)\b",
            rf"\b(?:{_COUNT} in|(?:one|1) out of) (?:every )?(?:two|three|four|five|six|ten|[2-9]|10)\b",
            rf"\b{_COUNT} or (?:more|fewer|less)\b|\b(?:more|fewer|less) than (?:one|once|two|twice)\b",
            # words for numbers that count nothing
            rf"\bone\b(?! (?:\w+ ){{0,2}}?{_COUNTED}\b(?: \w+){{0,3}}? (?:was|is|has|had)\b)",
            rf"\b{any_of('the these those all both other last first next')} (?:one|two|three|four|five)\b"
            r"(?! (?:child|young|care))",
        )
    )
)
