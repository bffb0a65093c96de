"""People of the tests of notices."""

from tests.factories import make_user


def awake(**fields):
    """Somebody for whom NOON is noon, whatever their quiet hours."""
    return make_user(**{"time_zone": "UTC"} | fields)
