"""Rules about what narratives say about figures: numbers, periods and directions."""

from __future__ import annotations

from cpreport.model.finding import aside, doubtful, error, note, warning

NUMBER_DISAGREES = doubtful("""narrative.number-disagrees
    A number disagrees with its indicator
    “{words}”: {indicator}, {held}
    Correct the number or print it with a tag""")
PERIOD_DISAGREES = doubtful("""narrative.period-disagrees
    A number is for another period than its sentence says
    “{words}”: {indicator}, {held}
    Correct the number or the period""")
SWAPPED = doubtful("""narrative.swapped
    A number is another indicator's figure
    “{words}” is another indicator's figure: {indicator}, {held}
    Correct the number or print it with a tag""")
TARGET_DISAGREES = doubtful("""narrative.target-disagrees
    A sentence about a target disagrees with it
    “{words}”: {indicator}, {held}
    Correct the words or the target""")
RANK_DISAGREES = doubtful("""narrative.rank-disagrees
    A ranking disagrees with the figures
    “{words}”: {indicator}, {held}
    Correct the words""")
CONFIDENTIAL_TYPED = warning("""narrative.confidential-number
    A text gives a number that is confidential
    “{words}” gives a figure that is marked confidential
    Take the number out of the text, or its mark out of the workbook.""")
DIRECTION_DISAGREES = doubtful("""narrative.direction-disagrees
    A direction disagrees with the figures
    “{words}”: {indicator}, {held}
    Correct the words""")
NUMBER_UNCHECKED = aside("""narrative.number-unchecked
    A number in a text could not be checked
    “{words}” could not be checked
    Check it yourself: no figure of the section confirms or contradicts it.""")
COULD_BE_COMPUTED = aside("""narrative.could-be-computed
    A number is typed that could be computed
    {number!r} in “{sentence}” is right, and typed by hand
    Write {tag} instead. `cpreport narrative fix` does that in Markdown and in the sheet; in Word do it by hand.""")
SENTENCES_DISAGREE = doubtful("""narrative.sentences-disagree
    Two sentences say opposite things about a figure
    “{words}”, but “{other}” ({first}): {indicator}, {held}
    Correct one of them""")
WORSE_UNMENTIONED = warning("""narrative.worse-unmentioned
    No narrative mentions an indicator that got clearly worse
    no narrative of {section} mentions {indicator}, which got clearly worse ({held})
    Say why, and what is being done about it, or name the indicator in a tag.""")
ACCEPTED_COLUMNS = error("""narrative.accepted-columns
    accepted.csv lacks columns
    the first line lacks {missing}
    Its columns are {columns}.""")
ACCEPTED_NO_TEXT = error("""narrative.accepted-no-text
    accepted.csv is not a text file
    {file} cannot be read: it is {kind}, despite its name
    Save it as CSV (Comma delimited), or write it in a text editor.""")
ACCEPTED_INCOMPLETE = warning("""narrative.accepted-incomplete
    An acceptance lacks its name or reason, or has too many cells
    the row {mistake}, so it has no effect
    Give the sentence, the figure, the name of who accepts it and the reason.""")
ACCEPTANCE_LAPSED = note("""narrative.acceptance-lapsed
    An acceptance no longer holds
    what {name} accepted is no longer found: “{sentence}”, or the figure beside it, has changed{more}
    Check the sentence again, and remove the row or write a new one.""")
