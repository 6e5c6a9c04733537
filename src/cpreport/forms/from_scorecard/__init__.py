"""What `cpreport init --from` writes: a workbook drafted from a council's own scorecard, with what it leaves open."""
