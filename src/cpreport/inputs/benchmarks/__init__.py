"""Benchmarks: the sheet of that name, benchmarks.csv beside the workbook, and DfE's files that this is made from."""
