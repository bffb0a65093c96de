"""What the demo starts, it also ends, and nothing outlives it."""

import os
import pty
import select
import subprocess
import sys

import pytest

from alongside.demo.processes import LEASH, ProcessEnded, Processes, listen
from alongside.management.commands.demo import Command

FOREVER = [sys.executable, "-c", "import signal; print('here', flush=True); signal.pause()"]
PARENT = (
    "import subprocess, sys;"
    " child = subprocess.Popen([sys.executable, *sys.argv[1:]], stdout=subprocess.PIPE);"
    " child.stdout.readline(); print(child.pid, flush=True); child.wait()"
)
SECONDS = 20


def _ends(pid):
    """Wait for a process that is no child of ours."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    with os.fdopen(handle):
        return bool(select.select([handle], [], [], SECONDS)[0])


def test_what_was_started_ends_with_the_block(tmp_path):
    with Processes(tmp_path, os.environ) as processes:
        processes.start("sleeper", FOREVER)
        pid = processes._started["sleeper"].pid

    assert _ends(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="The leash is Linux's own.")
def test_a_leashed_program_ends_when_its_parent_is_killed():
    leashed = [sys.executable, "-c", PARENT, str(LEASH), *FOREVER]
    with subprocess.Popen(leashed, stdout=subprocess.PIPE, text=True) as parent:
        pid = int(parent.stdout.readline())
        parent.kill()

    assert _ends(pid)


def test_the_demo_ends_when_its_terminal_is_gone(tmp_path, monkeypatch):
    screen, terminal = pty.openpty()
    with os.fdopen(terminal) as stdin, Processes(tmp_path, os.environ) as processes:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert stdin.isatty()
        os.close(screen)
        processes.start("short one", [sys.executable, "-c", "import time; time.sleep(3)"])

        Command()._serve(processes)  # or it would say that the short one ended


def test_one_that_goes_away_by_itself_is_noticed_with_its_last_words(tmp_path):
    with Processes(tmp_path, os.environ) as processes:
        processes.start("short one", [sys.executable, "-c", "print('I am off'); exit(3)"])
        processes._started["short one"].wait(timeout=SECONDS)

        with pytest.raises(ProcessEnded) as ended:
            processes.check()

    assert str(ended.value) == "The short one ended by itself (3).\nI am off"


def test_a_port_that_is_taken_is_passed_over_unless_asked_for():
    with listen(None) as first, listen(None) as second:
        assert first.getsockname()[1] != second.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            listen(second.getsockname()[1])
