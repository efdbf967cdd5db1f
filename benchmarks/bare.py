"""The floor that the pages are compared with: the least a Django page with one article in it can do.

One query, one small template, no middleware: no sections, no lists, no headers, no cache.
"""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from articles.models import Article

TEMPLATE = Engine().from_string(
    "<!doctype html><html lang=ko><title>{{ a.title }}</title>"
    "<h1>{{ a.title }}</h1>{{ a.body_html|safe }}</html>"
)


def article(request: HttpRequest, pk: int) -> HttpResponse:
    story = Article.objects.only("title", "body_html").get(pk=pk)
    return HttpResponse(TEMPLATE.render(Context({"a": story})))


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("bare/<int:pk>/", article), path("empty/", empty)]
