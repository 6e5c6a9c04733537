"""Excel workbooks: a zip package, checked before it is parsed, as sheets of cells that keep their places."""
