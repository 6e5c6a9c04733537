"""`cpreport schema`."""

from __future__ import annotations

from cpreport.commands.printing import print_json


def schema() -> None:
    """Print the JSON Schema of report.toml and indicators.toml."""
    from cpreport.inputs.definitions.indicators_file import IndicatorsFile
    from cpreport.inputs.definitions.report_file import ReportFile

    print_json({"report.toml": ReportFile.model_json_schema(), "indicators.toml": IndicatorsFile.model_json_schema()})
