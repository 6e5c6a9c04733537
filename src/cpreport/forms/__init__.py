"""Word files in which narratives are written, new workbooks, and starter folders."""
