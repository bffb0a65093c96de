"""PostgreSQL's files with the migrations in them: made once for all runs, and copied.

To migrate takes three seconds of each process; to copy takes a tenth of one. They are
kept under the hash of all that they were made from, so they are never out of date.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from alongside import embedded

DATABASE = "alongside_migrated_for_tests"  # a name that nobody's own database has
KEPT_UNUSED = 3600.0  # seconds; by then nobody is copying them any more
MADE_FROM = (
    *("*/migrations/*.py", "opportunities/data/*"),
    *("opportunities/shipped_lists.py", "opportunities/topics.py"),
    *("alongside/embedded.py", "tests/migrated.py", "requirements.txt"),
)


def files() -> Path:
    """Where they are. Whoever comes first makes them, and everybody else waits."""
    purpose = f"migrated-{_key()}"
    folder = _folder(purpose)
    with (folder / "made.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            _forget_the_unused()
            _make(purpose)
        (folder / "made").touch()
    return folder / "postgres"


def _make(purpose: str) -> None:
    with embedded.servers(purpose) as running:
        running.create_database(DATABASE)
        migrating = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=embedded.PROJECT,
            env=os.environ | running.environment(DATABASE),
            capture_output=True,
            text=True,
            check=False,
        )
    if migrating.returncode:
        raise embedded.CannotStart(f"The migrations failed: {migrating.stderr[-2000:]}")


def _key() -> str:
    hashed = hashlib.sha256(sys.version.encode())
    for path in sorted(path for asked in MADE_FROM for path in embedded.PROJECT.glob(asked)):
        hashed.update(f"{path.relative_to(embedded.PROJECT)} {path.stat().st_size} ".encode())
        hashed.update(path.read_bytes())
    return hashed.hexdigest()[:8]


def _folder(purpose: str) -> Path:
    name = f"alongside-{os.getuid()}-{embedded._mark()}-{purpose}"
    return embedded._own_folder(embedded._short_temporary_place() / name)


def _forget_the_unused() -> None:
    """What was made from other migrations, and is in nobody's use."""
    beginning = f"alongside-{os.getuid()}-{embedded._mark()}-migrated-"
    for other in embedded._short_temporary_place().glob(f"{beginning}*/made"):
        if other.stat().st_mtime < time.time() - KEPT_UNUSED:
            shutil.rmtree(other.parent, ignore_errors=True)
