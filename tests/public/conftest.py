"""The moment at the doors, where pages read the clock."""

import pytest
import time_machine

from tests.factories import NOON


@pytest.fixture
def noon():
    """Pages read this moment from the clock."""
    with time_machine.travel(NOON, tick=False):
        yield NOON
