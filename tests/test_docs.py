"""The documentation has every rule, what is made from the rules is up to date, and outputs come from their commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from benchmarks.simulation import every_series
from cpreport.commands.main import app
from cpreport.model.rules import all_rules
from docs.make_outputs import PAGES, WrongCommand, with_outputs
from docs.make_rules import made

ROOT = Path(__file__).parents[1]
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
OUTSIDE_THE_SITE = ["README.md", "CHANGELOG.md", "examples/README.md", "benchmarks/README.md"]


def commands(command: object, name: str = "cpreport") -> Iterator[tuple[str, list[str]]]:
    """The name of each command, and its options."""
    for each, below in getattr(command, "commands", {}).items():
        yield from commands(below, f"{name} {each}")
    if not hasattr(command, "commands"):
        yield name, [option for given in command.params for option in given.opts if option.startswith("--")]


def anchors(page: str) -> set[str]:
    """What links to a page's headings are called."""
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(("name", "options"), list(commands(typer.main.get_command(app))))
def test_every_command_and_option_is_documented(name: str, options: list[str]) -> None:
    assert f"`{name}" in COMMANDS
    assert [option for option in options if f"`{option}" not in COMMANDS] == []


def test_every_rule_is_documented() -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert [rule.code for rule in all_rules() if f"### {rule.code}\n" not in page] == []


@pytest.mark.parametrize("name", OUTSIDE_THE_SITE)
def test_links_of_pages_outside_the_site_lead_somewhere(name: str) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", (ROOT / name).read_text(encoding="utf-8")):
        file, _, anchor = link.partition("#")
        target = (ROOT / name).parent / file
        assert "://" in link or target.exists(), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_no_two_chapters_of_a_page_have_one_heading(page: Path) -> None:
    chapters = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted({*chapters}) == sorted(chapters)


def test_what_is_made_from_the_rules_is_up_to_date() -> None:
    stale = [path.name for path, text in made().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run make docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_block_without_a_language_is_an_output_that_a_script_writes(page: Path) -> None:
    before = re.findall(r"(.*)\n+ *```\n(?:.*\n)*? *```$", _without_languages(page), re.MULTILINE)
    assert [line for line in before if not re.fullmatch("<!-- output.* -->", line)] == []


def _without_languages(page: Path) -> str:
    """The page without its blocks in a language."""
    return re.sub(r"^ *```[^\n`]+\n.*?^ *```\n", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def test_a_page_for_a_situation_ends_where_the_next_begins() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    pages = re.findall(r"\(([\w-]+\.md)\) \|$", index.split("You want to")[0], re.MULTILINE)
    ends = {page: (ROOT / "docs" / page).read_text(encoding="utf-8").rstrip().rsplit("\n", 1)[1] for page in pages}

    assert len(ends) > 2
    assert [page for page, end in ends.items() if not re.search(r"\]\([\w-]+\.md(#[\w-]+)?\)", end)] == []


PAGE = """\
<!-- run
copy examples/july-2023.xlsx
copy examples/narrative
cell july-2023.xlsx Data!Q6 sixty
-->
```sh
cpreport validate july-2023.xlsx
```

<!-- output, 1 line -->
```
```
and <!-- output --> in a line of text, with
<!-- output of cpreport explain data.not-a-number -->
```text
what was printed before
```
"""


def test_the_outputs_of_a_page_are_those_of_its_commands() -> None:
    made = with_outputs(PAGE)

    assert "\n```\nerror    data.not-a-number  july-2023.xlsx  Data!Q6  'sixty' is not a number" in made
    assert "\n…\n```\nand <!-- output --> in a line of text" in made
    assert "before" not in made
    assert with_outputs(made) == made


@pytest.mark.parametrize("command", ["cpreport no-such-command", "cpreport build --no-such-option"])
def test_a_page_whose_command_is_wrong_is_not_written(command: str) -> None:
    with pytest.raises(WrongCommand, match="no-such"):
        with_outputs(f"<!-- output of {command} -->\n```\n```\n")


def test_the_judgement_is_wrong_in_at_most_one_month_of_twenty() -> None:
    page = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    rates = dict(re.findall(r"^\| (.+?) \| \d+% \| ([\d.]+)% \|", page, re.MULTILINE))

    assert list(rates) == [series.name for series in every_series()]
    assert max(map(float, rates.values())) <= 5
