"""What is possible but not likely: warnings, with thresholds in report.toml."""

from __future__ import annotations

from cpreport.checks.plausible import benchmarks, cells, timelines

RULES = (*cells.RULES, *timelines.RULES, *benchmarks.RULES)
