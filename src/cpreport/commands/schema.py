"""`cpreport schema`."""

from __future__ import annotations

from cpreport.commands.printing import print_json


def schema() -> None:
    """Print the JSON Schema of report.toml, indicators.toml and indicators-library.toml."""
    from cpreport.inputs.definitions.indicators_file import IndicatorsFile
    from cpreport.inputs.definitions.report_file import ReportFile

    indicators = IndicatorsFile.model_json_schema()
    files = {"indicators.toml": indicators, "indicators-library.toml": indicators}
    print_json({"report.toml": ReportFile.model_json_schema(), **files})
