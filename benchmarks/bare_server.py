"""The floor of a page that is made: benchmarks.bare (one query, one small template, no middleware) under a server."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
django.setup()

from benchmarks.measure import BareHandler  # noqa: E402 - it needs the settings

application = BareHandler()
