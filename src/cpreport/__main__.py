"""`python -m cpreport` is `cpreport`."""

from __future__ import annotations

from cpreport.commands.main import main

main()
