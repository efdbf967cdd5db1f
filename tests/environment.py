"""The environment that tests run in, set before Django reads its settings (pyproject.toml, `-p`).

The operator's own variables must not reach the tests: every one in .env.example is set or removed.
"""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

SECRET_KEY = "a-key-for-tests-only-that-guards-nothing-at-all-0123456789"

_EXAMPLE = Path(__file__).resolve().parent.parent / ".env.example"
for _name in re.findall(r"^(?:# )?([A-Z_]+)=", _EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE):
    os.environ.pop(_name, None)

os.environ["SECRET_KEY"] = SECRET_KEY
os.environ["SITE_URL"] = "http://testserver"
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
# Nothing a test stores may land among the paper's own files.
FOLDER = Path(tempfile.mkdtemp(prefix="newsroom-test-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["MEDIA_ROOT"] = str(FOLDER / "media")
# Static files come from their sources; WhiteNoise warns where there is no folder of collected ones.
STATIC_ROOT = FOLDER / "static"
STATIC_ROOT.mkdir()
# Playwright keeps an event loop in the test's thread; Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
