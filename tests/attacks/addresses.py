"""The address of each page for the things of one party."""

from tests.attacks.routes import Route
from tests.attacks.world import World

FILLED = {
    "slug": "topics",
    "content_type_id": 1,
    "app_label": "accounts",
    "url": "nowhere",
    "uidb36": "1",
    "key": "abc-def",
    "number": 0,
}


def addresses_of(world: World, route: Route) -> list[str]:
    """The address with the ids of this party's things, twice where they hang on a match."""
    known = [beginning for beginning in world.things if route.path.startswith(beginning)]
    named = world.things[max(known, key=len)] if known else None
    things = named if isinstance(named, tuple) else (named, named)
    return [_filled(route, thing) for thing in things]


def _filled(route: Route, thing: object) -> str:
    return route.filled(**{name: FILLED.get(name, thing) for name in route.parameters})
