"""Random months: formulas give the exact values of their audits, and these the printed texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpreport.editions.audit import audit_file
from cpreport.inputs.audit import audit_in
from cpreport.pipeline import load_workbook

from ..test_audit import check_figures
from .folders import random_folder, write_folder

BATCHES, BATCH = 8, 25


@pytest.mark.parametrize("batch", range(BATCHES))
def test_what_is_printed_is_what_the_formulas_give(tmp_path: Path, batch: int) -> None:
    checked = 0
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        month = load_workbook(write_folder(random_folder(seed), tmp_path / str(seed)))
        for is_draft in (False, True):
            audit = month.audit(tmp_path / str(seed), draft=is_draft)
            content = audit_file(audit)
            check_figures(audit)
            checked += len(audit.figures)
            assert audit_in(content, "july-2023.audit.json") == audit
            assert str(tmp_path) not in content.decode()
    assert checked > 20 * BATCH
