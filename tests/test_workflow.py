"""The release workflow, which runs on a forge only, is what the forge takes, and means what there is."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PATH = ROOT / ".github" / "workflows" / "release.yml"
WORKFLOW = yaml.safe_load(PATH.read_text(encoding="utf-8"))
JOBS: dict[str, dict[str, Any]] = WORKFLOW["jobs"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, step) for name, job in JOBS.items() for step in job["steps"])


@pytest.mark.skipif(
    importlib.util.find_spec("check_jsonschema") is None and not os.environ.get("CI"),
    reason="check-jsonschema is not installed",
)
def test_it_follows_the_schema_of_workflows() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(PATH)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_jobs_need_jobs_that_are_there_and_end() -> None:
    done: set[str] = set()
    while ready := {name for name, job in JOBS.items() if {*job.get("needs", [])} <= done} - done:
        done |= ready
    assert done == JOBS.keys()


def test_every_expression_names_something_that_is_there() -> None:
    matrices = {name: job.get("strategy", {}).get("matrix", {}) for name, job in JOBS.items()}
    for name, job in JOBS.items():
        for expression in re.findall(r"\$\{\{\s*(.*?)\s*\}\}", str(job)):
            known = {f"matrix.{key}" for key in matrices[name]} | {"github.token", "github.repository"}
            assert expression in known, (name, expression)
    environment = {*WORKFLOW["env"], *(key for _, step in steps() for key in step.get("env", {}))}
    named = {name for _, step in steps() for name in re.findall(r"\$env:([A-Z_]+)", step.get("run", ""))}
    assert named <= environment


def test_tests_run_on_each_system_with_each_python() -> None:
    matrix = JOBS["test"]["strategy"]["matrix"]
    classified = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
    assert {*classified} <= {*matrix["python"]}
    assert f">={matrix['python'][0]}" == PROJECT["requires-python"]
    assert [name.partition("-")[0] for name in matrix["os"]] == ["ubuntu", "windows", "macos"]


def test_files_of_the_project_that_it_names_are_there() -> None:
    runs = "\n".join(step.get("run", "") for _, step in steps()).replace("\\", "/")
    assert (ROOT / ".ci" / "windows_zip.py").is_file() and ".ci/windows_zip.py" in runs
    assert {*re.findall(r"cpreport-([\d.]+)-py3", runs)} == {PROJECT["version"]}
    for name in ("constraints.txt", "examples/july-2023.xlsx"):
        assert (ROOT / name).is_file() and name.rpartition("/")[2] in runs


def test_artifacts_are_made_before_they_are_fetched() -> None:
    made = {step["with"]["name"]: name for name, step in steps() if "upload-artifact" in step.get("uses", "")}
    for name, step in steps():
        if "download-artifact" in step.get("uses", ""):
            assert made[step["with"]["name"]] in JOBS[name]["needs"]


def test_only_a_tag_is_published_and_only_that_job_may_write() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert [name for name, job in JOBS.items() if "permissions" in job] == ["publish"]
    assert JOBS["publish"]["if"] == "startsWith(github.ref, 'refs/tags/v')"
    assert {"test", "windows-zip"} <= {*JOBS["publish"]["needs"]}
    assert all(re.search(r"@(v\d+|release/v\d+)$", step["uses"]) for _, step in steps() if "uses" in step)
