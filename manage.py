#!/usr/bin/env python
"""The command line. Without DATABASE_URL it works on local servers that it starts itself."""

import os
import sys

from django.core.management import execute_from_command_line

from alongside import embedded

# These touch no database, or (demo) bring one of their own.
WITHOUT_SERVERS = {
    "check", "collectstatic", "compilemessages", "demo", "diffsettings", "help",
    "makemessages", "mail_test", "match_csv", "startapp", "version",
}  # fmt: skip


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    asks_for_help = {"-h", "--help"} & set(sys.argv[2:])
    if command == "demo":  # it refuses a database of yours in words, whatever else is set
        yours = {name: os.environ[name] for name in ("DATABASE_URL",) if name in os.environ}
        os.environ.update(embedded.environment_without_servers() | yours)
        execute_from_command_line(sys.argv)
    elif "DATABASE_URL" in os.environ:
        execute_from_command_line(sys.argv)
    elif command in WITHOUT_SERVERS or asks_for_help:
        os.environ.update(embedded.environment_without_servers() | os.environ)
        execute_from_command_line(sys.argv)
    else:
        with embedded.servers("local", shared=True, durable=True) as local:
            os.environ.update(local.environment() | os.environ)
            execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
