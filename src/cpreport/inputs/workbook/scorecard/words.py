"""The words of scorecards: what a heading, a part of a figure and a polarity are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from cpreport.inputs.workbook.scorecard.values import Label
from cpreport.model.figure import Status
from cpreport.model.indicator import Part, Polarity

_INDICATOR = "(?:indicators?|measures?|metrics?|k?pis?)"
_PERFORMANCE = "(?:(?:key|headline|local|national) )?(?:performance )?"
_EACH_REGION = (
    "north east|ne",
    "north west|nw",
    "yorks(?:hire)?(?: (?:and )?(?:the )?humber(?:side)?)?|y (?:and )?h|yh",
    "east midlands|em",
    "west midlands|wm",
    "east(?: (?:of )?england)?|eoe",
    "inner london",
    "outer london",
    "london",
    "south east|se",
    "south west|sw",
)
"""Also without their small words, which are decoration beside a period."""

_REGION = "region(?:al)?"
_NEIGHBOURS = r"(?:sns?|(?:stat(?:s|istical)? )?(?:neigh?\w*|nbrs?|nghbr?s?)|stat nn)"
_OF_AVERAGE = "(?: (?:average|avg|av|ave|mean|median|benchmark|comparators?|figures?|latest|rate|data|only|level))*"

_ALL = "(?:latest |all |the )?"

_COMPARATORS = (f"(?:nearest )?{_NEIGHBOURS}", "eng(?:land)?|nat(?:ional|l)?", _REGION, *_EACH_REGION)
"""The usual comparators: statistical neighbours, England, the region, and each region by its name."""

LABELS: Mapping[Label, str] = {
    Label.REFERENCE: f"(?:{_INDICATOR} )?(?:ref(?:erence)?|id|code)(?: (?:no|number|code))?"
    f"|{_INDICATOR} (?:no|number)|#",
    Label.TITLE: f"{_PERFORMANCE}{_INDICATOR}(?: (?:and|or|description|title|name|details?|definition|{_INDICATOR}))*"
    "|title|name|description",
    Label.SECTION: "(?:section|theme|category|domain|priority|outcome|group|(?:service|priority|theme) area|area)s?",
    Label.POLARITY: "(?:good|better|best)(?: performance)?(?: (?:is|to be|=|if|when))?|polarity|what is good|aim"
    "|(?:h|high) (?:or )?(?:l|low)"
    "|(?:bigger|smaller|higher|lower|high|low)(?: or (?:low|lower|smaller|high|higher|bigger))?"
    "(?: is)? (?:good|better|best)|(?:good|desired|target|intended) direction(?: of travel)?",
    Label.UNIT: "units?(?: of measure(?:ment)?)?|(?:measure|indicator|unit|value|figure|data) type|format"
    "|measured (?:in|as)",
    Label.FREQUENCY: "(?:reporting |data |update )?freq(?:uency)?(?: of (?:reporting|data))?|reported|periodicity",
    Label.TARGET: "(?:current |annual |local |our |year end |the )?(?:target|tgt|targ)(?: (?:value|figure|level))?s?",
    Label.TOLERANCE: "(?:amber |target |rag )?(?:tolerance|threshold)s?",
    Label.BENCHMARK: f"{_ALL}(?:{'|'.join(_COMPARATORS)}|comparators?|benchmark(?:s|ing)?|peers?){_OF_AVERAGE}",
    Label.STATUS: "(?:current |overall |performance )?(?:b?rag|status|rag rating|rag status|rating|traffic light)s?"
    "|performance against target",
    Label.DIRECTION: "(?:current |performance )?(?:dot|direction of travel|direction|trend|travel|arrow)s?",
    Label.OWNER: "(?:(?:data|indicator|service|responsible|lead|accountable) )*(?:owner|lead|officer|manager|director)",
    Label.NOTE: "(?:(?:analyst|performance|service|data) )?(?:comments?|commentary|notes?|narrative|explanations?)"
    "|definition|rationale|(?:data )?source|remarks?",
}
"""What the heading of a column of labels is called; one that fits two labels is a question."""

ASIDE: Mapping[str, str] = {
    "it is a year to date": "(?:.* )?(?:ytd|year to date|cumulative|fytd)(?: .*)?",
    "it is a change or a difference, which cpreport computes": "(?:.* )?(?:change|chg|variance|var|difference|diff|gap"
    "|improvement)(?: .*)?|[+]/?-|.* (?:vs|against) .*",
    "it is a total or an average": "(?:.* )?(?:totals?|sum|averages?|avg|mean|median|overall)",
    "it is a rank": "(?:.* )?(?:rank(?:ing)?|quartile|decile|percentile)(?: .*)?",
    "it is a forecast": "(?:.* )?(?:forecast|projected|projection|predicted|prediction|trajectory|plan|planned|budget)"
    "(?: .*)?",
    "it is a picture": "sparklines?|charts?|graphs?",
}
"""Why a column or row of such a name is not read."""

PARTS: Mapping[Part | None, str] = {
    Part.NUMERATOR: "num(?:erator)?|n",
    Part.DENOMINATOR: "den(?:om(?:inator)?)?|d|out of|cohort(?: size)?|population|base|of",
    Part.VALUE: "actuals?|values?|%|pct|per ?cent(?:age)?|rate(?: (?:%|per [0-9, ]+[a-z ]*))?|result|performance|figure"
    "|achieved",
    None: "(?:the )?(?:targets?|tgts?|targ)",
}
"""What the parts of a figure are called; None is its target."""

BESIDE = frozenset(
    {Label.TARGET, Label.TOLERANCE, Label.BENCHMARK, Label.STATUS, Label.DIRECTION, Label.OWNER, Label.NOTE}
)
"""What is said of an indicator in a column; a row that is called so is no indicator."""

COUNT = "number|no|count|#"
"""What is called so is the numerator where it stands beside another part of the figure, else the figure itself."""

STATUS_WORDS: Mapping[Status, frozenset[str]] = {
    Status.PROVISIONAL: frozenset({"prov", "provisional"}),
    Status.REVISED: frozenset({"rev", "revised"}),
    Status.ESTIMATED: frozenset({"est", "estimate", "estimated"}),
}
"""What a heading says of its figures beside their period."""

DECORATION = (
    frozenset().union(*STATUS_WORDS.values())
    | {"p", "r", "final", "validated", "unvalidated", "as", "at", "data", "end"}
    | {"month", "figures", "fy", "financial", "academic", "term", "&", "and", "-", "of", "the", "in"}
)
"""Words beside a period that do not change which one is meant."""

OF_YEARS = frozenset({"outturn", "out-turn", "year", "annual", "full", "total", "y/e"})
"""Words beside a year that do not change what it is; beside a shorter period they do."""

CORNER = "months?|periods?|dates?|quarters?|years?|terms?|financial years?"
"""What the heading of a column or row of periods is called."""

RELATIVE: Mapping[str, tuple[int, int]] = {
    "(?:this|current|latest|reporting) {period}|current|latest": (0, 0),
    "(?:last|previous|prior|preceding) {period}": (1, 0),
    "same {period} (?:last|previous|prior) year|(?:this|same) {period} (?:a year ago|last year)": (0, 1),
}
"""Periods by how many periods, and how many years, they are before the newest one."""

ARROWS_UP, ARROWS_DOWN = "↑⬆▲△⇑↗⇧🔼🡅", "↓⬇▼▽⇓↘⇩🔽🡇"
"""The signs of which one cannot know whether they say more or better."""

_PERIOD = "month|quarter|term|year|period"

_POLARITIES: Mapping[Polarity, str] = {
    Polarity.HIGH: f"high(?:er|est)?|h|bigger|big|larger?|more|up|increas(?:e|ing)|max(?:imi[sz]e)?|[{ARROWS_UP}]",
    Polarity.LOW: "low(?:er|est)?|l|small(?:er)?|less|fewer|down|decreas(?:e|ing)|reduc(?:e|ing)|min(?:imi[sz]e)?"
    f"|[{ARROWS_DOWN}]",
    Polarity.NONE: "neither|none|neutral|n a|na|context(?:ual)?|not applicable|no polarity|↔|either",
}
_COLOURFUL = 32
"""By how much, of 255, the blue in a status colour falls short of its red or green: Excel's pale ones lack 49 to 99."""

_GOOD = "aim|if|when|is|are|good|better|best|to|be|the|a|an|it|performance|figure|number|value|should|="
_BAD = "bad|worse|worst|poor"


def plain_words(text: str) -> str:
    """A text as words are compared: lower case, one space between words, without other signs than % & # + / - =."""
    lower = re.sub("[\u2010-\u2015\u2212]", "-", text.casefold()).replace("\u2019", "'")
    return " ".join(re.sub(rf"[^\w%&#+/'=↔{ARROWS_UP}{ARROWS_DOWN}-]+|(?<!\d)\.|\.(?!\d)", " ", lower).split())


@lru_cache(maxsize=4096)
def _loose(text: str) -> str:
    """Words without signs between them, and `&` as `and`."""
    return " ".join(re.sub(r"[/'-]+", " ", plain_words(text).replace("&", " and ")).split())


@cache
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(form)


def _fits(form: str, *texts: str) -> bool:
    return any(_pattern(form).fullmatch(text) for text in texts)


def labels_of(heading: str) -> tuple[Label, ...]:
    """What a heading of a column of labels may say; several where it could be two things."""
    return tuple(label for label, form in LABELS.items() if _fits(form, _loose(heading)))


def label_of(heading: str) -> Label | None:
    """What the heading of a column of labels says; None where it says nothing that is known, or may say two things."""
    found = labels_of(heading)
    return found[0] if len(found) == 1 else None


def parts_of(text: str) -> tuple[Part | None, ...]:
    """The part of a figure that a text names, None being its target; nothing where it names no part."""
    return tuple(part for part, form in PARTS.items() if _fits(form, _loose(text)))[:1]


def is_count(text: str) -> bool:
    """Whether a text is a word such as Number, which is a part of a figure beside other parts of it."""
    return _fits(COUNT, _loose(text))


def why_aside(text: str) -> str:
    """Why a column or row of such a name is not read; empty where nothing is against it."""
    return next((why for why, form in ASIDE.items() if _fits(form, _loose(text), plain_words(text))), "")


def why_no_indicator(text: str) -> str:
    """Why a row of such a name is not an indicator; empty where it may be one.

    A word such as Variance must stand alone: `Change of social worker` is an indicator.
    """
    label = label_of(text)
    is_one_word = bool(re.fullmatch(r"[%\s]*(?:\w+|year to date|\+/-)[%\s]*", text, re.IGNORECASE))
    if label in BESIDE:
        return f"{text!r} ({label.value}) is not an indicator"
    return why_aside(text) if is_one_word else ""


def is_corner(text: str) -> bool:
    """Whether a text is what a column of periods is called."""
    return _fits(CORNER, _loose(text))


def relative_of(text: str) -> tuple[str, int, int] | None:
    """Of words such as `last month`: which kind of period, how many periods and how many years before the newest."""
    words = _loose(text)
    for form, (periods, years) in RELATIVE.items():
        whole = form.replace("{period}", f"(?:{_PERIOD})")
        if _fits(whole, words):
            kind = re.search(_PERIOD, words)
            return (kind[0] if kind else ""), periods, years
    return None


def is_note(text: str) -> bool:
    """Whether a text that stands alone is a note, by how it begins."""
    return bool(re.match(r"(?:notes?|source|sources|key|nb|n\.b\.)\b|[*†‡^•]", text.strip(), re.IGNORECASE))


def is_status_colour(colour: str) -> bool:
    """Whether a colour, as six hexadecimal digits, is a red, amber, yellow or green, pale ones too."""
    if not re.fullmatch("[0-9A-Fa-f]{6}", colour):
        return False
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return max(red, green) - blue >= _COLOURFUL


def polarity_of(text: str) -> Polarity | None:
    """Which direction a text such as `good to be high`, `Bigger is better` or `↑` calls good; None where it is unclear.

    It must say nothing else: `plan is best` and `high or low` are unclear.
    """
    words = _loose(text)
    if _fits(_POLARITIES[Polarity.NONE], words):
        return Polarity.NONE
    said = set(_said_polarities(words))
    tokens = [word for word in words.split() if not _fits(_GOOD, word)]
    is_bad = any(_fits(_BAD, word) for word in tokens)
    others = [word for word in tokens if not _fits(_BAD, word)]
    if len(said) != 1 or len(others) != sum(1 for _ in _said_polarities(words)):
        return None
    (polarity,) = said
    swapped = {Polarity.HIGH: Polarity.LOW, Polarity.LOW: Polarity.HIGH}
    return swapped.get(polarity) if is_bad else polarity


def _said_polarities(words: str) -> Iterator[Polarity]:
    """The polarity of each word that has one."""
    for word in words.split():
        yield from (polarity for polarity, form in _POLARITIES.items() if _fits(form, word))


def means_comparator(heading: str, name: str) -> bool:
    """Whether a heading means a comparator of this name in usual words: `Stat. neighbours`, or `Region` for any one."""
    meant, named = _usual_comparator(heading), _usual_comparator(name)
    return bool(meant) and (meant == named or (meant == _REGION and named in _EACH_REGION))


def _usual_comparator(text: str) -> str:
    """The form of the usual comparator that a text means; '' for none."""
    words = " ".join(word for word in _loose(text).split() if word not in DECORATION)
    return next((form for form in _COMPARATORS if _fits(f"{_ALL}(?:{form}){_OF_AVERAGE}", words)), "")
