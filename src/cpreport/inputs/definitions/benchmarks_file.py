"""benchmarks.toml as pydantic models: which figures of DfE's files are the benchmarks of which indicator."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from cpreport.inputs.definitions.definitions import Definition, Line

Month = Literal[
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip


class SourceDefinition(Definition):
    """A figure of a data file of Explore education statistics."""

    file: Line = Field(description="the file's name, without folders")
    where: dict[Line, Line] = Field({}, description="the values that its rows have, by filter")
    value: Line = Field(description="the indicator, as the file calls it")
    year_ends: Month = Field("March", description="the last month of a reporting year")


class BenchmarksFile(Definition):
    """benchmarks.toml: a table [["4.05.01"]] for each indicator; more of one indicator are of different files."""

    model_config = ConfigDict(extra="allow")
    free_tables: ClassVar[type[Definition] | None] = SourceDefinition
    __pydantic_extra__: dict[str, list[SourceDefinition]]
