"""Makes a copy of the example that has everything on: targets and tolerances, and every column of tables.

python -m benchmarks.everything FOLDER
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from benchmarks.layout import WORKBOOK

_ROOT = Path(__file__).parents[1]
_TARGETS = {
    "rate": 'target = 60\ntolerance = "10%"',
    "percentage": 'target = 90\ntolerance = "5 points"',
    "number": 'target = 20\ntolerance = "10%"',
    "average": 'target = 2\ntolerance = "10%"',
}
"""What the definition of an indicator is given, by its measure."""
_COLUMNS = "\n[tables]\njudgement = true\nmean = 12\nyear_end = true\n"
_MEASURE = re.compile(r'^measure = "(.+)"$', re.MULTILINE)


def everything_on(folder: Path) -> Path:
    """Writes the example's workbook, narratives and report folder, with everything on; gives the workbook's path."""
    shutil.copytree(_ROOT / "templates" / "corporate-parenting", folder, dirs_exist_ok=True)
    shutil.copytree(_ROOT / "examples" / "narrative", folder / "narrative", dirs_exist_ok=True)
    indicators, report = folder / "indicators.toml", folder / "report.toml"
    text = indicators.read_text(encoding="utf-8")
    text = _MEASURE.sub(lambda found: f"{found[0]}\n{_TARGETS[found[1]]}", text)
    indicators.write_text(text, encoding="utf-8")
    report.write_text(report.read_text(encoding="utf-8") + _COLUMNS, encoding="utf-8")
    return Path(shutil.copy(_ROOT / "examples" / WORKBOOK, folder))


if __name__ == "__main__":
    everything_on(Path(sys.argv[1]))
