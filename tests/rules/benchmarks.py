"""Examples of the rules about benchmarks.csv."""

from __future__ import annotations

from .example import Example


def _file(row: str) -> dict[str, str]:
    return {"benchmarks.csv": f"Indicator,Benchmark,Value,Period\n{row}\n"}


EXAMPLES = {
    "benchmark.not-a-table": Example(
        _file('rate,SN,"92,2020/21'), at="benchmarks.csv line 2", silent=_file('rate,SN,"92",2020/21')
    ),
    "benchmark.file-differs": Example(
        _file("rate,SN,93,2020/21"), at="benchmarks.csv line 2", silent=_file("rate,SN,93,2021/22")
    ),
    "benchmark.file-later": Example(
        _file("rate,SN,93,2024/25"), at="benchmarks.csv line 2", silent=_file("rate,SN,93,2022/23")
    ),
}
