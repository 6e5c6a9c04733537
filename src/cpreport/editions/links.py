"""Links out of the document."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

_KEPT_IN_ADDRESS = "%/:=&?~#+!$,;'@()*[]"


def seen_address(link: str, words: str) -> str:
    """The address of a link with these words, '' where it is not usable or nobody could see the link."""
    return address(link) if words.strip() else ""


def address(link: str) -> str:
    """The link as Word and browsers accept it, '' for anything but a usable http, https or mailto address."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return ""
    reaches = parts.netloc if parts.scheme in ("http", "https") else parts.scheme == "mailto" and "@" in parts.path
    return quote(link.strip(), safe=_KEPT_IN_ADDRESS) if reaches else ""
