"""The floor of every page: a Django view that returns the same bytes and does nothing else. No middleware."""

import json
import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="a-key-for-measuring-only-that-guards-nothing-0123456789",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
)
_folder = Path(os.environ["BENCH_FOLDER"])
BODY = (_folder / "floor.body").read_bytes()
HEADERS: dict[str, str] = json.loads((_folder / "floor.json").read_text())


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY, headers=HEADERS)


urlpatterns = [path("healthz", page), path("page", page)]
application = get_wsgi_application()
