"""How fast it is: each module prints figures, with --json as one line of JSON."""
