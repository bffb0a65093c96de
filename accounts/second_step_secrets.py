"""Which parts of a stored second step are secret, whatever its kind."""

from collections.abc import Callable, Mapping
from typing import Any

ONE = ("secret", "seed")  # of an app; of recovery codes
SEVERAL = ("migrated_codes",)


def with_secrets(data: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """The same data with each secret changed; a passkey has none, its key is public."""
    changed = dict(data)
    for name in ONE:
        if name in changed:
            changed[name] = change(changed[name])
    for name in SEVERAL:
        if changed.get(name) is not None:
            changed[name] = [change(one) for one in changed[name]]
    return changed
