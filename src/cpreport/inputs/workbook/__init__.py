"""The workbook's sheets, read one by one: tables found by their headers, cells that keep their places."""
