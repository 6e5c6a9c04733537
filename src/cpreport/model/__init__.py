"""What travels on the road: values that every stage may import. The standard library only."""
