"""The sentences that a report computes, by their keys. report.toml may give other texts for them.

The words in braces are fields. Some have a second text for a count or number of 1, whose key ends in `_one`.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import NamedTuple


class Sentence(NamedTuple):
    """A sentence as it is printed by default. `more` are fields that only other texts for it use."""

    text: str
    more: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The names that may stand in braces."""
        own = (name for _, name, _, _ in Formatter().parse(self.text) if name)
        return (*dict.fromkeys((*own, *self.more)),)


_LINE_TOO = ("reference", "status", "period")

SENTENCES: Mapping[str, Sentence] = {
    "measures": Sentence("{count} measures: {counts}."),
    "measures_one": Sentence("{count} measure: {counts}."),
    "counted_on_target": Sentence("{count} on target"),
    "counted_close": Sentence("{count} close"),
    "counted_off_target": Sentence("{count} off target"),
    "counted_no_target": Sentence("{count} without a target"),
    "counted_not_due": Sentence("{count} not due"),
    "counted_no_judgement": Sentence("{count} not judged"),
    "counted_no_figure": Sentence("{count} without a figure"),
    "counted_renamed": Sentence("{count} {word}"),
    "since": Sentence("Since {report}: {changes}."),
    "last_report": Sentence("the {period} report"),
    "newly_off_target": Sentence("{count} newly off target"),
    "newly_close": Sentence("{count} newly close"),
    "back_on": Sentence("{count} back on"),
    "newly_renamed": Sentence("{count} newly {word}"),
    "unchanged": Sentence("no change of status"),
    "not_compared": Sentence("{count} not compared"),
    "line": Sentence("{symbol} {title}: {figure}{change}{judgement}.{needed}", _LINE_TOO),
    "line_of_period": Sentence("{symbol} {title}, {period}: {figure}{change}{judgement}.{needed}", _LINE_TOO),
    "value": Sentence("{value}"),
    "value_with_target": Sentence("{value} (target {target})"),
    "average": Sentence("{value} on average"),
    "average_with_target": Sentence("{value} on average (target {target})"),
    "count": Sentence("{value} ({numerator})"),
    "count_with_target": Sentence("{value} ({numerator}; target {target})"),
    "fraction": Sentence("{numerator} of {denominator} ({value})"),
    "fraction_with_target": Sentence("{numerator} of {denominator} ({value}; target {target})"),
    "year_to_date": Sentence("{value} in the year to date"),
    "year_to_date_with_target": Sentence("{value} in the year to date (target {target})"),
    "with_mark": Sentence("{value}, {mark}"),
    "points": Sentence("{number} percentage points"),
    "points_one": Sentence("{number} percentage point"),
    "more_than": Sentence(", {number} more than in {period}"),
    "fewer_than": Sentence(", {number} fewer than in {period}"),
    "less_than": Sentence(", {number} less than in {period}"),
    "same_as": Sentence(", as in {period}"),
    "judged": Sentence("; {judgement}"),
    "judged_of_period": Sentence("; {period}: {judgement}"),
    "needed_more": Sentence(" {count} more were needed."),
    "needed_more_one": Sentence(" {count} more was needed."),
    "needed_fewer": Sentence(" {count} fewer were needed."),
    "needed_fewer_one": Sentence(" {count} fewer was needed."),
    "nothing": Sentence("No measure is off target or close to it, and none is judged better or worse."),
    "nothing_off_target": Sentence("No measure is off target or close to it."),
    "nothing_worse": Sentence("No measure is judged better or worse."),
    "nothing_judged": Sentence("No measure is judged."),
    "more_off_target": Sentence("{count} more off target"),
    "more_close": Sentence("{count} more close"),
    "more_worse": Sentence("{count} more that are worse"),
    "more_worse_one": Sentence("{count} more that is worse"),
    "more_better": Sentence("{count} more that are better"),
    "more_better_one": Sentence("{count} more that is better"),
    "more_renamed": Sentence("{count} more {word}"),
    "rest": Sentence("{rest}."),
    "rest_in_tables": Sentence("{rest}: {tables}."),
    "table": Sentence("Table {number}"),
    "tables": Sentence("Tables {numbers}"),
    "symbols": Sentence("{on}; {close}; {off}."),
    "than_usual": Sentence("{verdict} than usual"),
    "as_usual": Sentence("as usual"),
    "word_not_as_usual": Sentence("{verdict}, not as usual"),
    "word_as_usual": Sentence("{verdict}, as usual"),
    "than_period": Sentence("{verdict} than {period}"),
    "since_period": Sentence("{verdict} since {period}"),
    "status_set": Sentence("{title}: {word}, as set by an officer. {reason}. Computed: {computed}."),
    "own_tolerance": Sentence("{titles}: {word} if the target is missed by {tolerance}."),
    "means_on_target": Sentence("The newest figure meets its target."),
    "means_close": Sentence("It misses the target by {tolerance}, unless a note under the table says otherwise."),
    "means_off_target": Sentence("It misses the target by more than that."),
    "means_no_target": Sentence("There is no target, or it is still to be agreed."),
    "means_not_due": Sentence("The target is for a later day, or the year that it is for has not ended."),
    "means_no_figure": Sentence("There is no figure to hold against the target."),
    "means_no_judgement": Sentence("There is a target, but the figure cannot be held against it."),
    "means_changed": Sentence(
        "The difference from the figure of a year ago is larger than chance alone would explain."
    ),
    "means_no_clear_change": Sentence("The difference from the figure of a year ago may be chance."),
    "means_not_as_usual": Sentence(
        "Chance alone would not explain how it differs from this measure's earlier figures."
    ),
    "means_as_usual": Sentence("It differs from this measure's earlier figures no more than they do from each other."),
    "means_too_few": Sentence(
        "Fewer than {denominator} in the denominator, or {events} events: chance plays too large a part."
    ),
    "means_cannot_tell": Sentence(
        "The figure, or what it would be compared with, is not there, or too little is known of it."
    ),
    "cumulative": Sentence("* cumulative, {year} to {period}{more}{titles}"),
    "earlier_columns": Sentence("; earlier columns: to their own {period}"),
    "each_alone": Sentence("{title}: the figures of each {period} alone, not the year to date."),
    "no_summary": Sentence("{title}: no {names} ({reason})."),
    "breaks_at": Sentence("the series breaks at {period}"),
    "missing_at": Sentence("{period}: {state}"),
    "missing_and_more": Sentence("{period} and {count} more: {state}"),
    "so_far": Sentence("{value} so far, target {target}; year ends {month}"),
    "so_far_of": Sentence("{value} of {target} so far; year ends {month}"),
    "positive_progress": Sentence("Positive progress"),
    "areas_of_risk": Sentence("Areas of risk"),
    "for_information": Sentence("For information"),
    "none_listed": Sentence("None."),
    "changes_since": Sentence("Changes since {report}:"),
    "no_changes": Sentence("Since {report} no status, arrow, reported figure, target or definition has changed."),
    "no_last_report": Sentence("There is no audit file of an earlier report to compare this one with."),
    "changed_to_off_target": Sentence("Newly {word}: {count}"),
    "changed_to_close": Sentence("Newly {word}: {count}"),
    "changed_to_on_target": Sentence("Now {word}: {count}"),
    "changed_to_not_judged": Sentence("No longer judged against a target: {count}"),
    "changed_directions": Sentence("Arrows that have turned: {count}"),
    "changed_figures": Sentence("Figures that have changed since they were reported: {count}"),
    "withdrawn_figures": Sentence("Figures that are no longer published: {count}"),
    "changed_targets": Sentence("Changed targets: {count}"),
    "changed_definitions": Sentence("Changed definitions: {count}"),
    "new_indicators": Sentence("New measures: {count}"),
    "gone_indicators": Sentence("Measures that are no longer in the report: {count}"),
    "unchanged_texts": Sentence("Texts with the same words as in the last report: {count}"),
    "change_of_status": Sentence("{title}: {after} in {period}, {before} in {was}"),
    "change_of_direction": Sentence("{title}: {after} in {period}, {before} in {was}"),
    "change_of_figure": Sentence("{figure}: {after}, reported as {before}"),
    "withdrawn_figure": Sentence("{figure}: no longer published"),
    "change_of_target": Sentence("{title}: {after}, was {before}"),
    "change_of_definition": Sentence("{title}, {what}: {after}, was {before}"),
    "not_set": Sentence("not set"),
    "new_indicator": Sentence("{title}"),
    "gone_indicator": Sentence("{title}"),
    "unchanged_text": Sentence("{section}: {title}"),
    "no_text": Sentence("No text was given for this period."),
    "no_comments": Sentence("No comment was given for this period."),
    "comment_awaited": Sentence("{comment} awaited from {owner}"),
    "comment_awaited_of_nobody": Sentence("{comment} awaited"),
    "chart_figure": Sentence("{title}: {value} in {period}"),
    "chart_two_figures": Sentence("{title}: {value} in {period}, {earlier} in {since}"),
    "chart_rose": Sentence("{title} rose to {value} in {period}, from {earlier} in {since}"),
    "chart_fell": Sentence("{title} fell to {value} in {period}, from {earlier} in {since}"),
    "chart_judged": Sentence("{title}: {value} in {period}, {judgement}"),
    "chart_of_several": Sentence("{title}, {since} to {period}"),
    "chart_compared": Sentence("{title}: {value} in {period}, beside others"),
    "chart_breakdown": Sentence("{title}, {period}"),
    "chart_largest": Sentence("{title}, {period}: largest {category} with {value}"),
    "chart_lines": Sentence("Line chart of {title} ({unit}), {first} to {last}."),
    "chart_bars": Sentence("Bar chart of {title} ({unit})."),
    "chart_columns": Sentence("Column chart of {title} ({unit})."),
    "chart_stacked": Sentence("Stacked column chart of {title} ({unit})."),
    "chart_in_period": Sentence("{value} in {period}"),
    "chart_of_category": Sentence("{category}: {value}"),
    "chart_series": Sentence("{name}: first {first}, last {last}, highest {highest}, lowest {lowest}."),
    "chart_ends": Sentence("{name}: first {first}, last {last}."),
    "chart_points": Sentence("{name}: {points}."),
    "chart_level": Sentence("{name}: {value} from {first} to {last}."),
    "chart_missing": Sentence("{name}, {state}: {periods}."),
    "chart_provisional": Sentence("{name}, expected to change: {periods}."),
    "chart_break": Sentence("{name}, not comparable with earlier figures: from {periods} on."),
    "chart_not_drawn": Sentence("{name}: {value}, not drawn ({reason})."),
    "chart_limits_of": Sentence("Mean and limits: of the figures from {first} to {last}."),
    "chart_no_limit": Sentence("{name}: none, as it would be beyond what is possible."),
}


def sentence(own: Mapping[str, str], key: str, **values: object) -> str:
    """The sentence of a key with its fields filled: the report's `own` text where it has one."""
    if "1" in (str(values.get("count")), values.get("number")) and f"{key}_one" in SENTENCES:
        key = f"{key}_one"
    return (own.get(key) or SENTENCES[key].text).format(**values)
