"""`cpreport schema`."""

from __future__ import annotations

from cpreport.commands.printing import print_json


def schema() -> None:
    """Print the JSON Schema of the report folder's TOML files, and the columns of the Indicators sheet."""
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
