"""Which findings are reported: all but those that report.toml, an acceptance or the command line leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from cpreport.model.correction import ACCEPTED_BY_HAND, Correction, Replacement, by_hand
from cpreport.model.finding import Finding, Ignored, Place, Quote
from cpreport.model.folder import Ignore, ReportFolder
from cpreport.model.period import long_date
from cpreport.model.rules.definition import IGNORE_EXPIRED
from cpreport.model.rules.quoted import ACCEPTANCE_LAPSED, COULD_BE_COMPUTED
from cpreport.model.tags import plain_signs
from cpreport.model.workbook import Acceptance, Workbook

Split = tuple[list[Finding], list[Ignored]]


def active_findings(findings: Iterable[Finding], folder: ReportFolder, workbook: Workbook) -> Split:
    """The findings without those that report.toml ignores, or of sentences that somebody accepts.

    Errors are never ignored: a wrong figure stays wrong. An acceptance holds as long as neither its sentence nor a
    figure beside it changes; spaces, quotes and dashes do not matter. What has expired or no longer holds is a finding.
    """
    ignores = _active_ignores(folder, workbook.data_as_at)
    known = {_alike(each.sentence, figure): each for each in reversed(workbook.accepted) for figure in each.figures}
    holding: set[Acceptance] = set()

    def why(finding: Finding) -> str:
        if reason := _why_ignored(finding, ignores):
            return reason
        acceptance = known.get(_alike(finding.quote.sentence, finding.quote.held)) if finding.quote else None
        if acceptance is None:
            return ""
        holding.add(acceptance)
        return f"accepted by {acceptance.name}: {acceptance.reason}"

    kept, ignored = _split(findings, why)
    expired = _expired_acceptances(each for each in known.values() if each not in holding)
    return [*kept, *_expired_ignores(folder, workbook.data_as_at), *expired], ignored


def without_ignored(findings: Iterable[Finding], folder: ReportFolder, workbook: Workbook) -> Split:
    """The findings about a finished document, which nobody can accept, without those that report.toml ignores."""
    ignores = _active_ignores(folder, workbook.data_as_at)
    return _split(findings, lambda finding: _why_ignored(finding, ignores))


def _why_ignored(finding: Finding, ignores: Sequence[Ignore]) -> str:
    """Why report.toml ignores a finding; empty if it does not."""
    entry = next((entry for entry in ignores if _is_meant(entry, finding)), None)
    return f"report.toml, until {long_date(entry.until)}: {entry.reason}" if entry else ""


def _split(findings: Iterable[Finding], why: Callable[[Finding], str]) -> Split:
    """The findings that are reported, for which `why` is empty, and the others with the reason that it gives."""
    reasons = [(finding, why(finding)) for finding in findings]
    kept = [finding for finding, reason in reasons if not reason]
    return kept, [Ignored(finding, reason) for finding, reason in reasons if reason]


def _expired_acceptances(acceptances: Iterable[Acceptance]) -> Iterator[Finding]:
    """The acceptances of this period that no longer hold, in one finding at the first."""
    lapsed = sorted({each for each in acceptances if not each.is_earlier}, key=lambda each: each.place.line)
    if lapsed:
        more = f" (and {len(lapsed) - 1} more)" if lapsed[1:] else ""
        yield ACCEPTANCE_LAPSED.at(lapsed[0].place, sentence=lapsed[0].sentence, name=lapsed[0].name, more=more)


def permitted(correction: Correction, folder: ReportFolder, day: date, accepted: Sequence[Acceptance]) -> Correction:
    """A correction without what report.toml ignores on a day; a sentence that somebody accepts is left as it is."""
    sentences, ignores = {_plain(acceptance.sentence) for acceptance in accepted}, _active_ignores(folder, day)

    def is_ignored(each: Replacement) -> bool:
        found = COULD_BE_COMPUTED.at(each.place, number=each.number, sentence=each.sentence, tag=each.tag)
        return any(_is_meant(entry, found) for entry in ignores)

    kept = (each for each in correction.replacements if not is_ignored(each))
    judged = (by_hand(each, ACCEPTED_BY_HAND) if _plain(each.sentence) in sentences else each for each in kept)
    return replace(correction, replacements=tuple(judged))


def _active_ignores(folder: ReportFolder, day: date) -> list[Ignore]:
    return [entry for entry in folder.ignores if entry.until >= day]


def _alike(sentence: str, figure: str) -> Quote:
    return Quote(_plain(sentence), _plain(figure))


def _plain(text: str) -> str:
    return " ".join(plain_signs(text).strip("\"' ").split()).casefold()


def by_code(findings: Iterable[Finding], only: Sequence[str], ignore: Sequence[str]) -> Split:
    """The findings of some codes or areas (`data`), or without them."""

    def why(finding: Finding) -> str:
        if only and not any(names(name, finding.code) for name in only):
            return "left out by --only"
        return "left out by --ignore" if any(names(name, finding.code) for name in ignore) else ""

    return _split(findings, why)


def names(name: str, code: str) -> bool:
    """Whether a name is a code or the area it belongs to, as `data` or `data.*`."""
    return code == name or code.startswith(name.removesuffix("*").removesuffix(".") + ".")


def _is_meant(entry: Ignore, finding: Finding) -> bool:
    place = finding.place
    pairs = ((entry.indicator, place.indicator), (entry.period, place.period), (entry.section, place.section))
    return not finding.is_error and finding.code == entry.code and all(wanted in ("", found) for wanted, found in pairs)


def _expired_ignores(folder: ReportFolder, day: date) -> Iterator[Finding]:
    for entry in folder.ignores:
        if entry.until < day:
            place = Place(file="report.toml", indicator=entry.indicator, section=entry.section)
            yield IGNORE_EXPIRED.at(place, code=entry.code, until=long_date(entry.until), day=long_date(day))
