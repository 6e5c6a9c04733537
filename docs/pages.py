"""Pages that scripts write: written anew, or only checked."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]


def write_or_check(pages: Mapping[Path, str]) -> int:
    """Writes the pages that are not as they should be; with --check it only names them, and gives 1."""
    stale = {page: text for page, text in pages.items() if not page.exists() or page.read_text("utf-8") != text}
    for page, text in stale.items():
        if "--check" in sys.argv:
            print(f"{page.relative_to(ROOT)} is not up to date: run make docs")
        else:
            page.write_text(text, encoding="utf-8")
    return 1 if stale and "--check" in sys.argv else 0
