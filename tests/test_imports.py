"""The arrows of the architecture: which part may import what, read from the source."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "cpreport"
WORD = {"docx", "jinja2", "lxml", "markupsafe", "openpyxl", "pptx"}
LIBRARIES = {
    "model": set(),
    "office": {"lxml", "openpyxl"},
    "inputs": {"lxml", "mammoth", "pydantic"},
    "analysis": {"pandas"},
    "checks": {"rapidfuzz", "snowballstemmer"},
    "compose": {"jinja2", "markdown_it"},
    "editions": WORD,
    "annotate": WORD,
    "forms": WORD,
    "commands": {"typer", "rich"},
}
SIDE_ROADS = {"annotate", "forms", "commands"}
"""They join stages, as pipeline.py does."""

EVERYWHERE = {"cpreport", *sys.stdlib_module_names}


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def modules(stage: str) -> list[Path]:
    return sorted((SOURCE / stage).rglob("*.py"))


@pytest.mark.parametrize("stage", LIBRARIES)
def test_a_stage_imports_only_the_model_itself_and_its_libraries(stage: str) -> None:
    allowed = {"cpreport.model", f"cpreport.{stage}"} | ({"cpreport.office"} if stage != "model" else set())
    if stage in SIDE_ROADS:
        allowed |= {f"cpreport.{other}" for other in LIBRARIES} | {"cpreport.pipeline"}
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
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not names & {"print", "exit", "input"}, path.name
        assert "sys.exit" not in text and ".now()" not in text and ".today()" not in text, path.name


def loaded_by(*arguments: str) -> set[str]:
    code = (
        "import sys\nsys.argv = ['cpreport', *sys.argv[1:]]\nfrom cpreport.commands.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return {line.split(".")[0] for line in run.stderr.splitlines()}


def test_help_loads_no_reader_no_models_no_tables_no_word() -> None:
    assert not loaded_by("--help") & {"python_calamine", "pydantic", "pandas", "docx", "openpyxl", "jinja2", "lxml"}


def test_figures_loads_no_templates_no_word_and_no_table_library() -> None:
    example = Path(__file__).parents[1] / "examples" / "july-2023.xlsx"
    assert not loaded_by("figures", str(example)) & {"jinja2", "markdown_it", "mammoth", "docx", "lxml", "pandas"}


def test_validate_loads_no_renderer_and_no_table_library() -> None:
    example = Path(__file__).parents[1] / "examples" / "july-2023.xlsx"
    assert not loaded_by("validate", str(example)) & {"docx", "docxtpl", "lxml", "pandas", "openpyxl"}


def test_build_loads_neither_pandas_nor_openpyxl(tmp_path: Path) -> None:
    example = Path(__file__).parents[1] / "examples" / "july-2023.xlsx"
    report = tmp_path / "july-2023.docx"
    assert not loaded_by("build", str(example), "--output", str(report)) & {"pandas", "openpyxl"}
    assert report.exists()
