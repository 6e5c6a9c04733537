"""cpreport: the Corporate Parenting Board's highlight report from a month's workbook.

from cpreport import build_editions, build_report, load_workbook

month = load_workbook("july-2023.xlsx")
month.findings, month.to_frame()
Path("july-2023.docx").write_bytes(build_report(month))
build_editions(month, {"html": Path("july-2023.html")}).files["html"]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cpreport.pipeline import Month, load_workbook
    from cpreport.publishing import build_editions, build_report

__all__ = ["Month", "build_editions", "build_report", "load_workbook"]


def __getattr__(name: str) -> Any:
    """The pipeline is loaded when it is first asked for, so that `cpreport --help` does not pay for it."""
    if name not in __all__:
        raise AttributeError(f"module 'cpreport' has no attribute {name!r}")
    from cpreport import pipeline, publishing

    return getattr(publishing if name.startswith("build_") else pipeline, name)
