"""The words that the checks of sentences know: data, and nothing that reads them."""

from __future__ import annotations

import re


def any_of(words: str) -> str:
    """A pattern for one of several words, which `|` or spaces part."""
    parted = words.split("|") if "|" in words else words.split()
    return f"(?:{'|'.join(word.strip() for word in parted)})"


def words(text: str) -> re.Pattern[str]:
    """Finds one of several whole words in any case; `|` or spaces part them."""
    return re.compile(rf"\b{any_of(text)}\b", re.IGNORECASE)


def pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_NUMBERS = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty"""
SMALL_NUMBERS = tuple(_NUMBERS.split())

# Words of titles

PERSONS = frozenset(("child", "children", "person", "people", "young", "cla", "lac", "cic"))
"""Who is counted, whatever the indicator."""

_LITTLE = """
    a about above after age aged all also an and any are as at average be been before being below between but by can
    did do does during each every first for from had has have he her his how if in into is it its last less many more
    most much new next no not now number of on one only or other our over per percentage period previous proportion
    rate report same share she so some such than that the their them then there these they this those through time to
    under up us was we were what when where which while who whom will with within without year years you your month
    months quarter day days two three four five six seven eight nine ten eleven twelve term terms council total figure
    figures percent cent
"""
LITTLE = frozenset(_LITTLE.split())
"""Words that tell nothing of the subject."""

SAME_WORDS = {"dentist": "dental", "dentists": "dental", "teeth": "dental", "looked": "care", "absence": "absentees"}
"""Words that are said for those of titles."""

PHRASES = {"cla": "children care", "lac": "children care", "cic": "children care", "la": "local authority"}
"""What abbreviations stand for that no glossary needs to have."""

# What a number is compared with, or summed up to

_OLD = """from|against|compared with|compared to|versus|vs|than|after|previously|was|low of|high of
    |(?:up|down|rise|fall|drop|increase|decrease|reduction|improvement) on"""
OLD = pattern(
    rf"\b{any_of(_OLD)}(?: (?:the|a|an|our|only|just|around))?(?: low of| high of| peak of)?\s*\Z",
)
"""Stands right before a number that is no longer so."""

_BY = "by|up|down|(?:rise|fall|drop|increase|decrease|reduction|change|gain|decline) of"
CHANGE_BEFORE = pattern(rf"\b{any_of(_BY)}(?: (?:just|only|some|a further|another|nearly|almost))?\s*\Z")
CHANGE_AFTER = pattern(
    r"\s*(?:(?:young )?(?:children|people) )?(?:more|fewer|less|higher|lower|additional|short)\b"
    r"(?! or (?:more|fewer|less)| than \d)"
)
PEAK = words("highest|peak|peaks|peaked|maximum|record high|high of")
LOW = words("lowest|minimum|fewest|record low|low of")
YEAR_TO_DATE = words(
    r"year to date|so far (?:this|in the) (?:\w+ )?year|cumulative|cumulatively|totals? for the year|year's total"
)
MEAN = words("average|averages|averaged|averaging|mean")
ON_AVERAGE = words("on average|for each")
TARGET = words("targets?|goal|ambition|standard of")
RECENT = words("(?:recent|(?:previous|last|past) (?:few|several|two|three)) (?:months|quarters|terms)")
STRETCH = words(
    """months|quarters|terms|years|weeks|reports|recent|recently|start of|beginning of|since|throughout|consecutive
    |running|in a row|each|every|then"""
)
"""Words for a time that is no one period."""

YEAR_BACK = words(
    "(?:over|in|during|across|for) the (?:(?:last|past|whole) )?(?:year|(?:12|twelve) months)(?! to)|a year on"
)
NATIONAL = words("national|nationally|nation|country|england|english")
NEIGHBOURS = words("(?:statistical )?neighbours?|neighbour's|similar (?:authorities|councils|areas)|SNs?")
REGIONAL = words("region|region's|regional|regionally")

# What is no statement of a figure

PLANNED = words(
    r"""aim|aims|aimed|we plan|plans? to|planned|planning|want|wants|hope|hopes|hoped|expect|expects|expected|will|would
    |should|shall|could|intend|ambition|goal|propose|forecast|projected|wish|predicted|if|unless|must|need|might
    |next (?:month|quarter|year|term)|going to|budgeted|due to (?:start|begin|be)|in order to|by 20[2-9]\d
    |(?:help|helped|working|work|works|trying|try|how) to"""
)
OTHERS = pattern(
    r"n't\b|\black\w*|\bun\w+\b|"
    + words(
        """not|no|none|nobody|without|remaining|rest|other|others|late|later|overdue|missed|outside|never|instead|yet
        |still|otherwise|elsewhere"""
    ).pattern
)
"""Words behind which a number may be of those that an indicator does not count."""

DENIED = pattern(r"\b(?:is|are|was|were|has|have|had|do|does|did)(?:n't| not)\b")
NOT = pattern(r"\b(?:not|never|no longer|yet to|neither|nor)\b|n't\b")
PART_OF = words(
    """of them|of these|of whom|of which|of those|among them|them|including|include|includes|siblings?|brothers?
    |sisters?|boys?|girls?|twins|he|she|his|her|male|female"""
)
"""Words for some of those that an indicator counts."""

ACTIVITIES = words(
    r"""panels?|events?|workshops?|training|trained|sessions?|course|courses|meetings?|attended|conference|staff|team
    |teams|trips?|practices|visited the|festival|party|awards?|evening|volunteers?|books|club|apprentices?|survey
    |surveyed|responses|forum|schools|recruit\w*|posts?|vacanc\w+|appointed|appointments|budget|grant|spent|cost|letters
    |emails?|calls|audit\w*|sampled?|took part|joined|referrals|laptops|pilots?|mentors?|consulted|interviewed
    |discussed|celebrat\w*|certificates?"""
)
"""What is counted in narratives and in no indicator, unless a title has the word."""

_INEXACT = "about|around|approximately|approx|roughly|nearly|almost|circa|c|some|close to|in the region of|up to"
ABOUT = pattern(rf"\b{any_of(_INEXACT)}\.?\s+\Z")
MORE_THAN = pattern(r"\b(?:over|more than|above|at least|in excess of|upwards of)\s+\Z")
LESS_THAN = pattern(r"\b(?:under|less than|fewer than|below|at most|no more than)\s+\Z")
OPEN_END = pattern(
    r"\s*(?:or (?:better|more|above|higher|less|fewer|lower|under|over|so)|and (?:above|over|below)|plus)\b"
)

# Directions

_NEXT = """to by from in since over again slightly further this last compared and but on during back for significantly
    sharply steadily considerably markedly marginally between against while when after as with at each every month
    year-on-year than too also"""
_THEN = rf"(?=\s*(?:[.,;:()\d-]|\Z|{any_of(_NEXT)}\b|(?:a|the) (?:year|month|second|third|fourth)\b))"
_GOES = r"(?:(?:is|are|was|were|has been|have been|been|keeps?|continue(?:s|d)?(?: to be)?) )"
_ON = r"(?= (?:to|from|by|on|since|again|this)\b)"
_OF = r"(?=\s*(?:(?:in|of|to|from|on|since|compared|this|last|by|for|against|over)\b|[.,;:)]|\Z))"
_STAYS = r"(?=\s*(?:(?:at|to|with|as|over|in|since|this|compared|for|again|from|month|on)\b|[.,;:)]|\Z))"
_A = r"\b(?:an?|the|this|another|slight|small|large|sharp|steady|further|marked)\s(?:\w+\s)?"
_CONTINUES = "continue(?:s|d)? to"
_UP = rf"""increased|increases|risen|rose|rises|grew|grown|grows|(?:gone|went|goes|crept|edged) up|climbed|climbs
    |lengthened|jumped|{_CONTINUES} (?:rise|increase|grow|climb)
    |{_GOES}(?:increasing|rising|growing|climbing|up(?! to date))"""
_DOWN = rf"""decreased|decreases|reduced|reduces|fell|fallen|falls|declined|declines|dropped|drops|dipped|dips|shortened
    |(?:gone|went|goes|come|came|crept|edged) down|{_CONTINUES} (?:fall|decrease|drop|decline|reduce)
    |{_GOES}(?:decreasing|reducing|falling|declining|dropping|down)"""
_BETTER = rf"improved|improves|got better|{_GOES}improving|{_CONTINUES} improve"
_WORSE = rf"worsened|worsens|deteriorated|got worse|slipped|{_GOES}worsening"
_STABLE = """stable|steady|static|similar|broadly consistent|(?:about|much|broadly) the same
    |(?:almost|largely|broadly) unchanged"""
_SAME = r"\b(?:is|are|was|were|remains?|remained|stays?|stayed|been)(?: exactly)? the same"

MOVES = (
    ("up", pattern(rf"\b{any_of(_UP)}{_THEN}")),
    ("up", pattern(rf"\b(?:rising|increasing|growing|climbing|up(?! to date)){_ON}")),
    ("up", pattern(rf"{_A}(?:increase|rise|growth|upturn){_OF}")),
    ("down", pattern(rf"\b{any_of(_DOWN)}{_THEN}")),
    ("down", pattern(rf"\b(?:falling|decreasing|reducing|dropping|down){_ON}")),
    ("down", pattern(rf"{_A}(?:decrease|reduction|fall|drop|decline|dip){_OF}")),
    ("better", pattern(rf"\b{any_of(_BETTER)}{_THEN}|{_A}improvement{_OF}")),
    ("worse", pattern(rf"\b{any_of(_WORSE)}{_THEN}|{_A}(?:deterioration|worsening){_OF}")),
    ("stable", pattern(rf"\b{any_of(_STABLE)}{_STAYS}")),
    (
        "equal",
        pattern(rf"(?:(?<!broadly )(?<!largely )(?<!almost )\b(?:unchanged|no change)|{_SAME}){_STAYS}"),
    ),
)
"""What says that a figure moved, and where it went."""

_NO_NUMBER = rf"(?! (?:\d|{'|'.join(SMALL_NUMBERS)}|thirty|forty|fifty|once|twice|half|a (?:third|quarter)))"
_THAN = rf"(?= (?:[\w'-]+ ){{0,7}}?than\b{_NO_NUMBER})"
COMPARES = (
    ("up", pattern(rf"\b(?:higher|greater|more|larger|bigger){_THAN}|\babove\b{_NO_NUMBER}")),
    ("down", pattern(rf"\b(?:lower|fewer|less|smaller){_THAN}|\bbelow\b{_NO_NUMBER}")),
    ("better", pattern(rf"\bbetter(?= than\b{_NO_NUMBER})|\boutperform(?:s|ed|ing)?\b")),
    ("worse", pattern(rf"\bworse(?= than\b{_NO_NUMBER})")),
    ("equal", words("in line with|the same as|equal to|level with|matches|matched")),
)
"""What compares a figure with another one."""

MET = words("met|meets|meeting|achieved|achieves|hit|reached|on target|within (?:the |our )?target")
MISSED = words("missed|misses|missing|short of|failed|fails|behind|outside (?:the |our )?target|off target")
EXCEEDED = words("exceed(?:s|ed|ing)?|beat|beats|surpass(?:es|ed)?|ahead of")
JUST = pattern(r"\b(?:just|slightly|marginally|fractionally|a little|only just)\s+(?:\w+\s+)?\Z")
RANKED = pattern(
    r"\b(?P<word>highest|lowest|best|worst|most|fewest|first (?P<move>rise|increase|fall|drop|decrease|reduction))\b"
    r"(?:[^,;.]{0,50}?)"
    r"\b(?:since|(?:in|for|over) (?:the )?(?:last |past )?(?P<count>\w+) (?P<unit>month|year|quarter)s?)"
)
