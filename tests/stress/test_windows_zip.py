"""The zip for Windows with real wheels, fetched from the package index: without a network this fails."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from ..test_windows_zip import ROOT, embeddable

LARGEST_PYTHON = 15_000_000
"""More bytes than Python's embeddable zip has, which is not here."""


def test_every_wheel_that_windows_needs_is_there(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(pip, check=True)
    (wheel,) = tmp_path.glob("cpreport-*.whl")
    script = [sys.executable, ROOT / ".ci" / "windows_zip.py", embeddable(tmp_path), wheel, tmp_path / "out.zip"]
    subprocess.run(script, check=True)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        names = archive.namelist()
    below = {name.removeprefix("cpreport/python/Lib/site-packages/") for name in names if "site-packages" in name}

    packages = {name.partition("/")[0].partition("-")[0] for name in below if name.endswith(".dist-info/METADATA")}
    assert {"cpreport", "lxml", "openpyxl", "pydantic_core", "rapidfuzz", "colorama"} <= packages
    assert "pandas" not in packages
    assert "cpreport/templates/corporate-parenting/report.toml" in below
    binary = [name for name in below if name.endswith((".pyd", ".so", ".dylib"))]
    assert binary and all(name.endswith(("cp312-win_amd64.pyd", "abi3.pyd", "/mypyc.pyd")) for name in binary), binary
    assert (tmp_path / "out.zip").stat().st_size + LARGEST_PYTHON < 120_000_000
