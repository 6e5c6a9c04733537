"""`python -m cpreport` is `cpreport`."""

from __future__ import annotations

from cpreport.cli import main

main()
