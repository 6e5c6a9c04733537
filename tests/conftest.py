"""What the tests share."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

from cpreport.commands.main import main

ALIKE = settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("quick", ALIKE, max_examples=12)
settings.register_profile("thorough", ALIKE, max_examples=100)
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write the files under tests/golden anew")


def pytest_configure(config: pytest.Config) -> None:
    """Commands that run as processes of their own find their modules compiled, as installed ones do."""
    if getattr(config, "cache", None):
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(config.cache.mkdir("bytecode"))


def pytest_collection_finish() -> None:
    """What has been loaded by now stays to the end: not looking for garbage in it saves a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Calls cpreport with arguments, as from a shell: exit status, standard output, standard error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cpreport", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        sys.stdout.flush()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        assert "has a bug" not in err
        return int(left.value.code or 0), out, err

    return call
