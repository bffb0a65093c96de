"""Run the attacks and every other test that docs/safety.md names; print threat, control, result.

    python -m tests.attacks [options of pytest, such as -n auto]

Ends with 0 if all of them passed, also where a threat is not yet proven in full.
"""

import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.attacks.promises import Promise, promises

ATTACKS = "tests/attacks"


class Results:
    """How each test went, by file and function: ``Counter(passed=3)``."""

    def __init__(self) -> None:
        self.of: dict[str, Counter[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        node = report.nodeid.partition("[")[0]
        if report.when == "call" or not report.passed:
            self.of.setdefault(node, Counter())[report.outcome] += 1


def main(options: list[str]) -> int:
    results, rows = Results(), promises()
    named = {node for row in rows for node in row.nodes}
    elsewhere = sorted(node for node in named if not node.startswith(f"{ATTACKS}/"))
    ended = pytest.main([*options, ATTACKS, *elsewhere], plugins=[results])
    sys.stdout.write("\n".join(["", *_table(rows, results), ""]))
    return int(ended)


def _table(rows: list[Promise], results: Results) -> Iterator[str]:
    yield "| # | threat | control | tests | result |"
    yield "|---|---|---|---|---|"
    for row in rows:
        cells = (
            str(row.number),
            row.threat,
            row.control,
            str(len(row.tests)),
            _result(row, results),
        )
        yield f"| {' | '.join(cells)} |"


def _result(row: Promise, results: Results) -> str:
    """Proven where everything passed and nothing is known to lack."""
    failed = [node for node in row.nodes if set(results.of.get(node, {"not run"})) != {"passed"}]
    if failed:
        return "NOT PROVEN: " + ", ".join(failed)
    return f"not yet proven: {row.lacks}" if row.lacks else "proven"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
