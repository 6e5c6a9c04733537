"""What `cpreport validate` imports before it reads anything, behind the smallest command line.

python -m benchmarks.imports
"""

from __future__ import annotations

import typer


def imports() -> None:
    """Imports what reading a report folder, a template, a narrative and a workbook takes, and nothing of cpreport."""
    import jinja2.sandbox  # noqa: F401
    import markdown_it  # noqa: F401
    import pydantic.main  # noqa: F401
    import python_calamine  # noqa: F401


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command()(imports)
    app()
