"""The values that stages pass on, which every stage may import. The standard library only."""
