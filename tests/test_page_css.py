"""page.css: what can be read in both modes and in print, and how large it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product

import pytest

from cpreport.editions.statuses import STATUS_LOOKS
from cpreport.gate.contrast import contrast as contrast_of
from cpreport.model.status import StatusWord

from .test_html import STYLE

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
PLAIN = re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL)
DARK, PRINT = "@media screen and (prefers-color-scheme: dark)", "@media print"


def block_of(query: str) -> str:
    """What stands in a media query of the style; the whole without media queries for an empty one."""
    blocks = re.findall(r"(@media[^{]+?)\s*\{((?:[^{}]*\{[^{}]*\})*)\s*\}", PLAIN)
    if not query:
        return re.sub(r"@(?:media|page)[^{]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", PLAIN)
    (found,) = [content for name, content in blocks if name == query]
    return found


def declared(css: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each rule's selector and declarations."""
    for selector, body in RULE.findall(css):
        yield " ".join(selector.split()), dict(re.findall(r"([-\w]+)\s*:\s*([^;]+);", body))


def variables(css: str) -> dict[str, str]:
    return {name: value for selector, given in declared(css) if selector == ":root" for name, value in given.items()}


LIGHT = variables(block_of(""))
MODES = {"light": LIGHT, "dark": LIGHT | variables(block_of(DARK)), "print": LIGHT | variables(block_of(PRINT))}
GROUNDS = ("--page", "--row")
"""What a text stands on whose rule does not say so."""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as page.css writes them."""
    return contrast_of(one.removeprefix("#"), other.removeprefix("#"))


def variable(value: str) -> str:
    found = re.search(r"var\((--[\w-]+)\)", value)
    return found[1] if found else ""


def pairs() -> Iterator[tuple[str, str, str]]:
    """Each text and what it stands on, by the rule that says so."""
    for selector, given in declared(block_of("")):
        text, ground = variable(given.get("color", "")), variable(given.get("background", ""))
        if text or ground:
            yield from ((selector, text or "--text", each) for each in ((ground,) if ground else GROUNDS))


def test_contrast_is_what_it_should_be_known_to_be() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("mode", MODES)
def test_every_text_can_be_read_on_what_it_stands_on(mode: str) -> None:
    values, found = MODES[mode], set(pairs())
    assert len(found) > 20 and {"thead th", ".mark", ".close", "a"} <= {selector for selector, _, _ in found}
    low = [(pair, ratio) for pair in found if (ratio := contrast(values[pair[1]], values[pair[2]])) < 4.5]
    assert low == []


@pytest.mark.parametrize(("mode", "line"), [*product(MODES, ("--focus", "--status-line", "--line"))])
def test_the_focus_and_the_borders_of_statuses_and_cells_can_be_seen(mode: str, line: str) -> None:
    assert contrast(MODES[mode][line], MODES[mode]["--page"]) >= 3


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_statuses_have_colours_of_their_own_in_both_modes(mode: str) -> None:
    fills = [MODES[mode][f"--{name}"] for name in ("on-target", "close", "off-target", "page")]
    assert len(set(fills)) == 4
    assert MODES["dark"].keys() == LIGHT.keys()


def test_statuses_look_on_light_pages_as_in_print() -> None:
    names = {StatusWord.ON_TARGET: "on-target", StatusWord.CLOSE: "close", StatusWord.OFF_TARGET: "off-target"}
    fills = {word: f"#{look.fill.lower()}" for word, look in STATUS_LOOKS.items()}
    assert {word: LIGHT[f"--{name}"] for word, name in names.items()} == fills


def test_text_is_never_small_and_sizes_follow_the_readers() -> None:
    sizes = [(each, given["font-size"]) for each, given in declared(PLAIN) if "font-size" in given]
    assert all(re.fullmatch(r"[\d.]+rem|1[02]pt", size) for _, size in sizes)
    small = {each for each, size in sizes if size.endswith("rem") and float(size[:-3]) < 1}
    assert small == {"table"}
    assert min(float(size[:-3]) for _, size in sizes if size.endswith("rem")) * 12 >= 10


def test_nothing_has_a_fixed_height_or_a_colour_of_its_own() -> None:
    for selector, given in declared(re.sub(r"@page\s*\{[^{}]*\{[^{}]*\}\s*\}", "", PLAIN)):
        assert "height" not in given or selector in (".skip:not(:focus), .unseen", "img"), selector
        assert selector.endswith((":root", "img")) or "#" not in "".join(given.values()), selector


@pytest.mark.parametrize("query", [DARK, PRINT, "@media (forced-colors: active)", "@media (max-width: 40rem)"])
def test_it_answers_what_a_reader_has_set(query: str) -> None:
    assert [*declared(block_of(query))]


def test_movement_is_only_for_those_who_have_nothing_against_it() -> None:
    moving = re.compile("animation|transition|scroll-behavior")
    assert moving.search(block_of("@media (prefers-reduced-motion: no-preference)"))
    assert not moving.search(block_of(""))
