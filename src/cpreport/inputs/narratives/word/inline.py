"""Words in their looks as Markdown that says them as typed; Jinja's tags in them stay tags."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from cpreport.inputs.narratives.word.blocks import cut
from cpreport.model.document import Span
from cpreport.model.tags import plain_tag, where_tags_are

_PRIVATE = re.compile("[\ue000-\uf8ff\ufffe\uffff]")
_MARKUP = re.compile(r"[\\`*_\[\]<|]|(?<!\{)#|&(?=#?\w{1,40};)")
_LINE_START = re.compile(r"((?:^|(?<=[%#]\}))[ ]*)(?:([>+=~-]|:(?=-))|(\d{1,9})([.)])(?=\s|$|\{[%#]))")
_IN_ADDRESS = re.compile(r"[()\\&]")
_NOT_IN_ADDRESS = re.compile('[\\s<>"`|{}\x00-\x1f\x7f]')
_ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


@dataclass(frozen=True, slots=True)
class _Bit:
    """A tag, some space, or a piece of a word, with its look."""

    span: Span
    is_tag: bool = False

    @property
    def text(self) -> str:
        return self.span.text

    @property
    def is_space(self) -> bool:
        return not self.is_tag and self.text.isspace()

    @property
    def is_control(self) -> bool:
        """Whether it is a tag that prints nothing."""
        return self.is_tag and not self.text.startswith("{{")

    @property
    def look(self) -> tuple[bool, bool]:
        return self.span.bold, self.span.italic

    @property
    def is_open(self) -> bool:
        """Whether nobody knows which sign stands at its edges."""
        return self.is_tag and not self.span.script

    @property
    def edges(self) -> tuple[str, str]:
        """Its first and last sign in Markdown."""
        return ("<", ">") if self.span.script else (self.text[0], self.text[-1])

    def looking(self, look: tuple[bool, bool]) -> _Bit:
        return replace(self, span=replace(self.span, bold=look[0], italic=look[1]))


def markdown_lines(spans: Sequence[Span]) -> list[str]:
    """The lines of a paragraph as Markdown, without the empty ones."""
    lines = (_line(line) for line in _broken(_bits(spans)))
    return [line for line in lines if line]


def _line(bits: Iterable[_Bit]) -> str:
    """A line's Markdown: links one by one, and what is between them."""
    line = ""
    for link, group in groupby(bits, lambda bit: bit.span.link):
        text = _emphasised(_resolved(list(group)))
        if link and text.strip():
            begun = line + _before(text)
            line = begun[:-1] + "\\!" if begun.endswith("!") else begun
            line += f"[{text.strip()}](<{_address(link)}>){_after(text)}"
        else:
            line += text
    return _LINE_START.sub(_escaped_start, line.strip())


def _before(text: str) -> str:
    return " " if text[:1].isspace() else ""


def _after(text: str) -> str:
    return " " if text[-1:].isspace() else ""


def _escaped_start(found: re.Match[str]) -> str:
    space, sign, number, dot = found.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{dot}"


def _address(link: str) -> str:
    """An address as it may stand in angle brackets."""
    encoded = _NOT_IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), link.strip())
    return _IN_ADDRESS.sub(r"\\\g<0>", encoded)


def _bits(spans: Sequence[Span]) -> Iterator[_Bit]:
    """Tags whole, in the look of their first sign; all else as pieces of words and spaces, in order."""
    text = "".join(span.text for span in spans)
    tags = list(where_tags_are(text))
    ends = [0, *(end for tag in tags for end in tag), len(text)]
    for position, words in enumerate(cut(spans, pairwise(ends))):
        if position % 2:
            tag = " ".join(plain_tag("".join(span.text for span in words)).split())
            yield _Bit(replace(words[0], text=tag), is_tag=True)
        else:
            yield from (bit for span in words for bit in _pieces(span))


def _pieces(span: Span) -> Iterator[_Bit]:
    for piece in re.findall(r"\n|[^\S\n]+|\S+", _PRIVATE.sub("", span.text)):
        yield _Bit(replace(span, text=piece, script="" if piece.isspace() else span.script))


def _broken(bits: Iterable[_Bit]) -> Iterator[list[_Bit]]:
    for is_break, line in groupby(bits, lambda bit: bit.text == "\n"):
        if not is_break:
            yield list(line)


def _resolved(bits: list[_Bit]) -> list[_Bit]:
    """The bits in looks that Markdown can tell apart; spaces look as what they stand between."""
    words: list[_Bit] = []
    for is_space, group in groupby(bits, lambda bit: bit.is_space):
        word = list(group)
        words += word[:1] if is_space else _word(word)
    return _with_spaces(words)


def _word(bits: list[_Bit]) -> list[_Bit]:
    """A word in its looks if each can begin and end where it does; else in all of them from end to end.

    One with a tag in it that prints nothing has no look: nobody knows what will stand beside it.
    """
    if any(bit.is_control for bit in bits):
        bits = [replace(bit, span=replace(bit.span, script="")) if bit.is_control else bit for bit in bits]
        return [bit.looking((False, False)) for bit in bits]
    parts = [list(group) for _, group in groupby(bits, lambda bit: bit.look)]
    if all(_can_part(left, right) for left, right in pairwise(parts)):
        return bits
    whole = any(bit.look[0] for bit in bits), any(bit.look[1] for bit in bits)
    return [bit.looking(whole) for bit in bits]


def _can_part(left: list[_Bit], right: list[_Bit]) -> bool:
    """Whether one part can end, or the other begin, between two signs that are no space."""
    begins, ends = any(right[0].look), any(left[-1].look)
    if begins == ends:
        return not begins
    inner, outer = (right[0], left[-1]) if begins else (left[-1], right[0])
    inner_sign, outer_sign = inner.edges[not begins], outer.edges[begins]
    if inner_sign.isdigit() and outer_sign.isdigit():
        return False
    return inner.is_open or _is_letter(inner_sign) or (not outer.is_open and _is_punctuation(outer_sign))


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNM"


def _is_punctuation(sign: str) -> bool:
    """Whether all versions of Markdown say so."""
    return sign in _ASCII_PUNCTUATION or unicodedata.category(sign)[0] == "P"


def _with_spaces(bits: list[_Bit]) -> list[_Bit]:
    looks = [None if bit.is_space else bit.look for bit in bits]
    resolved = []
    for index, bit in enumerate(bits):
        if bit.is_space:
            around = looks[index - 1 : index] + looks[index + 1 : index + 2]
            same = len(around) == 2 and around[0] == around[1]
            bit = bit.looking(around[0] or (False, False)) if same else bit.looking((False, False))
        resolved.append(bit)
    return resolved


def _emphasised(bits: list[_Bit]) -> str:
    text = ""
    for (bold, italic), group in groupby(bits, lambda bit: bit.look):
        sign = "*" * (2 * bold + italic)
        text += f"{sign}{''.join(_escaped(list(group)))}{sign}"
    return text


def _escaped(bits: list[_Bit]) -> Iterator[str]:
    for (is_tag, script), group in groupby(bits, lambda bit: (bit.is_tag, bit.span.script)):
        text = "".join(" " if bit.is_space else bit.text for bit in group)
        text = text if is_tag else _MARKUP.sub(r"\\\g<0>", text)
        yield f"<{script[:3]}>{text}</{script[:3]}>" if script else text
