"""Start the servers before pytest-django reads the settings, and stop them at the end.

Loaded by ``-p tests.services``. With DATABASE_URL in the environment nothing is started.
"""

import atexit
import os
from contextlib import ExitStack

import pytest

from alongside import embedded

_servers = ExitStack()
atexit.register(_servers.close)  # also where pytest never gets to its own end


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    if "DATABASE_URL" not in os.environ:
        running = _servers.enter_context(embedded.servers("tests"))
        os.environ.update(running.environment())
    os.environ["DEBUG"] = "yes"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
