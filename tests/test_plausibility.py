"""Implausible figures are found at their cells, and chance alone gives hardly a warning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from math import exp, pi, sin
from random import Random

from cpreport.model.period import month

from .workbooks import unread, warnings_of

Numbers = list[float]
Rows = dict[str, Numbers]
Made = tuple[str, Rows]
"""An indicator's measure with its keys, and its rows by part."""

NUMBER = 'measure = "number"'
PERCENTAGE = 'measure = "percentage"'
AVERAGE = 'measure = "average"\ndecimals = 1'


def labels(size: int) -> list[str]:
    return [month(2023, 7).shift(at - size + 1).label for at in range(size)]


def month_of(made: Mapping[str, Made], **more: object) -> list[tuple[str, str]]:
    """What is found in a month of such indicators, the last number of each row being that of Jul 23."""
    toml = "".join(f'[[indicators]]\nid = "{name}"\ntitle = "T"\n{keys}\n' for name, (keys, _) in made.items())
    rows = {
        f"{name} {part}": dict(zip(labels(len(numbers)), numbers, strict=True))
        for name, (_, parts) in made.items()
        for part, numbers in parts.items()
    }
    return warnings_of(*unread(toml, rows, **more))  # type: ignore[arg-type]


def poisson(random: Random, mean: float) -> int:
    if mean > 50:
        return max(0, round(random.gauss(mean, mean**0.5)))
    limit, product, count = exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count


def binomial(random: Random, number: int, share: float) -> int:
    return sum(random.random() < share for _ in range(number))


def counts(mean: Callable[[int], float]) -> Callable[[Random, int], Made]:
    return lambda random, size: (NUMBER, {"value": [poisson(random, mean(at)) for at in range(size)]})


def shares(number: int, share: float, typed: bool = False) -> Callable[[Random, int], Made]:
    """A binomial percentage with about so many children each month; `typed` as a value at one decimal."""

    def made(random: Random, size: int) -> Made:
        totals: Numbers = [max(1, poisson(random, number)) for _ in range(size)]
        parts: Numbers = [binomial(random, int(total), share) for total in totals]
        if typed:
            return PERCENTAGE, {"value": [round(100 * a / b, 1) for a, b in zip(parts, totals, strict=True)]}
        return PERCENTAGE, {"numerator": parts, "denominator": totals}

    return made


def averages(random: Random, size: int) -> Made:
    totals: Numbers = [poisson(random, 40) for _ in range(size)]
    return AVERAGE, {"numerator": [round(random.gauss(55, 6) * total) for total in totals], "denominator": totals}


def drifting(random: Random, size: int) -> Made:
    """A stock that comes and goes by chance: children in care."""
    stock = [600.0]
    while len(stock) < size:
        stock.append(stock[-1] + poisson(random, 20) - poisson(random, 20))
    return NUMBER, {"value": stock}


def drifting_share(random: Random, size: int) -> Made:
    share = [80.0]
    while len(share) < size:
        share.append(min(99.0, max(1.0, share[-1] + random.gauss(0, 1.2))))
    return PERCENTAGE, {"value": [round(value, 1) for value in share]}


KINDS: dict[str, Callable[[Random, int], Made]] = {
    "count 0.5": counts(lambda _: 0.5),
    "count 3": counts(lambda _: 3),
    "count 10": counts(lambda _: 10),
    "count 300": counts(lambda _: 300),
    "trend": counts(lambda at: 100 + 4 * at),
    "fall": counts(lambda at: 400 - 5 * at),
    "season": counts(lambda at: 60 + 40 * sin(2 * pi * at / 12)),
    "august": counts(lambda at: 2 if at % 12 == 1 else 60),
    "summer peak": counts(lambda at: 120 if at % 12 == 0 else 10),
    "stock": drifting,
    "drifting share": drifting_share,
    "average": averages,
    **{
        f"{share:.0%} of {number}{' typed' if typed else ''}": shares(number, share, typed)
        for number in (8, 30, 200)
        for share in (0.03, 0.2, 0.5, 0.9, 0.98)
        for typed in (False, True)
    },
}


def by_chance(random: Random, size: int, indicators: int) -> Iterator[tuple[str, Counter[str]]]:
    """What is found in a report of each kind of series."""
    for kind, made in KINDS.items():
        found = month_of({f"i{number}": made(random, size) for number in range(indicators)})
        yield kind, Counter(code for code, _ in found)
