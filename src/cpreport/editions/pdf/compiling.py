"""What runs in the process that typesets: it answers each line of JSON with one.

It is given the folder that typst is in and that of the fonts.
"""

from __future__ import annotations

import json
import sys
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_MEMORY = 4 * 2**30
"""The bytes that the process may have, where the system can limit it: Windows cannot."""

_NO_FONT = "unknown font family"
"""With what typst's warning of a font begins that it does not have, whose words it would leave out."""


def main() -> None:
    """Answers until there is nothing more to read."""
    library, folder = sys.argv[1:]
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    sys.path.insert(0, library)
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
    nothing = str(next(Path(folder).glob("*.ttf")))
    where: dict[str, Any] = {
        "font_paths": fonts,
        "root": nothing,
        "package_path": nothing,
        "package_cache_path": nothing,
    }
    with open(0, "rb") as questions, open(1, "wb") as answers:
        for line in questions:
            answers.write(json.dumps(_answer(json.loads(line), where)).encode() + b"\n")
            answers.flush()


def _answer(asked: Mapping[str, Any], where: Mapping[str, Any]) -> dict[str, str]:
    """A PDF in base 64 or what a query finds, else what typst says is wrong and where.

    Where there is a query nothing should be printed: `words` says that something is.
    """
    import typst

    files: Any = {name: content.encode() for name, content in asked["files"].items()}
    standards: Any = [] if asked["query"] else ["ua-1"]
    try:
        made, warnings = typst.compile_with_warnings(files, format="pdf", pdf_standards=standards, timestamp=0, **where)
        for warning in warnings:
            if warning.message.startswith(_NO_FONT):
                return {"message": warning.message, "diagnostic": warning.diagnostic}
        if not asked["query"]:
            return {"answer": b64encode(made).decode()}
        if b"/FontFile" in made:
            return {"words": "page.typ"}
        found = typst.query(files, asked["query"], field="value", **where)
    except typst.TypstError as error:
        return {"message": error.message, "diagnostic": error.diagnostic}
    return {"answer": found}


if __name__ == "__main__":
    main()
