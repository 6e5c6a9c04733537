"""What may be missing on a machine."""

from __future__ import annotations


class WithoutTypst:
    """Put first among what finds modules, it makes typst one that is not installed."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name == "typst":
            raise ModuleNotFoundError(name)
