"""Rules about what must hold between figures: totals, breakdowns, subsets, stocks, shared denominators."""

from __future__ import annotations

from cpreport.model.finding import Rule, Severity
from cpreport.model.rules.example import Added

_TOTAL = Added('\n[[totals]]\nwhole = "rate/numerator"\nparts = ["mean/denominator"]\n')
_SUBSET = Added('\n[[subsets]]\npart = "rate/numerator"\nwhole = "mean/denominator"\n')
_STOCK = Added(
    '\n[[series]]\nid = "begun"\ntitle = "Begun"\n\n[[series]]\nid = "ended"\ntitle = "Ended"\n'
    '\n[[stocks]]\nstock = "moves"\nstarts = "begun"\nends = "ended"\n'
)
_STARTS = {"Data!A11": "begun", "Data!B11": "value", "Data!E11": 3}
_ENDS = {"Data!A12": "ended", "Data!B12": "value", "Data!E12": 2, "Data!F12": 2}
_SHARED = Added('\n[[shared_denominators]]\nindicators = ["far", "mean"]\n')

TOTAL_DIFFERS = Rule(
    "data.total-differs",
    Severity.ERROR,
    "Parts do not add up to their whole",
    "{name} {period} is {whole}, but {parts} add up to {total}",
    "Correct the whole or one of its parts.",
    fires={"indicators.toml": _TOTAL},
    where="Data!E2",
    silent={"indicators.toml": _TOTAL, "Data!E8": 610},
)
CONFIDENTIAL_COMPUTABLE = Rule(
    "data.confidential-computable",
    Severity.ERROR,
    "A confidential figure can be computed from others",
    "{name} {period} is confidential, but follows from others that the report prints: {others}",
    "Mark one more of them [c] in the sheet Marks.",
    fires={"indicators.toml": _TOTAL, "Data!E8": 610, "Data!F2": "[c]", "Data!F8": 604},
    where="Data!F2",
    silent={"indicators.toml": _TOTAL, "Data!E8": 610, "Data!F2": "[c]", "Data!F8": "[c]"},
)
SUBSET_EXCEEDS = Rule(
    "data.subset-exceeds",
    Severity.ERROR,
    "A part is more than its whole",
    "{name} {period} is {part}, more than {whole_name}, which is {whole}",
    "Correct one of the two, or take the pair out of [[subsets]] in indicators.toml.",
    fires={"indicators.toml": _SUBSET},
    where="Data!E2",
    silent={"indicators.toml": _SUBSET, "Data!E8": 610},
)
STOCK_DIFFERS = Rule(
    "data.stock-differs",
    Severity.ERROR,
    "A stock does not follow from the one before",
    "{name} {period} is {stock}, but {sum} is {expected}",
    "Correct one of the figures, or take the stock out of [[stocks]] in indicators.toml.",
    fires={"indicators.toml": _STOCK, **_STARTS, "Data!F11": 4, **_ENDS},
    where="Data!F6",
    silent={"indicators.toml": _STOCK, **_STARTS, "Data!F11": 3, **_ENDS},
)
DENOMINATORS_DIFFER = Rule(
    "data.denominators-differ",
    Severity.ERROR,
    "A shared denominator differs",
    "{name} {period}: the denominator is {denominator}, but that of {others} is {usual}",
    "Correct the denominator, or take the indicator out of [[shared_denominators]] in indicators.toml.",
    fires={"indicators.toml": _SHARED},
    where="Data!E8",
    silent={"indicators.toml": _SHARED, "Data!E8": 610},
)
BREAKDOWN_DIFFERS = Rule(
    "breakdown.total-differs",
    Severity.ERROR,
    "A breakdown does not add up",
    "{breakdown} {period}: the counts add up to {total}, but {of} is {whole}",
    "Correct the counts, or the figure in {cell}.",
    fires={"Breakdowns!D3": 22},
    where="Breakdowns!D2",
    silent={"Breakdowns!D3": "21 [p]"},
)
