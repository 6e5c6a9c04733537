"""Charts: what they look like, where their labels stand, and how Word draws them."""
