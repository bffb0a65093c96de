"""How dates, times and numbers are written, where Django's choice is that of another country."""
