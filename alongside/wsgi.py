"""The door for a web server such as gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from opportunities.topics import get_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")

application = get_wsgi_application()
get_ready()  # so that the first person to post waits no longer than the next
