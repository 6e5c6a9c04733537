"""A marked copy of the author's workbook: findings as comments, fills and a sheet, added to the file's own parts."""
