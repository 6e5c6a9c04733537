"""Word files in which narratives are written, and starter folders."""
