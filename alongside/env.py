"""Read settings from the environment; what is missing or wrong stops the start."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The variable's text. Raises ``ImproperlyConfigured`` if it is missing with no default."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(f"Set {name} in the environment: it has no safe default.")
    return value


def origin(url: str) -> str:
    """Scheme and host of an absolute address. Raises ``ImproperlyConfigured`` if it is none."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ImproperlyConfigured(f"{url!r} must be an address that begins with https://.")
    return f"{parts.scheme}://{parts.netloc}"


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return default if not value else value in {"1", "true", "yes", "on"}
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def choice(name: str, default: str, known: tuple[str, ...]) -> str:
    value = os.environ.get(name, "").strip() or default
    if value.upper() in known:
        return value.upper()
    raise ImproperlyConfigured(f"{name} must be one of {', '.join(known)}, not {value!r}.")


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]
