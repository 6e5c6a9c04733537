"""indicators-library.toml: indicators that a report may use without defining them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from cpreport.inputs.definitions.definitions import Definition
from cpreport.inputs.definitions.indicators_file import IndicatorDefinition, IndicatorsFile, SeriesDefinition

LIBRARY = "indicators-library.toml"

Offered = Mapping[str, IndicatorDefinition | SeriesDefinition]


def offered(library: IndicatorsFile, own: IndicatorsFile) -> Offered:
    """The library's indicators and series by id, except those with a name that a report's own indicators.toml has."""
    names = {name.casefold() for name in names_in(own)}
    return {each.id: each for each in _entries(library) if each.id.casefold() not in names}


def names_in(file: IndicatorsFile) -> list[str]:
    """The ids of indicators and series, and the earlier ones."""
    return [*_ids(file), *(name for entry in file.indicators for name in entry.formerly)]


def with_library(
    own: IndicatorsFile, library: IndicatorsFile, wanted: Collection[str], begins: Mapping[str, date]
) -> IndicatorsFile:
    """A report's own definitions, with the wanted ones that only the library has, and what these refer to.

    The library's checks come with them where all their parts are there. A figure that they refer to, but that neither
    file defines, has rows of its own in the workbook. `begins` are the first days of lives, by id.
    """
    taken = _with_references(wanted, offered(library, own))
    known = {*_ids(own), *taken}
    broken_down = [breakdown.id for breakdown in own.breakdowns]

    def is_in_use(entry: Definition) -> bool:
        names = {name.source.name for _, name in entry.named()}
        return not names.isdisjoint(taken) and names <= known and getattr(entry, "id", "") not in broken_down

    more = {header: [entry for entry in entries if is_in_use(entry)] for header, entries in library}
    more["series"] = [each for each in library.series if each.id in taken]
    more["indicators"] = [_adapted(each, known, begins) for each in library.indicators if each.id in taken]
    return own.model_copy(update={header: [*entries, *more[header]] for header, entries in own})


def _entries(file: IndicatorsFile) -> list[IndicatorDefinition | SeriesDefinition]:
    return [*file.indicators, *file.series]


def _ids(file: IndicatorsFile) -> list[str]:
    return [entry.id for entry in _entries(file)]


def _with_references(wanted: Collection[str], entries: Offered) -> set[str]:
    """Those of some ids that entries have, and of all that these refer to."""
    waiting, taken = [*wanted], set[str]()
    while waiting:
        name = waiting.pop()
        if name in entries and name not in taken:
            taken.add(name)
            waiting += [each.source.name for _, each in entries[name].named()]
    return taken


def _adapted(entry: IndicatorDefinition, known: Collection[str], begins: Mapping[str, date]) -> IndicatorDefinition:
    """An indicator that refers to nothing unknown, and begins when the report says."""
    unknown = {key: None for key, name in entry.named() if name.source.name not in known}
    return entry.model_copy(update={**unknown, "begins": begins.get(entry.id, entry.begins)})
