"""Scorecards: sheets with a row for each indicator, as councils keep them."""
