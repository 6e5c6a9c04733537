"""Measures cpreport against its bounds and prints a table.

python -m benchmarks.run [--runs 7]
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from benchmarks.everything import everything_on
from benchmarks.layout import WORKBOOK
from benchmarks.timing import Command, CommandFailed, Pair, Timer, in_turn, keep_bytecode, output, whole_process

EXAMPLES = Path(__file__).parents[1] / "examples"
SMALL, LARGE, MONTHS = 34, 340, 37
LONG = 60
MANY, FEW_RUNS = 5000, 2
SIZE = 63
SHOWN = 4
CHARTS = 25
EDITIONS = (("html", 0.1), ("pdf", 0.6))
"""Seconds that an edition may take beside the Word document."""

A_TABLE, A_LONG_TABLE = 9, 21
PEERS = (("usual_way", "pandas, cell by cell", 9), ("template_loops", "openpyxl, docxtpl", 1.5))
MIB = 1024
HEADER = f"{'what':<52} {'ours':>9} {'other':>9} {'ratio':>7}  {'bound':<8} ok"


@dataclass(frozen=True, slots=True)
class Line:
    """A measured line as printed."""

    what: str
    ours: str
    other: str
    ratio: str
    bound: str
    ok: bool

    def __str__(self) -> str:
        verdict = "yes" if self.ok else "NO"
        return f"{self.what:<52} {self.ours:>9} {self.other:>9} {self.ratio:>7}  {self.bound:<8} {verdict}"


class Bench:
    """The measurements, in a folder of their own."""

    def __init__(self, folder: Path, runs: int) -> None:
        self._runs = runs
        self._folder = folder
        self._cpreport = _installed("cpreport")
        self._example = self._copy_of_example()
        self._large = self._generated(SIZE, a_table=A_LONG_TABLE)

    def lines(self) -> Iterator[Line]:
        yield self._build_example()
        yield self._everything()
        yield self._charts()
        yield from self._editions()
        yield self._gate()
        yield self._help()
        yield from self._growth(SMALL, LARGE, MONTHS, most=200, runs=self._runs)
        yield from self._growth(MANY // 10, MANY, LONG, most=450, runs=FEW_RUNS)
        yield self._rules()
        yield from self._peers()
        yield self._validate()

    def _build_example(self) -> Line:
        least = _module("least", self._example, self._folder / "empty.docx")
        return self._at_most("build the example / same imports, empty document", 3.4, self._build(self._example), least)

    def _everything(self) -> Line:
        workbook = everything_on(self._folder / "everything")
        ours = [*self._build(workbook), "--report", str(workbook.parent)]
        return self._at_most("the example with everything on / as it is", 1.3, ours, self._build(self._example))

    def _charts(self) -> Line:
        with_charts, without = (
            _module("charts", self._example, self._folder / "charts.docx", number) for number in (CHARTS, 0)
        )
        return self._at_most(f"the example with {CHARTS} charts / without", 1.4, with_charts, without)

    def _editions(self) -> Iterator[Line]:
        """What each takes more than the Word document alone."""
        word = _module("charts", self._example, self._folder / "alone.docx", CHARTS)
        for kind, most in EDITIONS:
            with_it = _module("charts", self._example, self._folder / "both.docx", CHARTS, kind)
            pair = in_turn(whole_process(with_it), whole_process(word), self._runs)
            what, more = f"{kind.upper()} beside Word, {CHARTS} charts, less Word alone", pair.ours - pair.other
            yield Line(what, _ms(pair.ours), _ms(pair.other), _ms(more), f"<= {_ms(most)}", more <= most)

    def _gate(self) -> Line:
        gate = _module("gate", self._example)
        pair = in_turn(lambda: float(output(gate)), whole_process(self._build(self._example)), self._runs)
        return _at_most("gate and audit / build, the example", 0.1, pair)

    def _help(self) -> Line:
        return self._at_most("--help / import typer", 3, [self._cpreport, "--help"], _python("import typer"))

    def _growth(self, small: int, large: int, months: int, most: int, runs: int) -> Iterator[Line]:
        """After imports, in processes that import first; with the larger one's memory, at `most` so many MiB."""
        memory: list[int] = []
        one, other = (self._generated(size, months=months) for size in (large, small))
        pair = in_turn(_after_imports(one, memory), _after_imports(other, []), runs)
        yield _at_most(f"{large} indicators / {small}, × {months}, after imports", 12, pair)
        used = max(memory) / MIB
        yield Line(f"memory for {large} indicators × {months}", f"{used:.0f} MiB", "", "", f"< {most}", used < most)

    def _rules(self) -> Line:
        """Both in one process, so that one run gives both."""
        workbook = self._generated(LARGE, months=LONG)
        reading: list[float] = []

        def seconds() -> float:
            rules, read = output(_module("rules", workbook)).split()
            reading.append(float(read))
            return float(rules)

        pair = in_turn(seconds, lambda: reading[-1], self._runs)
        return _at_most(f"all rules / reading the workbook, {LARGE} × {LONG}", 1, pair)

    def _peers(self) -> Iterator[Line]:
        size = f"{SIZE} × {MONTHS}"
        ours = self._build(self._large)
        output(_module("peers.template", self._large.parent))
        for name, words, bound in PEERS:
            made = self._folder / f"{name}.docx"
            other = _module(f"peers.{name}", self._large.parent, self._large, made)
            output(ours), output(other), output(_module("same_tables", self._large.with_suffix(".docx"), made))
            yield self._at_least(f"{words} / build, {size}", bound, ours, other)

    def _validate(self) -> Line:
        size = f"{SIZE} × {MONTHS}"
        ours = [self._cpreport, "validate", str(self._large)]
        other = _python(f"import openpyxl; openpyxl.load_workbook({str(self._large)!r})")
        return self._at_most(f"validate / openpyxl.load_workbook, {size}", 1.4, ours, other)

    def _at_most(self, what: str, bound: float, ours: Command, other: Command) -> Line:
        return _at_most(what, bound, in_turn(whole_process(ours), whole_process(other), self._runs))

    def _at_least(self, what: str, bound: float, ours: Command, other: Command) -> Line:
        """The ratio is the other's time over ours: how many times faster we are."""
        pair = in_turn(whole_process(other), whole_process(ours), self._runs)
        return Line(what, _ms(pair.other), _ms(pair.ours), f"{pair.ratio:.2f}", f">= {bound:g}", pair.ratio >= bound)

    def _build(self, workbook: Path) -> Command:
        return [self._cpreport, "build", str(workbook), "--quiet"]

    def _copy_of_example(self) -> Path:
        shutil.copytree(EXAMPLES / "narrative", self._folder / "narrative")
        return Path(shutil.copy(EXAMPLES / "july-2023.xlsx", self._folder))

    def _generated(self, indicators: int, a_table: int = A_TABLE, months: int = MONTHS) -> Path:
        folder = self._folder / f"{indicators}x{months}"
        output(_module("generate", folder, indicators, months, SHOWN, a_table))
        return folder / WORKBOOK


def _at_most(what: str, bound: float, pair: Pair) -> Line:
    return Line(what, _ms(pair.ours), _ms(pair.other), f"{pair.ratio:.2f}", f"<= {bound:g}", pair.ratio <= bound)


def _after_imports(workbook: Path, memory: list[int]) -> Timer:
    """Gives the seconds after imports; the most memory in KiB goes into `memory`."""

    def seconds() -> float:
        took, most = output(_module("after_imports", workbook)).split()
        memory.append(int(most))
        return float(took)

    return seconds


def _module(name: str, *arguments: object) -> Command:
    return [sys.executable, "-m", f"benchmarks.{name}", *map(str, arguments)]


def _python(code: str) -> Command:
    return [sys.executable, "-c", code]


def _installed(name: str) -> str:
    """The program that stands beside this Python."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        raise CommandFailed(f"{name} is not installed beside {sys.executable}")
    return found


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"


def main(runs: Annotated[int, typer.Option(min=1, help="Pairs of runs that count.")] = 7) -> None:
    """Measures whole processes in turn: ours, other, ours, other; the ratio is the median of the pairs' ratios."""
    try:
        with TemporaryDirectory() as folder:
            keep_bytecode(Path(folder) / "bytecode")
            print(HEADER)
            for line in Bench(Path(folder), runs).lines():
                print(line, flush=True)
    except CommandFailed as failure:
        sys.exit(f"not measured: {failure}")


if __name__ == "__main__":
    typer.run(main)
