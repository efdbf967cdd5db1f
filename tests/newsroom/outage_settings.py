"""The running paper's settings, for the drill's own server: its files stand in a folder of the test's own."""

import os
from pathlib import Path

from newsroom.settings import *  # noqa: F403 - the same settings, but for the few below
from newsroom.settings import STORAGES

FOLDER = Path(os.environ["DRILL_FOLDER"])
KEPT_PAGES = FOLDER / "pages.sqlite3"
PAGE_CACHE = True
# Nothing is collected for a drill.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
