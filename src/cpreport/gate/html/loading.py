"""What a web page runs and loads: a report is one file that needs nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cpreport.gate.html.page import Page
from cpreport.gate.html.structure import Places
from cpreport.gate.places import quoted
from cpreport.model.finding import Rule
from cpreport.model.rules.web import NOT_CONTAINED, REQUESTS, SCRIPTS
from cpreport.office.parts import Element

_LOADING = {
    "src": "*",
    "srcset": "*",
    "poster": "*",
    "background": "*",
    "data": ("object",),
    "href": ("link", "image", "use", "base"),
    "xlink:href": ("image", "use"),
}
"""The attributes whose addresses are loaded, and of which elements."""

_WITHIN = re.compile(r"\s*(?:data:|#|about:|$)", re.IGNORECASE)
_LOADED = re.compile(r"url\(\s*[\"']?([^\"')]*)|@import\s+[\"']([^\"']*)", re.IGNORECASE)
_FETCHED = {"stylesheet", "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "manifest"}
_FETCHED |= {"preload", "modulepreload", "prefetch", "prerender", "preconnect", "dns-prefetch"}
"""The relations of a link for which a browser asks elsewhere; all others only say where something is."""

_UNSEEN = re.compile(r"[\x00-\x20]+")
"""What browsers leave out of the beginning of an address."""


def loading(page: Page) -> Iterator[tuple[Rule, Places]]:
    """Scripts and what is loaded: notes in a page of others, an error in one that cpreport made."""
    scripts, requests = list(_scripts(page)), list(_requests(page))
    if page.is_own:
        yield NOT_CONTAINED, scripts + requests
    else:
        yield from ((SCRIPTS, scripts), (REQUESTS, requests))


def _scripts(page: Page) -> Iterator[tuple[Element, str]]:
    for script in page.by_tag["script"]:
        if script.get("type", "").lower() not in ("application/json", "application/ld+json"):
            yield script, "script"
    for name in [each for each in page.by_attribute if each.startswith("on")]:
        yield from ((element, f"{name} of {element.tag}") for element in page.by_attribute[name])
    for name in ("href", "xlink:href", "src", "action", "formaction"):
        for element in page.by_attribute[name]:
            if _UNSEEN.sub("", element.get(name, "")).lower().startswith("javascript:"):
                yield element, f"{name} of {element.tag}"


def _requests(page: Page) -> Iterator[tuple[Element, str]]:
    for name, tags in _LOADING.items():
        for element in page.by_attribute[name]:
            is_loading = tags == "*" or element.tag in tags
            is_fetched = element.tag != "link" or not _FETCHED.isdisjoint(element.get("rel", "").lower().split())
            if is_loading and is_fetched and not _WITHIN.match(element.get(name)):
                yield element, quoted(element.get(name))
    sheets = [(each, "".join(each.itertext())) for each in page.by_tag["style"]]
    for element, text in [*sheets, *((each, each.get("style")) for each in page.by_attribute["style"])]:
        for found in _LOADED.finditer(text):
            address = found[1] or found[2] or ""
            if not _WITHIN.match(address):
                yield element, quoted(address)
