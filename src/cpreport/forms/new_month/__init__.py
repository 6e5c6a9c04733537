"""The next period's workbook, made from the one before it by changing a few of the file's own cells."""
