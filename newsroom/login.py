"""Log-in, mail and second factor as this paper wants them: what allauth asks its adapters."""

import logging
from smtplib import SMTPException
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from accounts.models import User
from publication.models import Publication

logger = logging.getLogger(__name__)

# Browsers and proxies cut longer addresses; a page of ours has none near this length.
NEXT_MAX = 1000


class LoginForm(forms.LoginForm):
    """allauth's, with a label that says what the box does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = _("Remember me on this browser")


class AddEmailForm(forms.AddEmailForm):
    """Asks for the address that is to follow the one in use."""

    def clean_email(self) -> str:
        email = super().clean_email()
        if User.objects.filter(email__iexact=email).exclude(pk=self.user.pk).exists():
            raise get_adapter().validation_error("email_taken")
        return email

    def save(self, request: HttpRequest) -> EmailAddress:
        """Puts the new address beside the one in use.

        allauth would drop that one where it is not confirmed yet, and leave the account without any.
        """
        waiting = EmailAddress.objects.filter(user=self.user, verified=False)
        waiting.exclude(email=self.user.email).delete()
        return EmailAddress.objects.add_email(request, self.user, self.cleaned_data["email"], confirm=True)


class MailSite(NamedTuple):
    """What mail says of the site."""

    name: str
    domain: str


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "email_taken": _("This address has an account. You can log in, or set a new password."),
        "too_many_login_attempts": _("Too many failed attempts. Please wait five minutes and try again."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is not right, or it has been used."),
        "rate_limited": _("Too many attempts. Please wait a little and try again."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """The nickname comes with the account, so that the two can never come apart; all of it or nothing."""
        user.nickname = form.cleaned_data.get("nickname", "")
        with transaction.atomic():
            return super().save_user(request, user, form, commit)

    def clean_email(self, email: str) -> str:
        """Refuses what the database would cut."""
        most = User._meta.get_field("email").max_length
        if len(email) > most:
            raise ValidationError(
                _("An e-mail address has at most %(most)s characters."), params={"most": most}
            )
        return email

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """Never the address that the account logs in with."""
        return email_address.email != email_address.user.email and super().can_delete_email(email_address)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """An address that another account logs in with cannot become this one's."""
        others = User.objects.exclude(pk=email_address.user_id)
        if others.filter(email__iexact=email_address.email).exists():
            message = _("{email} belongs to another account.").format(email=email_address.email)
            messages.error(request, message)
            return False
        return super().confirm_email(request, email_address)

    def is_safe_url(self, url: str) -> bool:
        """Own paths only, never an address with a host, not even ours."""
        if not url or not url.startswith("/") or len(url) > NEXT_MAX:
            return False
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to work, readers to their account; `next` came before this."""
        return resolve_url("admin:index" if permissions.can_enter_admin(request.user) else "account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("account")

    def get_client_ip(self, request: HttpRequest) -> str:
        """middleware.trusted_proxies has put the client's own address there; a Unix socket has none."""
        return request.META.get("REMOTE_ADDR") or "local"

    def format_email_subject(self, subject: str) -> str:
        return f"[{Publication.objects.current().name}] {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Links in mail lead to SITE_URL, whatever Host a request came with. Mail that fails is only logged.

        The answer must not tell whether there was somebody to write to, and an account made is made.
        """
        here = self.request.build_absolute_uri("/")
        links = {
            name: f"{settings.SITE_URL}/{value.removeprefix(here)}"
            for name, value in context.items()
            if isinstance(value, str) and value.startswith(here)
        }
        site = MailSite(Publication.objects.current().name, urlsplit(settings.SITE_URL).netloc)
        try:
            super().send_mail(template_prefix, email, {**context, **links, "current_site": site})
        except (OSError, SMTPException):
            logger.exception("mail %s was not sent", template_prefix)


class ProviderAdapter(DefaultSocialAccountAdapter):
    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "email_taken": _("This address has an account. Log in there first, then connect %s with it."),
        "no_password": _("Please set a password first; you could not log in any more."),
        "disconnect_last": _("Please set a password first; you could not log in any more."),
    }


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or it has been used."),
        "unverified_email": _(
            "Please confirm your e-mail address first; then you can set up a second factor."
        ),
    }

    def get_totp_issuer(self) -> str:
        """What the authenticator app shows above the code."""
        return Publication.objects.current().name
