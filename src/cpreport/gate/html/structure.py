"""What the elements of a web page lack: title, language, headings, landmarks, alternative texts, labels, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from cpreport.gate.html.page import Page
from cpreport.gate.languages import is_language
from cpreport.gate.places import quoted
from cpreport.gate.words import is_address, is_alone, is_poor
from cpreport.model.finding import Rule
from cpreport.model.link_words import is_vague
from cpreport.model.rules import document as shared
from cpreport.model.rules import web
from cpreport.office.parts import Element

Places = list[tuple[Element, str]]
"""Where a rule fires, each with words for it."""

HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_CONTROLS = ("input", "select", "textarea", "meter", "progress")
_NEEDS_NO_LABEL = ("hidden", "submit", "reset", "button", "image")
_MOST_WITHOUT_HEADING = 200
"""Words."""

_SMALLEST_ZOOM = 2.0


def structure(page: Page) -> Iterator[tuple[Rule, Places]]:
    """The rules that a page breaks, with the places."""
    for look in (_about, _headings, _pictures, _links, _controls, _moves):
        yield from look(page)


def _about(page: Page) -> Iterator[tuple[Rule, Places]]:
    root = page.root
    titles = [each for each in page.by_tag["title"] if next(each.iterancestors("svg"), None) is None]
    if not any((each.text or "").strip() for each in titles):
        yield shared.NO_TITLE, [(root, "")]
    if not root.get("lang"):
        yield shared.NO_LANGUAGE, [(root, "")]
    wrong = [each for each in page.by_attribute["lang"] if not is_language(each.get("lang", "")) and each.get("lang")]
    yield web.BAD_LANGUAGE, [(each, quoted(each.get("lang", ""))) for each in wrong]
    if not page.tagged("main") and not any(each.get("role") == "main" for each in page.by_attribute["role"]):
        yield web.NO_MAIN, [(root, "")]
    links = [each for each in page.tagged("a") if each.get("href")]
    if page.by_tag["nav"] and not (links[0].get("href", "") if links else "#").startswith("#"):
        yield web.NO_SKIP_LINK, [(links[0], "")]


def _headings(page: Page) -> Iterator[tuple[Rule, Places]]:
    headings = [each for each in page.root.iter(*HEADINGS) if each not in page.hidden]
    first = [each for each in headings if each.tag == "h1"]
    words = len("".join(page.root.itertext("p", "li", "td")).split()) if not headings else 0
    if words > _MOST_WITHOUT_HEADING:
        yield shared.NO_HEADINGS, [(page.root, f"{words:,} words")]
    elif headings and len(first) != 1:
        yield web.ONE_HEADING, [(first[1] if first else headings[0], f"{len(first) or 'no'} headings")]
    skipped = [(above, each) for above, each in pairwise(headings) if int(each.tag[1]) > int(above.tag[1]) + 1]
    yield (
        shared.HEADING_SKIPPED,
        [(each, f"{quoted(page.spoken(each))}, {each.tag} after {above.tag}") for above, each in skipped],
    )


def _pictures(page: Page) -> Iterator[tuple[Rule, Places]]:
    images = [
        (each, each.get("alt")) for each in page.tagged("img") if each.get("role") not in ("presentation", "none")
    ]
    images += [(each, each.get("alt") or None) for each in page.tagged("area")]
    images += [(each, each.get("alt") or None) for each in page.tagged("input") if each.get("type") == "image"]
    images += [(each, page.spoken(each) or None) for each in page.tagged("object", "embed", "iframe")]
    images += [(each, _drawn(page, each)) for each in page.tagged("svg") if each.get("role") == "img"]
    labelled = [
        (each, text if text is not None else each.get("aria-label") or each.get("title")) for each, text in images
    ]
    yield shared.NO_ALTERNATIVE, [(each, _source(each)) for each, text in labelled if text is None]
    yield shared.POOR_ALTERNATIVE, [(each, quoted(text)) for each, text in labelled if text and is_poor(text)]


def _drawn(page: Page, svg: Element) -> str | None:
    """The name of a drawing: its label or its own title."""
    title = svg.find("title")
    return page.label(svg) or (title is not None and "".join(title.itertext()).strip()) or None


def _source(element: Element) -> str:
    source = element.get("src") or element.get("data") or ""
    return (
        f"{element.tag} {quoted(source.rpartition('/')[2])}"
        if source and not source.startswith("data:")
        else element.tag
    )


def _links(page: Page) -> Iterator[tuple[Rule, Places]]:
    links = [
        (each, page.spoken(each), each.get("href", "")) for each in page.tagged("a") if each.get("href") is not None
    ]
    yield web.LINK_WITHOUT_WORDS, [(each, quoted(target)) for each, words, target in links if not words]
    yield (
        shared.LINK_TEXT,
        [
            (each, quoted(words))
            for each, words, target in links
            if is_vague(words) and not (target.startswith("#") and is_alone(words, page.spoken(each.getparent())))
        ],
    )
    yield shared.BARE_ADDRESS, [(each, quoted(words)) for each, words, _ in links if is_address(words)]
    names = {*page.ids, *(each.get("name", "") for each in page.by_tag["a"]), "", "top"}
    lost = [
        (each, target) for each, _, target in links if target.startswith("#") and _unquoted(target[1:]) not in names
    ]
    yield web.BROKEN_LINK, [(each, quoted(target)) for each, target in lost]
    twice = [each for each in page.by_attribute["id"] if page.ids[each.get("id", "")] is not each]
    yield web.DUPLICATE_ID, [(each, quoted(each.get("id", ""))) for each in twice]


def _unquoted(target: str) -> str:
    from urllib.parse import unquote

    return unquote(target)


def _controls(page: Page) -> Iterator[tuple[Rule, Places]]:
    labelled = {each.get("for") for each in page.by_tag["label"]}
    nameless = [
        each
        for each in page.tagged(*_CONTROLS)
        if each.get("type", "").lower() not in _NEEDS_NO_LABEL
        and each.get("id", "") not in labelled
        and next(each.iterancestors("label"), None) is None
        and not any((each.get(name) or "").strip() for name in ("aria-label", "aria-labelledby", "title"))
    ]
    nameless += [each for each in page.tagged("button") if not page.spoken(each)]
    yield shared.CONTROL_WITHOUT_TITLE, [(each, f"{each.tag} {each.get('name') or ''}".strip()) for each in nameless]
    above = [
        each for each in page.by_attribute["tabindex"] if re.fullmatch(r"\s*\+?0*[1-9]\d*\s*", each.get("tabindex", ""))
    ]
    yield web.TABINDEX, [(each, each.tag) for each in above]


def _moves(page: Page) -> Iterator[tuple[Rule, Places]]:
    yield (
        web.AUTOPLAY,
        [
            (each, each.tag)
            for tag in ("audio", "video")
            for each in page.by_tag[tag]
            if each.get("autoplay") is not None
        ],
    )
    meta = page.by_tag["meta"]
    refreshing = [each for each in meta if each.get("http-equiv", "").lower() == "refresh"]
    yield web.REFRESH, [(each, quoted(each.get("content", ""))) for each in refreshing]
    views = [each for each in meta if each.get("name", "").lower() == "viewport"]
    yield (
        web.NO_ZOOM,
        [(each, quoted(each.get("content", ""))) for each in views if _forbids_zoom(each.get("content", ""))],
    )


def _forbids_zoom(content: str) -> bool:
    settings = dict(re.findall(r"([\w-]+)\s*=\s*([\w.]+)", content.lower()))
    largest = re.fullmatch(r"\d+(?:\.\d+)?", settings.get("maximum-scale", ""))
    return settings.get("user-scalable") in ("no", "0") or bool(largest and float(largest[0]) < _SMALLEST_ZOOM)
