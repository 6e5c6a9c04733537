"""What may be missing on a machine."""

from __future__ import annotations

import sys

import pytest


class _WithoutTypst:
    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name == "typst":
            raise ModuleNotFoundError(name)


def without_typst(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes typst a module that is not installed, even where another test has loaded it."""
    monkeypatch.delitem(sys.modules, "typst", raising=False)
    monkeypatch.setattr(sys, "meta_path", [_WithoutTypst, *sys.meta_path])
