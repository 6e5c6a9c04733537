"""The arrows of the architecture: which part may import what, read from the source."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "cpreport"
WORD = {"docx", "jinja2", "lxml", "markupsafe", "openpyxl", "pptx", "xlsxwriter"}
LIBRARIES = {
    "model": set(),
    "office": {"lxml", "mammoth", "openpyxl"},
    "inputs": {"lxml", "pydantic"},
    "analysis": {"pandas"},
    "checks": {"rapidfuzz", "snowballstemmer"},
    "compose": {"jinja2", "markdown_it"},
    "editions": WORD | {"typst"},
    "gate": {"lxml", "pikepdf"},
    "annotate": WORD,
    "forms": WORD,
    "commands": {"typer", "rich"},
}
SIDE_ROADS = {"annotate", "forms", "commands"}
"""They join stages, as pipeline.py does."""

EVERYWHERE = {"cpreport", *sys.stdlib_module_names}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> tuple[str, ...]:
    """The modules that a file imports, wherever in it."""
    names = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append("." * node.level + (node.module or ""))
    return tuple(names)


def modules(stage: str) -> list[Path]:
    return sorted((SOURCE / stage).rglob("*.py"))


@pytest.mark.parametrize("stage", LIBRARIES)
def test_a_stage_imports_only_the_model_itself_and_its_libraries(stage: str) -> None:
    allowed = {"cpreport.model", f"cpreport.{stage}"} | ({"cpreport.office"} if stage != "model" else set())
    if stage in SIDE_ROADS:
        allowed |= {f"cpreport.{other}" for other in LIBRARIES} | {
            "cpreport.pipeline",
            "cpreport.publishing",
            "cpreport.verification",
        }
    for path in modules(stage):
        for name in imported(path):
            assert name.split(".")[0] in EVERYWHERE | LIBRARIES[stage], f"{path.name} imports {name}"
            if name.startswith("cpreport"):
                assert ".".join(name.split(".")[:2]) in allowed, f"{path.name} imports {name}"


def test_every_folder_is_a_stage() -> None:
    folders = {path.name for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders - {"templates"} == set(LIBRARIES)


def test_only_the_command_line_imports_typer_and_only_it_prints_or_exits() -> None:
    for path in SOURCE.rglob("*.py"):
        if path.parent == SOURCE / "commands":
            continue
        text = path.read_text(encoding="utf-8")
        assert "sys.stdout" not in text, path.name
        assert not {name.split(".")[0] for name in imported(path)} & {"typer"}, path.name
        names = {
            node.func.id
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not names & {"print", "exit", "input"}, path.name
        assert "sys.exit" not in text and ".now()" not in text and ".today()" not in text, path.name


EXAMPLE = Path(__file__).parents[1] / "examples" / "july-2023.xlsx"
SHELL = Path(__file__).parents[1] / "templates" / "corporate-parenting" / "shell.docx"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What has been loaded after each of these commands, run one after another in one process."""
    report = tmp_path_factory.mktemp("imports") / "july-2023.docx"
    commands = [
        ["--help"],
        ["figures", str(EXAMPLE)],
        ["validate", str(EXAMPLE)],
        ["check", str(SHELL)],
        ["build", str(EXAMPLE), "--output", str(report)],
    ]
    code = (
        "import json, sys\nfrom cpreport.commands.main import main\n"
        "for arguments in json.loads(sys.argv[1]):\n"
        "    sys.argv = ['cpreport', *arguments]\n"
        "    try:\n        main()\n    except SystemExit:\n        pass\n"
        "    print('\\nloaded:', *sys.modules, file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code, json.dumps(commands)], capture_output=True, text=True, check=True)
    lines = [line for line in run.stderr.splitlines() if line.startswith("loaded:")]
    assert report.exists()
    return {
        command: {name.split(".")[0] for name in line.split()[1:]}
        for (command, *_), line in zip(commands, lines, strict=True)
    }


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        ("--help", {"python_calamine", "pydantic", "pandas", "docx", "openpyxl", "jinja2", "lxml"}),
        ("figures", {"jinja2", "markdown_it", "mammoth", "docx", "lxml", "pandas"}),
        ("validate", {"docx", "docxtpl", "lxml", "pandas", "openpyxl"}),
        ("check", {"docx", "pandas", "openpyxl", "pypdf"}),
        ("build", {"pandas", "openpyxl", "xlsxwriter"}),
    ],
)
def test_a_command_loads_only_what_it_needs(loaded: dict[str, set[str]], command: str, unneeded: set[str]) -> None:
    assert "cpreport" in loaded[command]
    assert not loaded[command] & unneeded
