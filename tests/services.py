"""Start the servers before pytest-django reads the settings, and stop them at the end.

Loaded by ``-p tests.services``. With DATABASE_URL in the environment nothing is started.
With ``-n`` each of pytest's processes has servers of its own: they share no row, no count
of tries and no queue.
"""

import atexit
import os
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from alongside import embedded
from tests import migrated

NOWHERE = embedded.environment_without_servers()
PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "")  # "gw0" in the first of several
MOST_PROCESSES = 8  # beyond, each further one takes longer to start than it saves

# What Python compiled is kept. Without, each worker and command of a test compiles the project.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

_servers = ExitStack()
atexit.register(_servers.close)  # also where pytest never gets to its own end


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    if _starts_its_own():
        files = migrated.files()
        os.environ.update(NOWHERE if _only_distributes(early_config) else _start(files))
    os.environ["DEBUG"] = "yes"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")


@pytest.hookimpl(optionalhook=True, tryfirst=True)
def pytest_xdist_auto_num_workers() -> int:
    """For ``-n auto``. On servers that were given there is one process: nobody shares them."""
    return min(len(os.sched_getaffinity(0)), MOST_PROCESSES) if _starts_its_own() else 0


def _starts_its_own() -> bool:
    return os.environ.get("DATABASE_URL") in {None, NOWHERE["DATABASE_URL"]}


def _only_distributes(config: pytest.Config) -> bool:
    """Whether this process runs no test itself, but hands them to others."""
    asked = config.known_args_namespace
    return bool(getattr(asked, "numprocesses", None)) and not PROCESS and not asked.usepdb


def _start(files: Path) -> dict[str, str]:
    running = _servers.enter_context(embedded.servers(f"tests{PROCESS}", files=files))
    return running.environment(migrated.DATABASE)
