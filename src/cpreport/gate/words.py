"""Words that say nothing: of pictures, and of links."""

from __future__ import annotations

import re

_NO_WORDS = re.compile(
    r"(?:picture|image|graphic|chart|diagram|object|shape|figure|logo|photo|screenshot|img|pic|table|text ?box|content"
    r" placeholder)s?[ _-]*\d*|\S+(?: \S+){0,4}\.(?:png|jpe?g|gif|bmp|tiff?|svg|emf|wmf|webp|heic|pdf)|\W*",
    re.IGNORECASE,
)
"""Alternative texts that say nothing of what is shown: a program's name for the object, or a file's name."""

_VAGUE = frozenset(
    (
        *(
            "click here",
            "click",
            "here",
            "click this link",
            "click this",
            "link",
            "this link",
            "the link",
            "this",
            "url",
        ),
        *("more", "read more", "learn more", "see more", "find out more", "more information", "further information"),
        *("more info", "info", "details", "more details", "this page", "page", "this website", "website", "webpage"),
        *("web page", "download", "this document", "document", "attachment", "view", "open", "go", "continue"),
        *("see here", "read here", "available here", "follow this link"),
    )
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def is_vague(words: str) -> bool:
    """Whether the words of a link say nothing of where it leads."""
    return " ".join(words.split()).strip(" .…,:;>»→[]()").casefold() in _VAGUE


def is_poor(alternative: str) -> bool:
    """Whether an alternative text is only a name for the object or a file."""
    return bool(_NO_WORDS.fullmatch(alternative.strip()))


def is_address(words: str) -> bool:
    """Whether the words of a link are only its address."""
    return bool(_ADDRESS.fullmatch(words.strip()))
