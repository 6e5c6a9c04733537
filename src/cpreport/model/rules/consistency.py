"""Rules about what must hold between figures: totals, breakdowns, subsets, stocks, shared denominators."""

from __future__ import annotations

from cpreport.model.finding import error

TOTAL_DIFFERS = error(
    "data.total-differs",
    "Parts do not add up to their total",
    "{name} {period} is {whole}, but {parts} add up to {total}",
    "Correct the total or one of its parts.",
)
CONFIDENTIAL_COMPUTABLE = error(
    "data.confidential-computable",
    "A confidential figure can be computed from others",
    "{name} {period} is confidential, but can be computed from what the report prints: {others}",
    "Mark one more of them [c] in the sheet Marks.",
)
SUBSET_EXCEEDS = error(
    "data.subset-exceeds",
    "A part is more than its total",
    "{name} {period} is {part}, more than {whole_name}, which is {whole}",
    "Correct one of the two, or take the pair out of [[subsets]] in indicators.toml.",
)
STOCK_DIFFERS = error(
    "data.stock-differs",
    "A stock does not match the one before with its starts and ends",
    "{name} {period} is {stock}, but {sum} is {expected}",
    "Correct one of the figures, or take the stock out of [[stocks]] in indicators.toml.",
)
DENOMINATORS_DIFFER = error(
    "data.denominators-differ",
    "A shared denominator is not the same everywhere",
    "{name} {period}: the denominator is {denominator}, but that of {others} is {usual}",
    "Correct the denominator, or take the indicator out of [[shared_denominators]] in indicators.toml.",
)
BREAKDOWN_DIFFERS = error(
    "breakdown.total-differs",
    "A breakdown does not add up",
    "{breakdown} {period}: the counts add up to {total}, but {of} is {whole}",
    "Correct the counts, or the figure in {cell}.",
)
