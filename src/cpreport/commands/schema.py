"""`cpreport schema`."""

from __future__ import annotations

from cpreport.commands.printing import print_json


def schema() -> None:
    """Print the JSON Schema of report.toml, indicators.toml, indicators-library.toml and benchmarks.toml."""
    from cpreport.inputs.definitions.benchmarks_file import BenchmarksFile
    from cpreport.inputs.definitions.indicators_file import IndicatorsFile
    from cpreport.inputs.definitions.report_file import ReportFile

    indicators = IndicatorsFile.model_json_schema()
    files = {"indicators.toml": indicators, "indicators-library.toml": indicators}
    benchmarks = BenchmarksFile.model_json_schema()
    print_json({"report.toml": ReportFile.model_json_schema(), **files, "benchmarks.toml": benchmarks})
