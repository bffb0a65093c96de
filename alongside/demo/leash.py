"""Run a program that ends when its parent does: ``python leash.py PROGRAM ARGUMENTS…``.

However the demo goes (also by ``kill -9``), what it started does not stay behind. Linux
only; elsewhere the program simply runs. Imports nothing of ours, to start at once.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it went just before we asked
            sys.exit(1)
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - the demo's own programs, no shell


if __name__ == "__main__":
    main()
