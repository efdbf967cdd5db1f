"""The environment that tests run in, set before Django reads its settings (pyproject.toml, `-p`).

The operator's own variables must not reach the tests: every one that settings.py knows is set or removed.
"""

import atexit
import os
import shutil
import tempfile

SECRET_KEY = "a-key-for-tests-only-that-guards-nothing-at-all-0123456789"

for _name in [
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "DEBUG",
    "DEMO",
    "EMAIL_URL",
    "LANGUAGE_CODE",
    "REDIS_URL",
    "TIME_ZONE",
    "TRUSTED_PROXIES",
]:
    os.environ.pop(_name, None)

os.environ["SECRET_KEY"] = SECRET_KEY
os.environ["SITE_URL"] = "http://testserver"
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
# Nothing a test stores may land among the paper's own files.
os.environ["MEDIA_ROOT"] = tempfile.mkdtemp(prefix="newsroom-test-media-")
atexit.register(shutil.rmtree, os.environ["MEDIA_ROOT"], ignore_errors=True)
# Playwright keeps an event loop in the test's thread; Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
