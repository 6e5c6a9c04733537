"""What cpreport costs, measured against peers that make the same tables."""
