"""What the tests share."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings

ALIKE = settings(derandomize=True, database=None, suppress_health_check=list(HealthCheck))
settings.register_profile("quick", ALIKE, max_examples=20, deadline=None)
settings.register_profile("thorough", ALIKE, max_examples=100, deadline=timedelta(seconds=30))
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write the files under tests/golden anew")
