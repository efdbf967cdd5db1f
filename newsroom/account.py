"""My account: how it is opened, what the paper knows about me, and the ways to change it."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.views import SignupView
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.internal.flows.signup import redirect_to_signup
from allauth.socialaccount.views import SignupView as ProviderSignupView
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts import permissions
from accounts.models import Role, User
from comments import claiming
from newsroom import account_data
from newsroom.signup import NicknameField, not_the_papers


class OneAccountEach:
    """A sign-up view where of two people who want the same name at once the second gets the form back."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except IntegrityError:
            # Now that the other row is there, validation says which field it is.
            form.full_clean()
            if form.is_valid():
                form.add_error(None, _("Somebody else was faster. Please try again."))
            return self.form_invalid(form)


class SignUp(OneAccountEach, SignupView):
    pass


class ProviderSignUp(OneAccountEach, ProviderSignupView):
    """The form that follows a first log-in with a provider."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        if form.errors:
            # allauth forgot the provider's answer before it saved; the form that comes back needs it.
            redirect_to_signup(self.request, self.sociallogin)
        return response


class ProfileForm(forms.ModelForm):
    """What people change themselves; the language is for staff, readers have the paper's."""

    nickname = NicknameField()

    class Meta:
        model = User
        fields = ("nickname", "language")
        labels = {"language": _("Language of the newsroom")}
        help_texts = {"language": ""}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Once chosen it can be changed, not taken away; people made in the admin may have none.
        self.fields["nickname"].required = bool(self.instance.nickname)
        if not permissions.can_enter_admin(self.instance):
            del self.fields["language"]
        else:
            self.fields["language"].choices = [("", _("The paper's")), *settings.LANGUAGES]

    def clean_nickname(self) -> str:
        nickname = self.cleaned_data["nickname"]
        if nickname and not permissions.can_enter_admin(self.instance):
            not_the_papers(nickname)
        return nickname

    def stored(self) -> bool:
        """Saves; False, with the reason on its field, where somebody took the nickname in this very moment."""
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            self.full_clean()
            return False
        return True


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """The page; POST changes nickname and language: 303 back to it, or the form again with what was typed."""
    # A row of its own: a refused nickname must not be shown as the one in use.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid() and form.stored():
        with translation.override(form.instance.language or settings.LANGUAGE_CODE):
            messages.success(request, translation.gettext("Your changes are saved."))
        return HttpResponseRedirect(reverse("account"), status=303)
    person = request.user
    context = {
        "form": form,
        "person": person,
        "is_staff": permissions.can_enter_admin(person),
        "roles": [role.label for role in Role if role in person.roles],
        "is_confirmed": EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists(),
        "has_second_factor": is_mfa_enabled(person),
        "has_providers": bool(settings.SOCIALACCOUNT_PROVIDERS),
        "claimable": claiming.claimable(account_data.browser(request)),
    }
    return render(request, "newsroom/account.html", context)
