"""The words of links that say nothing of where these lead."""

from __future__ import annotations

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


def is_vague(words: str) -> bool:
    """Whether the words of a link say nothing of where it leads."""
    return " ".join(words.split()).strip(" .…,:;>»→[]()").casefold() in _VAGUE
