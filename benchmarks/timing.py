"""Two commands timed in turn, as whole processes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

Command = Sequence[str]
Timer = Callable[[], float]


class CommandFailed(Exception):
    """A measured command did not end with exit status 0."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Medians in seconds, and the median of the ratios of neighbouring runs."""

    ours: float
    other: float
    ratio: float


def keep_bytecode(folder: Path) -> None:
    """Has all commands keep Python's compiled modules in a folder, as installed programs have theirs."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)


def output(command: Command) -> str:
    """What a command prints. Raises CommandFailed."""
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        raise CommandFailed(f"{' '.join(command)}\nended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def whole_process(command: Command) -> Timer:
    """Gives the seconds from a command's start to its end."""

    def seconds() -> float:
        start = perf_counter()
        output(command)
        return perf_counter() - start

    return seconds


def in_turn(ours: Timer, other: Timer, runs: int) -> Pair:
    """Times both after a run of each that does not count: ours, other, ours, other …"""
    ours(), other()
    pairs = [(ours(), other()) for _ in range(runs)]
    return Pair(
        ours=median(first for first, _ in pairs),
        other=median(second for _, second in pairs),
        ratio=median(first / second for first, second in pairs),
    )
