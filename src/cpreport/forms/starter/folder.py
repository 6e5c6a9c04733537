"""A starter's report folder: a copy with the authority's name, further indicators, settings and example targets."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from itertools import product
from pathlib import Path

from cpreport.forms.starter.held import STANDARD
from cpreport.forms.starter.library import check_wanted, with_further_indicators
from cpreport.forms.starter.settings import with_example_targets, with_settings
from cpreport.inputs.definitions.definitions import read_toml
from cpreport.inputs.definitions.folder import PACKAGED, PAGES, packaged_reports, read_report_folder
from cpreport.inputs.definitions.indicators_file import IndicatorsFile
from cpreport.inputs.definitions.library import LIBRARY
from cpreport.inputs.texts import is_inside, read_bytes, read_text, visible
from cpreport.model.errors import UsageError

_PACKAGED_TOO = ("shell.docx", "glossary.csv", LIBRARY, *PAGES)
_MOST_LINES = 20
"""How many lines of report.toml the authority's name may take up."""


def copy_report(
    report: Path,
    target: Path,
    authority: str,
    wanted: Sequence[str] = (),
    existing: Path | None = None,
    example_targets: bool = True,
) -> None:
    """Copies what report.toml names, further templates, and look, glossary and library, which may be the packaged ones.

    Texts become UTF-8. report.toml gets the authority, settings, and a section of the indicators that are wanted from
    the library, indicators.toml `example_targets` if it has none. What an `existing` folder has of these files is taken
    from there as it is, but for the wanted indicators. Other files, such as workbooks, are not copied.

    Raises UsageError for a wanted indicator that there is not, InputError if the report folder has mistakes.
    """
    plan, _ = read_report_folder(report)
    typed = visible(read_text(report / "report.toml")[0])
    indicators = tomllib.loads(typed).get("indicators", "indicators.toml")
    named = ["report.toml", indicators, *plan.templates, *([STANDARD] if wanted else [])]
    named += [path.relative_to(report).as_posix() for path in report.glob("sections/**/*.md")]
    there = {
        name: root
        for name in map(os.path.normpath, [*named, *_PACKAGED_TOO])
        if not name.startswith("..") and (root := _first_with(name, existing, report))
    }
    texts = {}
    if there["report.toml"] != existing:
        texts["report.toml"] = typed = with_settings(with_authority(typed, authority))
    if example_targets and there[indicators] != existing:
        texts[indicators] = with_example_targets(visible(read_text(report / indicators)[0]), plan)
    if wanted:
        offered = read_toml(there[LIBRARY], LIBRARY, IndicatorsFile, []).indicators
        check_wanted(wanted, plan, [entry.id for entry in offered])
        texts["report.toml"] = with_further_indicators(typed, plan, wanted)
    for name, root in there.items():
        words, findings = read_text(root / name) if not name.endswith(".docx") else ("", [])
        content = words.encode() if findings else read_bytes(root / name)
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(texts[name].encode() if name in texts else content)


def _first_with(name: str, *roots: Path | None) -> Path | None:
    """The first folder that has a file; the packaged report's has those that stand in for missing ones."""
    packaged = [packaged_reports() / PACKAGED] if name in (*_PACKAGED_TOO, STANDARD) else []
    return next((root for root in (*roots, *packaged) if root and is_inside(root, name)), None)


def with_authority(text: str, name: str) -> str:
    """report.toml's text with the authority's name, in place of the one it has, or at the top.

    Raises UsageError where the one it has cannot be found.

    >>> print(with_authority('title = "Report"\\n[periods]', 'Kirklees "K" Council'))
    authority = "Kirklees \\"K\\" Council"
    title = "Report"
    [periods]
    """
    wanted, lines = {**tomllib.loads(text), "authority": name}, text.split("\n")
    line = f"authority = {json.dumps(name, ensure_ascii=False)}"
    starts = [start for start, known in enumerate(lines) if "authority" in known]
    for rows, start in [(0, 0), *product(range(1, _MOST_LINES), starts)]:
        changed = "\n".join([*lines[:start], line, *lines[start + rows :]])
        with suppress(tomllib.TOMLDecodeError):
            if tomllib.loads(changed) == wanted:
                return changed
    raise UsageError("report.toml names an authority in a way that cannot be changed: write it on a line of its own")
