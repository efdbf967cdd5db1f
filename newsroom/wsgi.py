"""What granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django_application = get_wsgi_application()

from publication.pagecache.front_door import FrontDoor  # noqa: E402 - it needs the models, and so the line above

application = FrontDoor(django_application)
