"""Words that say nothing of pictures, and what stands beside links."""

from __future__ import annotations

import re

_NO_WORDS = re.compile(
    r"(?:picture|image|graphic|chart|diagram|object|shape|text ?box|content placeholder)s?[ _-]*\d*"
    r"|(?:figure|logo|photo|screenshot|img|pic|table)[ _-]*\d+"
    r"|\S+(?: \S+){0,4}\.(?:png|jpe?g|gif|bmp|tiff?|svg|emf|wmf|webp|heic|pdf)|\W*",
    re.IGNORECASE,
)
"""Alternative texts that say nothing of what is shown: a program's name for the object, or a file's name."""

_MADE_BY_A_PROGRAM = "automatically generated"
"""What ends the alternative texts that Word makes up, until somebody has approved them."""

_NUMBER = re.compile(r"\s*[0-9.]*\s*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def is_alone(words: str, line: str) -> bool:
    """Whether a line has no more than these words, with a number before them: an entry of contents."""
    return _NUMBER.sub("", line, count=1).strip() == words.strip()


def is_poor(alternative: str) -> bool:
    """Whether an alternative text is only a name for the object or a file, or was made by a program and not read."""
    return bool(_NO_WORDS.fullmatch(alternative.strip())) or _MADE_BY_A_PROGRAM in alternative.casefold()


def is_address(words: str) -> bool:
    """Whether the words of a link are only its address."""
    return bool(_ADDRESS.fullmatch(words.strip()))
