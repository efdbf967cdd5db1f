"""Every permission of the site, on one page.

Each predicate takes the person and, where it matters, the object, and asks only attributes. A door asks
one of these and nothing else; default is no. The table of roles is docs/architecture.md's and
publishing.md's; tests walk it as roles × doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from accounts.models import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Person = User | AnonymousUser

    class Section(Protocol):
        pk: int
        parent_id: int | None

    class Article(Protocol):
        status: str
        owner_id: int | None
        submitted_by_id: int | None
        section: Section | None
        is_kept: bool

    class Photo(Protocol):
        uploaded_by_id: int | None


# A reporter writes in an own article in these states; from submission on it is the desk's.
REPORTER_WRITES_IN = frozenset({"draft", "returned"})


def has_role(user: Person, *roles: str) -> bool:
    """Active, signed in, and in one of the roles."""
    return bool(user.is_authenticated and user.is_active and user.roles & set(roles))


def can_enter_admin(user: Person) -> bool:
    return has_role(user, *Role.values)


def is_manager(user: Person) -> bool:
    return has_role(user, Role.MANAGER)


# Articles


def can_use_newsroom(user: Person) -> bool:
    """Lists, the dashboard, the editor, the photo library: everybody who makes the paper."""
    return has_role(user, Role.REPORTER, Role.DESK, Role.MANAGER)


def can_write_articles(user: Person) -> bool:
    return can_use_newsroom(user)


def is_owner(user: Person, article: Article) -> bool:
    return article.owner_id is not None and article.owner_id == user.pk


def is_desk_of(user: Person, article: Article) -> bool:
    """Manager, or desk of the article's section, of the section above it, or of all sections."""
    if is_manager(user):
        return True
    if not has_role(user, Role.DESK):
        return False
    mine, section = user.desk_section_ids, article.section
    return not mine or section is None or bool(mine & {section.pk, section.parent_id})


def can_see_all_articles(user: Person) -> bool:
    """Desk and manager; a reporter's lists hold own articles only."""
    return has_role(user, Role.DESK, Role.MANAGER)


def can_view_article(user: Person, article: Article) -> bool:
    """In the admin, and as a preview."""
    return can_see_all_articles(user) or (can_use_newsroom(user) and is_owner(user, article))


def can_edit_article(user: Person, article: Article) -> bool:
    if is_desk_of(user, article):
        return True
    return can_write_articles(user) and is_owner(user, article) and article.status in REPORTER_WRITES_IN


def can_submit_article(user: Person, article: Article) -> bool:
    return article.status in REPORTER_WRITES_IN and can_edit_article(user, article)


def can_recall_article(user: Person, article: Article) -> bool:
    """Whoever wrote it takes it back while it waits."""
    return article.status == "submitted" and can_write_articles(user) and is_owner(user, article)


def can_decide_article(user: Person, article: Article) -> bool:
    """Return, approve, schedule: the desk of its section. Who may approve is narrower, see below."""
    return is_desk_of(user, article)


def can_approve_article(user: Person, article: Article, reason: str = "") -> bool:
    """Whoever submitted an article does not approve it; a manager may, with a reason, and it is listed."""
    if not is_desk_of(user, article):
        return False
    if article.submitted_by_id != user.pk:
        return True
    return is_manager(user) and bool(reason.strip())


def can_withdraw_article(user: Person, article: Article) -> bool:
    return is_desk_of(user, article)


def can_delete_article(user: Person, article: Article) -> bool:
    """Never what was ever public or is planned to be; a reporter deletes own drafts, a desk any."""
    if article.is_kept:
        return False
    return is_desk_of(user, article) or can_submit_article(user, article)


# Photographs


def can_use_photos(user: Person) -> bool:
    return can_use_newsroom(user)


def can_edit_photo(user: Person, photo: Photo) -> bool:
    """Desk and manager any, a reporter what he or she uploaded."""
    if can_see_all_articles(user):
        return True
    return can_use_photos(user) and photo.uploaded_by_id is not None and photo.uploaded_by_id == user.pk


# The paper


def can_manage_series(user: Person) -> bool:
    """Series and tags: those who decide about articles."""
    return can_see_all_articles(user)


def can_manage_publication(user: Person) -> bool:
    """Facts, policy pages, sections, reporters' pages, desks."""
    return is_manager(user)


def can_manage_people(user: Person) -> bool:
    return is_manager(user)


def can_read_audit(user: Person) -> bool:
    return is_manager(user)


# Comments


def can_moderate_comments(user: Person) -> bool:
    """The whole queue: moderators and managers. A reporter or a desk has no right on comments."""
    return has_role(user, Role.MODERATOR, Role.MANAGER)


def can_close_thread(user: Person, article: Article) -> bool:
    """Open, close, freeze: moderators everywhere, a desk under its own sections' articles."""
    return can_moderate_comments(user) or is_desk_of(user, article)


def can_close_threads(user: Person) -> bool:
    """The list of threads; which of them is can_close_thread's answer."""
    return can_moderate_comments(user) or has_role(user, Role.DESK)


def can_ban_writers(user: Person) -> bool:
    return can_moderate_comments(user)


def can_edit_blocked_words(user: Person) -> bool:
    return can_moderate_comments(user)
