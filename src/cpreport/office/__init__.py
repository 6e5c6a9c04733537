"""What every file has in common, whoever reads or writes it."""
