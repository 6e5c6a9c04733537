"""Opens what was written."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

from cpreport.commands.printing import print_error


def open_file(path: Path) -> None:
    """Opens a file in the program that the system has for it; says so where there is none."""
    try:
        if sys.platform == "win32":
            os.startfile(path.resolve())
        elif typer.launch(str(path.resolve())):
            raise OSError("the system has no program for it")
    except OSError as error:
        print_error(f"{path} cannot be opened: {error.strerror or error}")
