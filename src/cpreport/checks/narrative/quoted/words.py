"""Words, and when two of them mean the same: `dental` and `dentist`, `visit` and `visited`."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_BOUND = re.compile(r"\b(\w+) or (more|fewer)\b", re.IGNORECASE)
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|e|s)\Z")
_SMALL_WORDS = """
    a about above after age aged all also an and any are as at average be been before being below between but by can
    child children did do does during each every for from had has have he her his how i if in into is it its less looked
    many month months more most much new no not now number of on one only or other our over people per period report she
    so some such than that the their them then there these they this those through time to under up us was we were what
    when where which while who will with within year years you young your times one two three four five six seven eight
    nine ten eleven twelve day days hour hours minute minutes week weeks mile miles
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_PERSONS = "child children people person leaver leavers youngster youngsters cla lac cic"
PERSONS = frozenset(_PERSONS.split())
"""Who is counted, whatever the indicator."""

_OF_MANY = (
    "care carer carers leaver leavers adopter adopters foster household households family families worker workers staff"
)
OF_MANY = frozenset(_OF_MANY.split())
"""Whom many sentences are about, so that these words alone do not tell which indicator is."""

_EVERYDAY = "home homes school schools family court order place placed time police date change changes plan plans part"
EVERYDAY = frozenset(_EVERYDAY.split())
"""Words that are in many a sentence about something else."""


def words_of(text: str) -> list[str]:
    """A text's words in small letters."""
    return [word.removesuffix("'s") for word in map(str.lower, _WORD.findall(text))]


def telling(text: str) -> list[str]:
    """Its words that tell one indicator from another, in small letters."""
    bound = _BOUND.sub(lambda match: f"{match[1]}{match[2]}", text)
    return [word for word in words_of(bound) if len(word) > 1 and word not in _SMALL]


@lru_cache(maxsize=20_000)
def is_alike(one: str, other: str) -> bool:
    """Whether two words differ in their endings only, or share five first letters, or four where little follows."""
    if one == other or _ENDING.sub("", one) == _ENDING.sub("", other):
        return True
    short, long = sorted((one, other), key=len)
    shared = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) <= 4:
        return False
    rest = len(long) - shared
    return (shared >= 5 and rest <= 6) or (shared == 4 and rest <= 3 and len(short) - shared <= 2)
