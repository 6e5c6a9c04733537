"""`cpreport schema`."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from cpreport.commands.printing import print_json


class Part(str, Enum):
    AUDIT = "audit"


def schema(
    part: Annotated[Part | None, typer.Argument(metavar="[audit]", help="audit: of audit files instead.")] = None,
) -> None:
    """Print the JSON Schema of the report folder's TOML files, and the columns of the Indicators sheet."""
    if part is Part.AUDIT:
        from cpreport.inputs.audit import AuditFile

        print_json(AuditFile.model_json_schema())
        return
    from cpreport.inputs.definitions.benchmarks_file import BenchmarksFile
    from cpreport.inputs.definitions.indicators_file import IndicatorsFile
    from cpreport.inputs.definitions.indicators_sheet import COLUMNS
    from cpreport.inputs.definitions.report_file import ReportFile

    indicators = IndicatorsFile.model_json_schema()
    files = {"indicators.toml": indicators, "indicators-library.toml": indicators}
    benchmarks = BenchmarksFile.model_json_schema()
    columns = [{"column": each.header, "holds": each.content.form, "description": each.description} for each in COLUMNS]
    files = {"report.toml": ReportFile.model_json_schema(), **files, "benchmarks.toml": benchmarks}
    print_json({**files, "Indicators sheet": columns})
