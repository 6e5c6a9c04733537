"""Rules about figures held against each other: what must hold between them, and what is possible but not likely.

The thresholds of what is likely are set in report.toml, [plausibility].
"""

from __future__ import annotations

from cpreport.model.finding import error, warning

JUMP = warning("""plausibility.jump
    A figure is far from its own earlier figures
    {name} {period}: {value} is further than ever from its usual level (median {median} of {number} before)
    Check it; explain it in the narrative, or mark a break: [b] in Marks.""")
SIGN = warning("""plausibility.sign
    A number is negative, unlike all others in its row
    {name} {period}: the {part} is {value}, and no other number in its row is negative
    Check the sign.""")
SLIPPED = warning("""plausibility.slipped-digit
    A number is ten times or a tenth of its usual level
    {name} {period}: {part} {value} is {times} what it usually is (median {median})
    Check whether a digit is missing or there is one too many.""")
CELLS_SWAPPED = warning("""plausibility.swapped-cells
    Two neighbouring rows may be swapped
    {name} {period}: {part} {value} is usually about {usual}; {other} {other_part} has {other_value}, usually \
        about {other_usual}
    Check whether the two cells were swapped.""")
PARTS_SWAPPED = warning("""plausibility.swapped-parts
    Numerator and denominator may be swapped
    {name} {period}: {part} {value} is usually about {usual}; its {other_part} has {other_value}, usually about \
        {other_usual}
    Check whether the two cells were swapped.""")
FRACTION = warning("""plausibility.fraction
    A percentage looks like a fraction, or the reverse
    {name} {period}: {part} {value} is {times} what it usually is (median {median})
    Type 89.7 for 89.7% in a cell without percent format.""")
COLUMN_COPIED = warning("""plausibility.column-copied
    All figures equal last period's
    {period}: all {number} figures that usually change equal those of {earlier}
    Check whether the column was copied and still has to be updated.""")
UNCHANGED = warning("""plausibility.unchanged
    A figure has not changed for a long time
    {name} {period}: {value} has been the same for {number} periods, though it nearly always changed before
    Check whether it is still being updated.""")
BENCHMARK_OLD = warning("""plausibility.benchmark-old
    A benchmark is out of date
    {what} of {period}, {age} months before the data (limit {limit})
    Find newer ones and give their period (in Benchmarks or About), or raise benchmark_age in report.toml, \
        [plausibility].""")
BENCHMARK_OTHER_UNIT = warning("""plausibility.benchmark-unit
    A benchmark is in a different unit from the figures
    {name}: the benchmark {comparator} is {value}, but the median figure is {median}
    Check both units (per 1,000 or per 10,000, days or weeks).""")
TOTAL_DIFFERS = error("""data.total-differs
    Parts do not add up to their total
    {name} {period} is {whole}, but {parts} add up to {total}
    Correct the total or one of its parts.""")
CONFIDENTIAL_COMPUTABLE = error("""data.confidential-computable
    A confidential figure can be computed from others
    {name} {period} is confidential, but can be computed from what the report prints: {others}
    Mark one more of them [c] in the sheet Marks.""")
SUBSET_EXCEEDS = error("""data.subset-exceeds
    A part is more than its total
    {name} {period} is {part}, more than {whole_name}, which is {whole}
    Correct one of the two, or take the pair out of [[subsets]] in indicators.toml.""")
STOCK_DIFFERS = error("""data.stock-differs
    A stock is not the previous one plus its starts minus its ends
    {name} {period} is {stock}, but {sum} is {expected}
    Correct one of the figures, or take the stock out of [[stocks]] in indicators.toml.""")
DENOMINATORS_DIFFER = error("""data.denominators-differ
    A shared denominator is not the same everywhere
    {name} {period}: the denominator is {denominator}, but that of {others} is {usual}
    Correct the denominator, or take the indicator out of [[shared_denominators]] in indicators.toml.""")
BREAKDOWN_DIFFERS = error("""breakdown.total-differs
    A breakdown does not add up
    {breakdown} {period}: the counts add up to {total}, but {of} is {whole}
    Correct the counts, or the figure in {cell}.""")
