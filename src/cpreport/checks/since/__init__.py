"""What has changed since an earlier report."""

from __future__ import annotations

from cpreport.checks.since import benchmarks, restated

RULES = (*restated.RULES, *benchmarks.RULES)
