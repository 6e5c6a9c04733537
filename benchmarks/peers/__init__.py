"""The same report, made as it is usually made. Each peer is a script of its own: FOLDER WORKBOOK DOCUMENT."""
