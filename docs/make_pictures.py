"""Makes the pictures in the docs: a page of each edition of the examples. Needs LibreOffice, pdftoppm and Chromium.

python -m docs.make_pictures
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import ViewportSize, sync_playwright

from docs.pages import ROOT

TABLES = ROOT / "examples" / "july-2023.xlsx"
CHARTS = ROOT / "examples" / "march-2022" / "february-2022.xlsx"
PICTURES = ROOT / "docs" / "pictures"
WORD = ROOT / "docs" / "page.png"
DOTS = 80
"""Per inch, of a printed page."""

SCREENS = {"html": (1280, 900, "light"), "html-dark": (1280, 900, "dark"), "html-phone": (360, 780, "light")}
"""The width and height in pixels, and the mode, of each picture of the HTML edition."""

SHOWN = "figure >> nth=0"
"""What is in the middle of these pictures: a chart, with the text and the table around it."""


def make_pictures(folder: Path) -> None:
    """Builds the examples in a folder and takes the pictures: Word of the one with tables, all others of the other."""
    PICTURES.mkdir(exist_ok=True)
    (word,) = built(TABLES, folder / "tables", "docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(word.parent), str(word)]
    subprocess.run(command, check=True, capture_output=True)
    printed(word.with_suffix(".pdf"), 3, WORD)
    html, pdf = built(CHARTS, folder / "charts", "html", "pdf")
    printed(pdf, 3, PICTURES / "pdf.png")
    on_screens(html)


def built(workbook: Path, folder: Path, *formats: str) -> list[Path]:
    """The report in each format."""
    folder.mkdir()
    asked = [word for each in formats for word in ("--format", each)]
    build = [sys.executable, "-m", "cpreport", "build", str(workbook), "--output", str(folder), "--quiet"]
    subprocess.run([*build, *asked], check=True)
    return [next(folder.glob(f"*.{each}")) for each in formats]


def printed(pdf: Path, page: int, picture: Path) -> None:
    """Takes the picture of a page, counted from 1."""
    options = ["-singlefile", "-f", str(page), "-r", str(DOTS), "-png"]
    subprocess.run(["pdftoppm", *options, str(pdf), str(picture.with_suffix(""))], check=True)


def on_screens(html: Path) -> None:
    """Takes the pictures of the HTML edition."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (width, height, mode) in SCREENS.items():
            size = ViewportSize(width=width, height=height)
            page = browser.new_page(viewport=size, color_scheme="dark" if mode == "dark" else "light")
            page.goto(html.as_uri())
            page.locator(SHOWN).evaluate("each => each.scrollIntoView({block: 'center', behavior: 'instant'})")
            page.screenshot(path=PICTURES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        make_pictures(Path(folder))
