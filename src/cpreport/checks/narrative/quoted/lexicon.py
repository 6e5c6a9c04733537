"""The words that the checks of sentences know: data, and nothing that reads them."""

from __future__ import annotations

import re


def any_of(text: str) -> str:
    """A pattern for one of several words, which `|` or spaces part."""
    parted = text.split("|") if "|" in text else text.split()
    return f"(?:{'|'.join(word.strip() for word in parted)})"


def pattern(text: str, flags: re.RegexFlag | int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(text, flags)


def words(text: str) -> re.Pattern[str]:
    """Finds one of several whole words in any case; `|` or spaces part them."""
    return pattern(rf"\b{any_of(text)}\b")


_NUMBERS = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty"""
SMALL_NUMBERS = {word: number for number, word in enumerate(_NUMBERS.split(), 1)}
NUMBER_WORD = any_of(_NUMBERS)
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"

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

# What stands around a number

_OLD = """from|against|compared with|compared to|versus|vs|than|after|previously|was|low of|high of
    |(?:up|down|rise|fall|drop|increase|decrease|reduction|improvement) on"""
OLD = pattern(rf"\b{any_of(_OLD)}(?: (?:the|a|an|our|only|just|around))?(?: low of| high of| peak of)?\s*\Z")
"""Stands right before a number that is no longer so."""

_BY = "by|up|down|(?:rise|fall|drop|increase|decrease|reduction|change|gain|decline) of"
CHANGE_BEFORE = pattern(rf"\b{any_of(_BY)}(?: (?:just|only|some|a further|another|nearly|almost))?\s*\Z")
CHANGE_AFTER = pattern(
    r"\s*(?:(?:young )?(?:children|people) )?(?:more|fewer|less|higher|lower|additional|short)\b"
    r"(?! or (?:more|fewer|less)| than \d)"
)
_INEXACT = """about|around|approximately|approx|roughly|nearly|almost|circa|c|some|close to|up to|over|more than|above
    |at least|under|less than|fewer than|below|at most"""
ABOUT = pattern(rf"\b{any_of(_INEXACT)}\.?\s+\Z")
OPEN_END = pattern(
    r"\s*(?:or (?:better|more|above|higher|less|fewer|lower|under|over|so)|and (?:above|over|below)|plus)\b"
)
_NO_NOUN = """in|at|this|last|and|from|to|on|for|as|per|compared|against|by|during|since|after|were|was|is|are|of|now
    |than|while|but|which|when|out|a year|a month"""
NO_NOUN = pattern(rf"\s*(?:[.,;:()-]|\Z|{any_of(_NO_NOUN)}\b)")
"""Follows a number that does not say what it counts."""

# What stands around a period

IN = pattern(r"\s*(?:\)?\s*(?:in|at|during|for|at the end of|this) )?\s*")
IT_WAS = pattern(r"(?:'s)?\s*[(,:-]?\s*(?:(?:it|this|there|the figure|we) )?(?:was |were |at |had |stood at )?\(?")
BRACKET = pattern(r"(?:'s)?\s*\(?")
COMPARED = pattern(
    r"\b(?:than|from|since|against|compared (?:with|to)|on|before|as)(?: (?:in|at|the|it was|end of))*\s*\Z"
)
TURNS = pattern(r"\b(?:than|from|compared|against|versus|since|after|up on|down on)\b|\(")
RECENT = words("(?:recent|(?:previous|last|past) (?:few|several|two|three)) (?:months|quarters|terms)")
STRETCH = words(
    """months|quarters|terms|years|weeks|reports|recent|recently|start of|beginning of|since|throughout|consecutive
    |running|in a row|each|every|then"""
)
"""Words for a time that is no one period."""

# What a number is compared with, or summed up to

COMPARATORS = {
    "england|national": "national|nationally|nation|country|england|english",
    "neighbour": "(?:statistical )?neighbours?|neighbour's|similar (?:authorities|councils|areas)|SNs?",
    "region": "region|region's|regional|regionally",
}
"""What else is said for a comparator whose name has such a word; any other one is a region."""

OTHERS_BETWEEN = pattern(r"[\d;]|\b(?:we|our|ours)\b")
UP_TO_NAME = pattern(r"\W*(?:\([^)]*\)\W*)?(?:(?:in|for|across|the|our)\W+)*")
OF_TARGET = pattern(r"\btargets?(?: (?:of|is|was|at|stays at|remains(?: at)?))?\W*\Z")
IS_TARGET = pattern(r"\s*targets?\b")
TARGET = words("targets?")
PEAK = words("highest|peak|peaks|peaked|maximum|record high|high of")
LOW = words("lowest|minimum|fewest|record low|low of")
MEAN = words("for each|average|averages|averaged|averaging|mean")
YEAR_TO_DATE = words(
    "year to date|so far (?:this|in the) (?:\\w+ )?year|cumulative|cumulatively|totals? for the year|year's total"
)

# What is no statement of a figure

PLANNED = words(
    """aim|aims|aimed|we plan|plans? to|planned|planning|want|wants|hope|hopes|hoped|expect|expects|expected|will|would
    |should|shall|could|intend|ambition|goal|propose|forecast|projected|wish|predicted|if|unless|must|need|might
    |next (?:month|quarter|year|term)|going to|budgeted|in order to|by 20[2-9]\\d
    |(?:help|helped|working|work|works|trying|try|how) to"""
)
OTHERS = words(
    r"""\w+n't|lack\w*|un\w+|not|no|none|nobody|without|remaining|rest|others?|late|later|overdue|missed|outside|never
    |instead|yet|still|otherwise|elsewhere|NEET"""
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
    r"""panels?|events?|workshops?|training|trained|sessions?|courses?|meetings?|attended|conference|staff|teams?|trips?
    |festival|party|awards?|volunteers?|apprentices?|survey|surveyed|responses|forum|schools|recruit\w*|posts?
    |vacanc\w+|appoint\w+|budget|grant|spent|cost|letters|calls|audit\w*|sampled?|took part|joined|referrals|pilots?
    |mentors?|consulted|interviewed|celebrat\w*"""
)
"""What is counted in narratives and in no indicator, unless a title has the word."""

# Directions

_NEXT = """to by from in of since over again slightly further this last compared and but on during back for as at with
    each every month significantly sharply steadily considerably marginally between against while when after than too"""
_THEN = rf"(?=\s*(?:[.,;:()\d-]|\Z|(?:a|the) (?:year|month|second|third|fourth)\b|{any_of(_NEXT)}\b))"
_ON = r"(?= (?:to|from|by|on|since|again|this)\b)"
_A = r"\b(?:an?|the|this|another|slight|small|large|sharp|steady|further|marked)\s(?:\w+\s)?"
_GOES = r"(?:(?:is|are|was|were|has been|have been|been|keeps?|continue[sd]?(?: to be)?) )"
_CONTINUES = "continue[sd]? to"
_COURSES = (
    (
        "up",
        f"""increased|increases|risen|rose|rises|grew|grown|grows|(?:gone|went|goes|crept|edged) up|climbed|climbs
        |lengthened|jumped|{_CONTINUES} (?:rise|increase|grow|climb)""",
        "increasing|rising|growing|climbing|up(?! to date)",
        "increase|rise|growth|upturn",
    ),
    (
        "down",
        f"""decreased|decreases|reduced|reduces|fell|fallen|falls|declined|declines|dropped|drops|dipped|dips|shortened
        |(?:gone|went|goes|come|came|crept|edged) down|{_CONTINUES} (?:fall|decrease|drop|decline|reduce)""",
        "decreasing|reducing|falling|declining|dropping|down",
        "decrease|reduction|fall|drop|decline|dip",
    ),
    ("better", f"improved|improves|got better|{_CONTINUES} improve", "improving", "improvement"),
    ("worse", "worsened|worsens|deteriorated|got worse|slipped", "worsening", "deterioration|worsening"),
)
_STABLE = """stable|steady|static|similar|broadly consistent|(?:about|much|broadly) the same
    |(?:almost|largely|broadly) unchanged"""
_EQUAL = r"""(?<!broadly )(?<!largely )(?<!almost )\b(?:unchanged|no change)
    |\b(?:is|are|was|were|remains?|remained|stays?|stayed|been)(?: exactly)? the same"""

MOVES = (
    *(
        (name, pattern(rf"\b(?:{any_of(verbs)}|{_GOES}(?:{going})){_THEN}|\b(?:{going}){_ON}|{_A}(?:{nouns}){_THEN}"))
        for name, verbs, going, nouns in _COURSES
    ),
    ("stable", pattern(rf"\b{any_of(_STABLE)}{_THEN}")),
    ("equal", pattern(rf"{any_of(_EQUAL)}{_THEN}")),
)
"""What says that a figure moved, and where it went."""

_NO_NUMBER = rf"(?! (?:\d|{NUMBER_WORD}|thirty|forty|fifty|once|twice|half|a (?:third|quarter)))"
_THAN = rf"(?= (?:[\w'-]+ ){{0,7}}?than\b{_NO_NUMBER})"
COMPARES = (
    ("up", pattern(rf"\b(?:higher|greater|more|larger|bigger){_THAN}|\babove\b{_NO_NUMBER}")),
    ("down", pattern(rf"\b(?:lower|fewer|less|smaller){_THAN}|\bbelow\b{_NO_NUMBER}")),
    ("better", pattern(rf"\bbetter(?= than\b{_NO_NUMBER})|\boutperform(?:s|ed|ing)?\b")),
    ("worse", pattern(rf"\bworse(?= than\b{_NO_NUMBER})")),
    ("equal", words("in line with|the same as|equal to|level with|matches|matched")),
)
"""What compares a figure with another one."""

JUST = pattern(r"\b(?:just|slightly|marginally|fractionally|a little|only just)\s+(?:\w+\s+)?\Z")

OF_TARGETS = (
    ("met", words("met|meets|meeting|achieved|achieves|hit|reached|on target|within (?:the |our )?target")),
    ("missed", words("missed|misses|missing|short of|failed|fails|behind|outside (?:the |our )?target|off target")),
    ("exceeded", words("exceed(?:s|ed|ing)?|beat|beats|surpass(?:es|ed)?|ahead of")),
    ("above", words("above")),
    ("below", words("below")),
)
"""What a figure is said to be beside its target."""

_MOST = {"highest": "up", "most": "up", "lowest": "down", "fewest": "down", "best": "better", "worst": "worse"}
_STEPS = {"rise": "up", "increase": "up", "fall": "down", "drop": "down", "decrease": "down", "reduction": "down"}
RANKS = _MOST | _STEPS
RANKED = pattern(
    rf"\b(?:first (?P<step>{'|'.join(_STEPS)})|(?P<most>{'|'.join(_MOST)}))\b[^,;.]{{0,50}}?"
    r"\b(?:since|(?:in|for|over) (?:the )?(?:last |past )?(?P<count>\w+) (?P<unit>month|year|quarter)s?)"
)
