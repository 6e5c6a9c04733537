"""The report folder: its two TOML files as pydantic models, checked alone and against each other, and its texts."""
