"""Jinja tags in texts that people type: where they are, and how Jinja wants them typed."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

_OPENING = re.compile(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_SIGNS = {
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),
    **dict.fromkeys("\u00ad\u200b\u2060\ufeff"),
}
_PLAIN = str.maketrans({**_SIGNS, **_DASHES})
_STRAIGHT = str.maketrans(_SIGNS)
_STRING = re.compile(r"""("[^"]*"|'[^']*')""")


def plain_signs(text: str) -> str:
    """A text with straight quotes, plain spaces and hyphens only, and without what cannot be seen.

    >>> plain_signs("“3\u00a0–\u00a04”")
    '"3 - 4"'
    """
    return text.translate(_PLAIN)


def in_tag(text: str) -> str:
    """A text as a tag has it, in quotes: the id of an indicator or of a comparator, the label of a period.

    >>> print(in_tag('the "old" rate'))
    "the \\"old\\" rate"
    """
    return json.dumps(text, ensure_ascii=False)


def printing(expression: str) -> str:
    """The tag that prints what an expression gives."""
    return f"{{{{ {expression} }}}}"


def opens_tag(text: str) -> bool:
    """Whether a tag is opened in a text, closed or not."""
    return bool(_OPENING.search(text))


PLACES = ("contents", "key", "sections")
"""The tags of shell.docx in whose paragraphs cpreport puts more than a line; it needs the last one."""


PAGE_PLACES = ("head", "marks", "cover", "contents", "key", "sections", "after")
"""The tags of page.html in whose places cpreport puts the parts of a report; it needs each."""


def place_of(tag: str, places: Sequence[str] = PLACES) -> str:
    """The name of the place that a tag of shell.docx, or of what else has `places`, is, '' if it is none.

    >>> place_of("{{- sections }}"), place_of("{{ section }}")
    ('sections', '')
    """
    name = plain_tag(tag)[2:-2].strip("-+").strip() if tag.startswith("{{") and tag.endswith("}}") else ""
    return name if name in places else ""


def where_tags_are(text: str) -> Iterator[tuple[int, int]]:
    """Where each tag begins and ends, in order; one without an end does not count."""
    at, endless = 0, set[str]()
    while opening := _OPENING.search(text, at):
        closing = _CLOSING[opening[0]]
        end = -1 if closing in endless else text.find(closing, opening.end())
        if end < 0:
            endless.add(closing)
            at = opening.start() + 1
        else:
            yield opening.start(), end + 2
            at = end + 2


def parts_of(text: str) -> list[str]:
    """The text between tags, and the tags, in turn; the first and the last part are text."""
    return next(whole_tags([text]))


def whole_tags(pieces: Iterable[str]) -> Iterator[list[str]]:
    """Pieces of one text, each in the parts of `parts_of`; a tag is whole in the piece in which it begins.

    >>> list(whole_tags(["a {", "{ x }", "} b"]))
    [['a ', '{{ x }}', ''], [''], [' b']]
    """
    texts = list(pieces)
    text = "".join(texts)
    waiting, begin, end = deque(where_tags_are(text)), 0, 0
    for piece in texts:
        parts, begin, end = list[str](), max(begin, end), end + len(piece)
        while waiting and waiting[0][0] < end:
            start, stop = waiting.popleft()
            parts += [text[begin:start], text[start:stop]]
            begin = stop
        yield [*parts, text[begin:end]]


def plain_tag(tag: str) -> str:
    """A tag as Jinja wants it typed: Word's corrections make quotes curly and dashes long.

    >>> plain_tag("{{ indicator(“A – 1”).now.value – 2 }}")
    '{{ indicator("A – 1").now.value - 2 }}'
    """
    parts = _STRING.split(tag.translate(_STRAIGHT))
    return "".join(part if at % 2 else plain_signs(part) for at, part in enumerate(parts))


def with_plain_tags(text: str) -> str:
    """A text whose tags are as Jinja wants them typed."""
    return "".join(plain_tag(part) if at % 2 else part for at, part in enumerate(parts_of(text)))
