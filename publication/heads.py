"""What stands in a public page's `<head>` for search engines and for whoever shares its address.

A Head is made by the page's own tag ({% article_head %}, {% list_head %} …) and written by templates/_head.html.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from publication import branding, structured
from publication.models import PolicyPage, Publication
from publication.text import fold_line

DESCRIPTION_MAX = 160
LOCALES = {"ko": "ko_KR", "en": "en_US"}


@dataclass(frozen=True)
class SharePicture:
    """An absolute address, the size in pixels (0: unknown), what the picture shows ("" for a decorative one)."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Head:
    """One page's head. `path`: its own address without the host; `shared`: another that sharing leads to."""

    publication: Publication
    title: str
    path: str
    description: str = ""
    type: str = "website"
    shared: str = ""
    share_picture: SharePicture | None = None
    properties: tuple[tuple[str, str], ...] = ()
    graph: tuple[structured.Node, ...] = ()

    @property
    def canonical(self) -> str:
        return structured.absolute(iri_to_uri(self.path))

    @property
    def share_url(self) -> str:
        return structured.absolute(iri_to_uri(self.shared or self.path))

    @property
    def short_description(self) -> str:
        text = fold_line(self.description)
        return text if len(text) <= DESCRIPTION_MAX else Truncator(text).chars(DESCRIPTION_MAX)

    @property
    def locale(self) -> str:
        return LOCALES.get(settings.LANGUAGE_CODE[:2], settings.LANGUAGE_CODE.replace("-", "_"))

    @property
    def picture(self) -> SharePicture | None:
        """The page's own picture, else the paper's."""
        return self.share_picture or papers_picture(self.publication)

    @property
    def x_account(self) -> str:
        account = self.publication.x_account.lstrip("@")
        return f"@{account}" if account else ""

    @property
    def structured_data(self) -> SafeString:
        return structured.script(self.graph)


def papers_picture(publication: Publication) -> SharePicture | None:
    """The default share picture; None where the paper has none."""
    file = publication.default_share_picture
    if not file:
        return None
    width, height = branding.size(file.name) or (0, 0)
    return SharePicture(structured.absolute(file.url), width, height, publication.name)


def front_head(publication: Publication, policies: Iterable[PolicyPage]) -> Head:
    """The paper itself: who makes it, where it stands, how it is searched."""
    description = publication.description or _("The latest news of {paper}.").format(paper=publication.name)
    return Head(
        publication,
        title=publication.name,
        path="/",
        description=description,
        graph=(structured.organization(publication, policies), structured.website(publication)),
    )


def page_head(publication: Publication, title: str, path: str, description: str = "") -> Head:
    """A page that is nothing more than its title: an archive's, a search's."""
    return Head(
        publication,
        title=title,
        path=path,
        description=description or f"{publication.name}: {title}",
        graph=(structured.breadcrumbs([(publication.name, "/"), (title, path)]),),
    )


def policy_head(publication: Publication, page: PolicyPage) -> Head:
    # A tag ends a word: without the space the last word of a heading sticks to the first of its paragraph.
    text = fold_line(unescape(strip_tags(page.body.replace("<", " <"))))
    trail = [(publication.name, "/"), (page.title, page.get_absolute_url())]
    return Head(
        publication,
        title=page.title,
        path=page.get_absolute_url(),
        description=text or page.title,
        graph=(structured.breadcrumbs(trail),),
    )
