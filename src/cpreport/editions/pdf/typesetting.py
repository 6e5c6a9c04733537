"""Typst, in a process of its own that may only take so long: what page.typ says is not trusted.

It has no way to a file: all files that it knows are given to it, and its root is a file, in which there are none. A
package would be downloaded by the words `import` and `include` alone, which page.typ may not have, nor what could make
them of a text.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any, Self

from cpreport.model.errors import EnvironmentFailure, InputError, MissingExtra
from cpreport.model.finding import Place
from cpreport.model.rules import page

FONTS = Path(__file__).parent / "fonts"
PAGE = "page.typ"

_REPORT = Path(__file__).parent / "report.typ"
_CHILD = Path(__file__).parent / "compiling.py"
_SECONDS = 60
"""How long a report may take; one of 25 charts takes less than one."""

_USUAL = '#set text(font: "Liberation Sans", size: 12pt);'
"""What stands before page.typ, on its first line."""

_REFUSED = re.compile(r"\b(?:import|include|eval|std|plugin)\b", re.ASCII)
"""The words that lead out of page.typ. Typst has no other way to write them, nor to reach what they name."""

_SHOW = re.compile(r"\bshow\b", re.ASCII)
_STRING = r'"(?:\\.|[^"\\])*"'
_SELECTOR = rf"(?:[^:\n\"()\[\]{{}}/]|{_STRING}|\((?:[^()\"]|{_STRING}|\([^()]*\))*\))*"
_LOOK = re.compile(rf"{_SELECTOR}(?:: *set\b|\n|\Z)", re.ASCII)
"""What follows `show` in a rule that only sets a look, or where it is no rule: any other could print other words."""

_NOWHERE = "http://127.0.0.1:9"
_ENVIRONMENT = {"TZ": "UTC", "HTTPS_PROXY": _NOWHERE, "https_proxy": _NOWHERE, "NO_PROXY": "", "no_proxy": ""}
"""What the process finds besides the usual: no day depends on where it runs, and the network is out of reach."""

_SEEN = 6
"""What `room` finds: two pages, and the looks of headings, text, directions and totals."""

VERSION = "0.15.2"
"""The version of typst: another one may give other bytes, or other tags."""

_MISSING = (
    'a PDF needs typst {}, which is not installed: pip install "cpreport[pdf]" (pipx: pipx inject cpreport typst=={}; '
    'uv: uv tool install "cpreport[pdf]"; the zip for Windows makes no PDF)'
)


class Typesetter:
    """Typesets with a report folder's page.typ; a context manager that ends the process."""

    def __init__(self, page_typ: str, seconds: float = _SECONDS) -> None:
        """Raises InputError for words that page.typ may not have, EnvironmentFailure where typst is not installed."""
        self._page, self._seconds = page_typ, seconds
        if refused := [*_refused(page_typ)]:
            raise InputError(*(page.NOT_ALLOWED.at(Place(PAGE, line=line), word=word) for line, word in refused))
        library = typst_folder()
        command = [sys.executable, "-I", "-S", "-X", "utf8", str(_CHILD), str(library), str(FONTS)]
        environment = {**os.environ, **_ENVIRONMENT}
        try:
            self._child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
            )
        except OSError as error:
            raise EnvironmentFailure(f"typst cannot be started: {error.strerror or error}") from error
        self._clock = Timer(seconds, self._child.kill)
        self._clock.daemon = True
        self._clock.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._clock.cancel()
        self._child.kill()
        self._child.communicate()

    def room(self) -> list[dict[str, Any]]:
        """The room on a page and on one that is turned, and the looks of words in a table's kinds of rows."""
        found: list[dict[str, Any]] = json.loads(self._asked("room", {}, "<found>"))
        if len(found) != _SEEN or not all(
            each.get("size") or (each.get("width") and each.get("height")) for each in found
        ):
            raise InputError(page.HIDDEN.at(Place(PAGE)))
        return found

    def pdf(self, files: Mapping[str, str]) -> bytes:
        """The report as a PDF; `files` are those that report.typ reads."""
        return b64decode(self._asked("report", files))

    def _asked(self, function: str, files: Mapping[str, str], query: str = "") -> str:
        """What the process answers about what a function of report.typ gives below page.typ.

        Raises InputError for a mistake in page.typ.
        """
        assert self._child.stdin and self._child.stdout
        main = f'{_USUAL}{self._page}\n#import "report.typ": {function}\n#{function}()\n'
        known = {"main.typ": main, "report.typ": _REPORT.read_text(encoding="utf-8")}
        try:
            self._child.stdin.write(json.dumps({"files": {**known, **files}, "query": query}).encode() + b"\n")
            self._child.stdin.flush()
            answer: dict[str, str] = json.loads(self._child.stdout.readline())
        except (OSError, ValueError) as error:
            raise InputError(page.BROKEN.at(Place(PAGE), seconds=self._seconds)) from error
        if answer.get("words"):
            raise InputError(page.PRINTS.at(Place(PAGE)))
        if "answer" in answer:
            return answer["answer"]
        found = re.search(r"main\.typ:([0-9]+):", answer["diagnostic"])
        line = int(found[1]) if found and int(found[1]) <= self._page.count("\n") + 1 else 0
        raise InputError(page.MISTAKE.at(Place(PAGE, line=line), problem=answer["message"]))


def typst_folder() -> Path:
    """The folder that typst is in. Raises EnvironmentFailure where it is not installed, or in another version."""
    with suppress(ImportError):
        if version("typst") == VERSION and (found := find_spec("typst")) and found.origin:
            return Path(found.origin).parents[1]
    raise MissingExtra(_MISSING.format(VERSION, VERSION))


def _refused(page_typ: str) -> Iterator[tuple[int, str]]:
    """The words that page.typ may not have, and the show rules that do more than set a look, with their lines."""
    for number, line in enumerate(page_typ.splitlines(), 1):
        yield from ((number, word) for word in _REFUSED.findall(line))
    for show in _SHOW.finditer(page_typ):
        if not _LOOK.match(page_typ, show.end()):
            rule = page_typ[show.start() :].partition("\n")[0]
            yield page_typ.count("\n", 0, show.start()) + 1, rule
