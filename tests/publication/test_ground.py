"""Clock, audit, versions, the publication's one row: what every other part stands on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from publication import audit, clock, versions
from publication.checks import legal_items
from publication.models import Audit, Heartbeat, PolicyPage, Publication

NOON = datetime(2023, 8, 24, 3, 0, tzinfo=UTC)


def test_the_clock_is_one_instant_for_a_whole_request() -> None:
    with clock.at(NOON):
        assert clock.now() == NOON == clock.now()
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=5)


@pytest.mark.django_db
def test_the_databases_clock_is_the_real_one(reporter: User) -> None:
    row = audit.record("test", by=reporter, obj=reporter)
    row.refresh_from_db()
    assert abs(row.at - timezone.now()) < timedelta(seconds=60)


@pytest.mark.django_db
def test_audit_survives_what_it_speaks_of(reporter: User, desk: User) -> None:
    pk = reporter.pk
    audit.record("change", by=desk, obj=reporter, why="오래 비운 계정" * 200)
    reporter.delete()
    row = Audit.objects.get(object_id=str(pk))
    assert (row.actor, row.actor_name, row.object_type) == (desk, "이데스크", "accounts.user")
    assert len(row.why) <= Audit.WHY_MAX


@pytest.mark.django_db
def test_the_last_deed_to_a_kind_of_object_may_be_said_late_but_never_early(
    desk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "LOOKED_AT", 3)
    assert audit.last("accounts.user") is None
    deeds = [audit.record("change", by=desk, obj=desk)]
    deeds += [audit.record("change", by=desk, obj=deeds[0]) for _ in range(3)]
    for hours, deed in enumerate(deeds):
        Audit.objects.filter(pk=deed.pk).update(at=NOON + timedelta(hours=hours))
    assert audit.last("publication.audit") == NOON + timedelta(hours=3)
    assert audit.last("accounts.user") == NOON + timedelta(hours=1)
    assert audit.last("accounts.user", "publication.audit") == NOON + timedelta(hours=3)


@pytest.mark.django_db
def test_a_verb_that_fails_leaves_no_audit_row(desk: User) -> None:
    def fails_after_its_row() -> None:
        audit.record("change", by=desk, obj=desk)
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        fails_after_its_row()
    assert not Audit.objects.exists()


@pytest.mark.django_db
def test_versions_count_up_from_nothing() -> None:
    assert versions.numbers("front", "article:1") == {"front": 0, "article:1": 0}
    versions.bump("front", "article:1", "front")
    versions.bump("front")
    assert versions.numbers("front", "article:1") == {"front": 2, "article:1": 1}


@pytest.mark.django_db(transaction=True)
def test_versions_belong_into_the_changes_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        versions.bump("front")


@pytest.mark.django_db
def test_the_publication_is_one_row() -> None:
    Publication.objects.create(name="시험신문")
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(id=2, name="둘째")
    assert Publication.objects.current().name == "시험신문"


@pytest.mark.django_db
def test_without_a_row_the_pages_still_stand(client: Client) -> None:
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_the_deploy_check_names_each_blank_legal_item(publication: Publication) -> None:
    assert legal_items(None) == []
    Publication.objects.update(youth_officer="", registered_on=None)
    assert len(legal_items(None)) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "Newsroom"])
def test_a_paper_named_as_it_came_has_no_name_yet(publication: Publication, name: str) -> None:
    Publication.objects.update(name=name)
    assert [warning.msg for warning in legal_items(None)] == [
        "The publication's “제호” is blank; an internet newspaper must show it (Newspaper Act §21)."
    ]


def test_the_deploy_check_is_silent_without_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(self: object) -> None:
        raise OperationalError("no such table: publication_publication")

    monkeypatch.setattr("publication.models.PublicationQuerySet.current", missing)
    assert legal_items(None) == []


@pytest.mark.django_db
def test_policy_pages_are_sanitised_and_shown_in_order(client: Client) -> None:
    PolicyPage.objects.create(
        slug="terms", title="이용약관", order=2, body="<p>약관</p><script>alert(1)</script>"
    )
    PolicyPage.objects.create(slug="hidden", title="숨은 문서", is_shown=False)
    page = client.get("/policy/terms/").content.decode()
    assert "<p>약관</p>" in page
    assert "alert" not in page
    assert client.get("/policy/hidden/").status_code == 404
    assert "숨은 문서" not in client.get("/").content.decode()


@pytest.mark.parametrize(("seconds", "late"), [(119, False), (120, False), (121, True)])
def test_a_heartbeat_is_late_after_two_minutes(frozen: Any, seconds: int, late: bool) -> None:
    beat = Heartbeat(name="tick", at=NOON)
    with frozen(NOON + timedelta(seconds=seconds)):
        assert beat.is_late == late
        assert beat.age() == seconds


def test_a_failed_job_makes_the_tick_late(frozen: Any) -> None:
    with frozen(NOON):
        assert Heartbeat(name="tick", at=NOON, failed=1).is_late


@pytest.mark.parametrize(
    ("moment", "year"),
    [
        (datetime(2025, 12, 31, 14, 59, 59, tzinfo=UTC), 2025),
        (datetime(2025, 12, 31, 15, 0, tzinfo=UTC), 2026),
    ],
)
@pytest.mark.django_db
def test_the_copyright_year_is_seouls(
    client: Client, publication: Publication, frozen: Any, moment: datetime, year: int
) -> None:
    with frozen(moment):
        assert f"© {year} 시험신문. All rights reserved." in client.get("/").content.decode()
