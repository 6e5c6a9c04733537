"""Numbers typed in narratives that tags can print: what would change where."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cpreport.model.finding import Place
from cpreport.model.workbook import Passage

IN_WORD = "replace it in Word yourself"
NO_ONE_PLACE = "replace it yourself: several places look like it, or none does"
AS_TYPED = "replace it yourself: tags are printed as they are typed where {% raw %} is"
ACCEPTED_BY_HAND = "replace it yourself: this sentence is accepted in accepted.csv as it is, so change its row too"
BY_FORMULA = "replace it yourself: a formula makes this text"
TOO_LONG = "replace it yourself: the cell's text would be longer than Excel allows"
NOT_IN_ENCODING = "replace it yourself: the file's encoding lacks a letter of the tag; save it as UTF-8 first"


@dataclass(frozen=True, slots=True)
class Replacement:
    """A number as typed in a sentence, and the tag that prints exactly that. `place` names its indicator.

    `at` is where it begins in its passage's text. `by_hand` says why somebody has to put the tag there; it is empty
    where cpreport can.
    """

    place: Place
    sentence: str
    number: str
    tag: str
    at: int = -1
    by_hand: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A passage with the numbers in it for which there are tags, in the order of the text."""

    passage: Passage
    replacements: tuple[Replacement, ...]

    @property
    def done(self) -> tuple[Replacement, ...]:
        """Those that cpreport can carry out."""
        return tuple(each for each in self.replacements if not each.by_hand)

    def applied_to(self, held: str) -> str:
        """The new text of a cell that holds the passage, perhaps with other spaces and more of them around it."""
        offset = _spaces_before(held) - _spaces_before(self.passage.text)
        for each in sorted(self.done, key=lambda replacement: -replacement.at):
            start = each.at + offset
            held = held[:start] + each.tag + held[start + len(each.number) :]
        return held

    def left(self, reason: str) -> Correction:
        """The same with everything left to be done by hand."""
        return replace(self, replacements=tuple(by_hand(each, reason) for each in self.replacements))


def by_hand(replacement: Replacement, reason: str) -> Replacement:
    """A replacement left to be done by hand; the first reason is kept."""
    return replace(replacement, by_hand=replacement.by_hand or reason)


def _spaces_before(text: str) -> int:
    return len(text) - len(text.lstrip())
