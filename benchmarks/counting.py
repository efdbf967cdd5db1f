"""Middleware of the bench alone, right inside the page cache: a byte in a file for each page that is really made."""

import os
from collections.abc import Callable
from pathlib import Path

from django.http import HttpRequest, HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def made(get_response: GetResponse) -> GetResponse:
    folder = Path(os.environ["BENCH_FOLDER"]) / "made"
    folder.mkdir(exist_ok=True)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_article = request.path.startswith("/news/") and request.path.count("/") == 3
        # What is refused while the database is away was not made.
        if request.method == "GET" and is_article and response.status_code == 200:
            # Appended by the kernel as a whole, whichever process writes.
            with (folder / request.path.split("/")[2]).open("ab", buffering=0) as file:
                file.write(b".")
        return response

    return middleware


def count(folder: Path, article: int) -> int:
    """How often an article's page was made so far."""
    file = folder / "made" / str(article)
    return file.stat().st_size if file.exists() else 0
