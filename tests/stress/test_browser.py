"""The HTML edition in a real browser: what readers see, hear, reach by the keyboard, enlarge and print."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ..editions_of import NAMES, page_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if not CHROMIUM and not os.environ.get("CI"):
    pytest.skip("Chromium is not installed", allow_module_level=True)

from axe_playwright_python.sync_playwright import Axe  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

SETTINGS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "desktop, dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 320, "height": 640}, "color_scheme": "light"},
    "phone, dark": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
    "print": {"viewport": {"width": 794, "height": 1123}, "color_scheme": "light", "media": "print"},
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
INCOMPLETE = {"color-contrast"}
"""What axe leaves open, and is computed here."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


built = cache(page_of)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module", params=NAMES)
def path(request: pytest.FixtureRequest, folder: Path) -> Path:
    """The HTML edition of a report, built once."""
    (folder / request.param).mkdir(exist_ok=True)
    return built(request.param, folder / request.param)


@pytest.fixture(scope="module", params=SETTINGS)
def page(request: pytest.FixtureRequest, browser: Browser, path: Path) -> Iterator[Page]:
    """The edition in a setting, with all its details open."""
    options = dict(SETTINGS[request.param])
    media = options.pop("media", "screen")
    context = browser.new_context(**options)
    page = context.new_page()
    page.emulate_media(media=media)
    page.goto(path.as_uri())
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    yield page
    context.close()


def test_axe_finds_nothing(request: pytest.FixtureRequest, page: Page) -> None:
    """Its own look at contrast, which takes most of its time, is at one report: here it is computed for all."""
    is_first = request.node.callspec.params["path"] == NAMES[0]
    options = {
        "runOnly": {"type": "tag", "values": RULES},
        "rules": {"color-contrast": {"enabled": is_first}},
        "resultTypes": ["violations", "incomplete"],
    }
    found = Axe().run(page, options=options).response
    assert [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found["violations"]] == []
    assert {each["id"] for each in found["incomplete"]} <= INCOMPLETE


WORDS = """
() => {
  const colour = text => {
    const [r, g, b, a] = (text.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
    return {r, g, b, a: a === undefined ? 1 : a};
  };
  const over = (top, under) => Object.fromEntries([...['r', 'g', 'b'].map(
    each => [each, top[each] * top.a + under[each] * (1 - top.a)]), ['a', 1]]);
  const light = c => {
    const [r, g, b] = [c.r, c.g, c.b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const canvas = () => {
    const probe = document.createElement('div');
    probe.style.backgroundColor = 'Canvas';
    document.body.append(probe);
    const found = colour(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return found;
  };
  const paper = canvas();
  const behind = (element, rect) => {
    const layers = [];
    if (element.closest('svg')) {
      element.scrollIntoView({block: 'center', inline: 'center'});
      rect = element.getBoundingClientRect();
      const x = (rect.left + rect.right) / 2, y = (rect.top + rect.bottom) / 2;
      for (const each of document.elementsFromPoint(x, y)) {
        const fill = getComputedStyle(each).fill;
        const isShape = ['rect', 'path', 'polygon', 'circle'].includes(each.tagName);
        if (isShape && /^rgb/.test(fill)) layers.push(colour(fill));
      }
      element = element.closest('svg');
    }
    for (let each = element; each; each = each.parentElement)
      layers.push(colour(getComputedStyle(each).backgroundColor));
    let found = paper;
    for (const each of layers.reverse()) if (each.a > 0) found = over(each, found);
    return found;
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const words = node.data.trim();
    if (!words || element.closest('title, desc, style, script')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rect = range.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (!rect.width || !rect.height || style.visibility !== 'visible') continue;
    const isDrawn = !!element.closest('svg');
    const ink = colour(isDrawn ? style.fill : style.color);
    const under = behind(element, rect);
    const scale = isDrawn ? element.closest('svg').getScreenCTM().a : 1;
    found.push({
      words: words.slice(0, 60),
      ratio: ratio(over(ink, under), under),
      size: parseFloat(style.fontSize) * scale,
      bold: parseInt(style.fontWeight) >= 700,
      where: isDrawn ? 'chart' : element.closest('table') ? 'table' : 'text',
    });
  }
  return found;
}
"""
"""Each run of words that shows, with its contrast (WCAG 2.2), its size in pixels and where it is."""


@pytest.fixture(scope="module")
def shown(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(WORDS)
    return found


def test_words_stand_out_from_what_is_behind_them(shown: list[dict[str, Any]]) -> None:
    assert len(shown) > 100
    faint = [each for each in shown if each["ratio"] < (3 if each["size"] >= 24 else 4.5)]
    assert faint == []


LEAST = {"text": 16, "table": 40 / 3, "chart": 12}
"""The least size of words in pixels: 12 points, 10 points, and 9 points in a chart."""


def test_words_are_large_enough(shown: list[dict[str, Any]]) -> None:
    small = [each for each in shown if each["size"] < LEAST[each["where"]] - 0.01]
    assert small == []


OVERFLOW = """
() => [...document.body.querySelectorAll('*')].filter(each => {
  const rect = each.getBoundingClientRect();
  const scrolls = each.parentElement.closest('[tabindex="0"], .skip, svg');
  return rect.width && !scrolls && rect.right > document.documentElement.clientWidth + 1;
}).map(each => `${each.tagName} ${each.className} ${each.textContent.trim().slice(0, 40)}`)
"""
SPACED = "* {line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important}"


def test_nothing_is_wider_than_the_screen(browser: Browser, path: Path) -> None:
    """320 pixels are also 1,280 at 400 % (WCAG 1.4.10); texts with more space are 1.4.12."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(path.as_uri())
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    for style in ("", SPACED):
        page.add_style_tag(content=f"/* */ {style}")
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 256})
            assert page.evaluate(OVERFLOW) == [], (width, style)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, style
    context.close()


def test_nothing_is_asked_of_the_network_and_nothing_runs(browser: Browser, path: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri(), wait_until="networkidle")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
    assert said == []
    assert page.evaluate("document.scripts.length") == 0
    context.close()


FOCUSED = """
() => {
  const each = document.activeElement;
  const style = getComputedStyle(each);
  const rect = each.getBoundingClientRect();
  const shows = rect.right > 0 && rect.bottom > 0 && rect.top < innerHeight && rect.left < innerWidth;
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return {id: each.dataset.stop ?? '', name: each.textContent.trim().slice(0, 60), shows, outlined};
}
"""
STOPS = """
() => [...document.querySelectorAll('a[href], summary, [tabindex="0"]')].filter(
  each => !each.parentElement.closest('details:not([open])') || each.matches('details > summary')
).filter(each => each.getClientRects().length).map((each, number) => (each.dataset.stop = number + 1))
"""


def test_the_keyboard_reaches_everything_in_order(browser: Browser, path: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(path.as_uri())
    stops = [str(each) for each in page.evaluate(STOPS)]
    assert len(stops) > 10
    seen = []
    for _ in stops:
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    assert [each["id"] for each in seen] == stops
    assert [each for each in seen if not (each["shows"] and each["outlined"])] == []
    assert "skip" in seen[0]["name"].lower()
    page.keyboard.press("Tab")
    context.close()


def test_the_skip_link_leads_into_the_report_and_details_open_with_the_keyboard(browser: Browser, path: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(path.as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")
    context.close()


def test_it_prints_without_navigation_and_with_every_table(browser: Browser, path: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    assert page.locator("nav").count() and not any(each.is_visible() for each in page.locator("nav").all())
    outside = page.locator("main table:not(details *)")
    assert outside.count() and all(each.is_visible() for each in outside.all())
    wide = page.evaluate(
        "[...document.querySelectorAll('main table:not(details *)')]"
        ".filter(each => each.scrollWidth > each.parentElement.clientWidth + 1).length"
    )
    assert wide == 0
    context.close()
