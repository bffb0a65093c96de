"""A match as one side may see it: where it stands, what happened, in which part of a list."""
