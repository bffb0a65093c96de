"""One stylesheet for every page, joined from its files, so that a page asks for it once.

Templates name ``css/site.css``. In production ``collectstatic`` collects it like any other file,
under a name that holds its content's hash, compressed and kept by browsers for good. On a laptop
it is joined again as soon as one of its files has changed.
"""

import atexit
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

NAME = "css/site.css"
CSS = settings.BASE_DIR / "static" / "css"


def parts() -> list[Path]:
    """The files in the order in which they speak: names, plain pages, components."""
    return [CSS / "tokens.css", CSS / "base.css", *sorted((CSS / "components").glob("*.css"))]


def joined() -> str:
    """All of them as one text, each under its own name."""
    return "\n".join(f"/* {path.name} */\n{path.read_text(encoding='utf-8')}" for path in parts())


class StylesheetFinder(BaseFinder):
    """Finds one file more than there are: the joined stylesheet."""

    def __init__(self, *_args: Any, **_settings: Any) -> None:
        self._folder: Path | None = None

    def check(self, **_settings: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_settings: Any) -> Any:
        found = [str(self._written())] if path == NAME else []
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        self._written()
        yield NAME, FileSystemStorage(location=self._folder)

    def _written(self) -> Path:
        """The joined file in a folder of this process, no older than its parts."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="alongside-css-"))
            atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        target = self._folder / NAME
        newest = max(path.stat().st_mtime_ns for path in [*parts(), CSS / "components"])
        if not target.exists() or target.stat().st_mtime_ns < newest:
            _write_at_once(target, joined())
        return target


def _write_at_once(target: Path, text: str) -> None:
    """Another thread reads the old file or the new one, never half of one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=target.parent, delete=False, encoding="utf-8") as new:
        new.write(text)
    Path(new.name).chmod(0o644)
    Path(new.name).replace(target)
