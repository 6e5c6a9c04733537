"""All scorecards that tests read."""

from __future__ import annotations

from . import exports, monthly, quarterly
from .card import Card

CARDS: tuple[Card, ...] = (
    monthly.plain(),
    monthly.year_above_months(),
    monthly.newest_first(),
    monthly.years_only_first(),
    monthly.labels_on_the_right(),
    monthly.excel_dates(),
    quarterly.actual_and_target_columns(),
    quarterly.actual_and_target_rows(),
    quarterly.counts_below(),
    quarterly.release(),
    quarterly.terms_and_years(),
    exports.power_bi(),
    exports.this_month(),
    exports.transposed(),
    exports.decorated(),
    exports.number_and_percentage_columns(),
    exports.coloured_groups(),
    exports.words_for_status(),
    exports.values_as_text(),
    exports.several_tables(),
    exports.no_year(),
)
