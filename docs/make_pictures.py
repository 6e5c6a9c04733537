"""Makes the pictures in the docs: a page of each edition of an example. Needs LibreOffice, pdftoppm and Chromium.

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

WORKBOOK = ROOT / "examples" / "march-2022" / "february-2022.xlsx"
PICTURES = ROOT / "docs" / "pictures"
PAGE, DOTS = 2, 72
"""The page of the printed editions that is shown, from 1, and the dots per inch of its picture."""

SCREENS = {"html": (1000, 1200, "light"), "html-dark": (1000, 1200, "dark"), "html-phone": (360, 780, "light")}
"""The width and height in pixels, and the mode, of each picture of the HTML edition."""


def make_pictures(folder: Path) -> None:
    """Builds the example in a folder and takes the pictures."""
    build = [sys.executable, "-m", "cpreport", "build", str(WORKBOOK), "--output", str(folder), "--quiet"]
    subprocess.run([*build, "--format", "docx", "--format", "html", "--format", "pdf"], check=True)
    (word,), (html,), (pdf,) = (list(folder.glob(f"*.{kind}")) for kind in ("docx", "html", "pdf"))
    PICTURES.mkdir(exist_ok=True)
    printed(pdf, "pdf")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "word"), str(word)]
    subprocess.run(command, check=True, capture_output=True)
    printed(folder / "word" / f"{word.stem}.pdf", "word")
    on_screens(html)


def printed(pdf: Path, name: str) -> None:
    """Takes the picture of a page."""
    page = ["-singlefile", "-f", str(PAGE), "-r", str(DOTS), "-png"]
    subprocess.run(["pdftoppm", *page, str(pdf), str(PICTURES / name)], check=True)


def on_screens(html: Path) -> None:
    """Takes the pictures of the HTML edition, at the section that the printed ones show."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (width, height, mode) in SCREENS.items():
            size = ViewportSize(width=width, height=height)
            page = browser.new_page(viewport=size, color_scheme="dark" if mode == "dark" else "light")
            page.goto(html.as_uri())
            page.locator("main section").first.scroll_into_view_if_needed()
            page.locator("main section h2").first.evaluate("each => each.scrollIntoView()")
            page.screenshot(path=PICTURES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        make_pictures(Path(folder))
