"""Draw the map of the United States anew, from the files of the npm package us-atlas."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.states import STATES
from public.drawing import Shape, shape_of, states_of, territory_of
from public.usmap import SHAPES

OTHER_NAMES = {
    "MP": "Commonwealth of the Northern Mariana Islands",
    "VI": "United States Virgin Islands",
}
# Far away: each is drawn in a box of its own, with the islands of at least this share of the
# largest. Of the Northern Marianas, a chain of 700 km, those where nearly all people live.
INSETS = {"PR": 0.01, "VI": 0.2, "GU": 0.2, "AS": 0.2, "MP": 0.6}


class Command(BaseCommand):
    help = "Write public/data/us_map.json from states-albers-10m.json and states-10m.json."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("albers", type=Path, help="states-albers-10m.json of us-atlas 3")
        parser.add_argument("degrees", type=Path, help="states-10m.json of us-atlas 3")
        parser.add_argument("--out", type=Path, default=SHAPES)

    def handle(self, *, albers: Path, degrees: Path, out: Path, **_options: Any) -> None:
        shapes = _states(json.loads(albers.read_text("utf-8")))
        shapes |= _territories(json.loads(degrees.read_text("utf-8")))
        lines = [f"{json.dumps(state)}: {json.dumps(shapes[state])}" for state in sorted(shapes)]
        out.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
        self.stdout.write(f"{len(shapes)} shapes, {out.stat().st_size} bytes: {out}")


def _states(topology: dict[str, Any]) -> dict[str, Shape]:
    rings = states_of(topology)
    return {state: shape_of(rings[name]) for state, name in STATES.items() if state not in INSETS}


def _territories(topology: dict[str, Any]) -> dict[str, Shape]:
    return {
        state: shape_of(
            territory_of(topology, OTHER_NAMES.get(state, STATES[state]), least=least), least=0
        )
        for state, least in INSETS.items()
    }
