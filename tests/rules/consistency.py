"""Examples of the rules about what must hold between figures."""

from __future__ import annotations

from ..example_month import Added
from .example import Example

_TOTAL = Added('\n[[totals]]\nwhole = "rate/numerator"\nparts = ["mean/denominator"]\n')
_SUBSET = Added('\n[[subsets]]\npart = "rate/numerator"\nwhole = "mean/denominator"\n')
_STOCK = Added(
    '\n[[series]]\nid = "begun"\ntitle = "Begun"\n\n[[series]]\nid = "ended"\ntitle = "Ended"\n'
    '\n[[stocks]]\nstock = "moves"\nstarts = "begun"\nends = "ended"\n'
)
_STARTS = {"Data!A11": "begun", "Data!B11": "value", "Data!E11": 3}
_ENDS = {"Data!A12": "ended", "Data!B12": "value", "Data!E12": 2, "Data!F12": 2}
_SHARED = Added('\n[[shared_denominators]]\nindicators = ["far", "mean"]\n')

EXAMPLES = {
    "data.total-differs": Example(
        {"indicators.toml": _TOTAL},
        "Data!E2",
        {"indicators.toml": _TOTAL, "Data!E8": 610},
    ),
    "data.confidential-computable": Example(
        {"indicators.toml": _TOTAL, "Data!E8": 610, "Data!F2": "[c]", "Data!F8": 604},
        "Data!F2",
        {"indicators.toml": _TOTAL, "Data!E8": 610, "Data!F2": "[c]", "Data!F8": "[c]"},
    ),
    "data.subset-exceeds": Example(
        {"indicators.toml": _SUBSET},
        "Data!E2",
        {"indicators.toml": _SUBSET, "Data!E8": 610},
    ),
    "data.stock-differs": Example(
        {"indicators.toml": _STOCK, **_STARTS, "Data!F11": 4, **_ENDS},
        "Data!F6",
        {"indicators.toml": _STOCK, **_STARTS, "Data!F11": 3, **_ENDS},
    ),
    "data.denominators-differ": Example(
        {"indicators.toml": _SHARED},
        "Data!E8",
        {"indicators.toml": _SHARED, "Data!E8": 610},
    ),
    "breakdown.total-differs": Example(
        {"Breakdowns!D3": 22},
        "Breakdowns!D2",
        {"Breakdowns!D3": "21 [p]"},
    ),
}
