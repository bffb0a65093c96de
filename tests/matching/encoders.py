"""A tiny encoder of meaning: two directions, what rolls and what grows."""

import numpy as np

ROLLS = ("car", "wheel", "mechanic", "automobile")


def rolls_or_grows(texts):
    """(N, 2) unit rows: (1, 0) for texts of what rolls, (0, 1) for all others."""
    rolls = np.array([any(word in text.lower() for word in ROLLS) for text in texts])
    return np.stack([rolls, ~rolls], axis=1).astype(np.float32)
