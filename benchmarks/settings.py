"""The paper's own settings, with what it writes in the benchmark's folder, and the page cache by BENCH_CACHE."""

import os
from pathlib import Path

from newsroom.settings import *  # noqa: F403 - a paper that differs in its folders

_folder = Path(os.environ["BENCH_FOLDER"])
STATIC_ROOT = _folder / "static"
KEPT_PAGES = _folder / "pages.sqlite3"
PAGE_CACHE = os.environ.get("BENCH_CACHE") != "off"
if os.environ.get("BENCH_COUNTED"):
    MIDDLEWARE.insert(  # noqa: F405 - the paper's
        MIDDLEWARE.index("publication.pagecache.middleware.page_cache") + 1,  # noqa: F405 - as above
        "benchmarks.counting.made",
    )
