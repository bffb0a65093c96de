"""What tests of matching share."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories import NOON


@pytest.fixture
def noon() -> Iterator[time_machine.Traveller]:
    """It is NOON for everybody who reads the clock."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock
