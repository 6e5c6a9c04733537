"""What runs in the process that typesets: it answers each line of JSON with one.

It is given the folder that typst is in and that of the fonts.
"""

from __future__ import annotations

import json
import sys
from base64 import b64encode
from contextlib import suppress
from pathlib import Path
from typing import Any

_MEMORY = 4 * 2**30
"""The bytes that the process may have, where the system can limit it: Windows cannot."""


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
    for line in sys.stdin.buffer:
        asked: dict[str, Any] = json.loads(line)
        files: Any = {name: content.encode() for name, content in asked["files"].items()}
        try:
            query = asked["query"]
            standards: Any = [] if query else ["ua-1"]
            made = typst.compile(files, format="pdf", pdf_standards=standards, timestamp=0, **where)
            if query:
                found = {"answer": typst.query(files, query, field="value", **where)}
            else:
                found = {"answer": b64encode(made).decode()}
        except typst.TypstError as error:
            found = {"message": error.message, "diagnostic": error.diagnostic}
        sys.stdout.buffer.write(json.dumps(found).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
