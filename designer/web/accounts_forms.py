"""The forms of accounts that are not quite allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import AddEmailForm, SignupForm
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.socialaccount.forms import SignupForm as ProviderSignupForm
from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, QueryDict

from designer.services import mailing, signing_up
from designer.services.errors import Invalid
from designer.services.short_names import short_name

NAME_LENGTH = 150


class _Name(forms.CharField):
    def clean(self, value: Any) -> str:
        try:
            return short_name(super().clean(value), NAME_LENGTH, "Say what you are called.")
        except Invalid as error:
            raise forms.ValidationError(error.message) from None


def _name_field() -> forms.CharField:
    return _Name(
        label="Your name",
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="As the others see it beside what you do.",
    )


def _password_field() -> forms.CharField:
    return forms.CharField(
        label="Password", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )


class SignUp(SignupForm):
    """A name, an address and a password. Whoever was invited keeps the address that the invitation was sent to."""

    field_order = ("name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name_field()
        self.fields["email"].label = "E-mail"
        self.fields["password1"].help_text = "At least ten characters, and none of the usual ones."
        self.invited = signing_up.invited_address(context.request.session)
        if self.invited:
            self.initial["email"] = self.invited
            self.fields["email"].widget.attrs["readonly"] = True
            self.fields["email"].help_text = "Your invitation was sent to this address."
        self.order_fields(self.field_order)

    def clean_email(self) -> str:
        """Return the address of the invitation, or the one that was typed."""
        if self.invited:
            self.cleaned_data["email"] = self.invited
        return str(super().clean_email())

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Keep the name."""
        super().custom_signup(request, user)
        user.first_name = self.cleaned_data["name"]
        user.save(update_fields=["first_name"])


class SignUpByProvider(ProviderSignupForm):
    """What a provider has not told, or what is taken already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail"


class ChangeEmail(AddEmailForm):
    """Another address. Where no mail is sent to prove it, it takes the place of the old one at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "New address"

    def save(self, request: HttpRequest) -> EmailAddress:
        """Return the new address."""
        added = super().save(request)
        if not mailing.available():
            added.set_as_primary()
            EmailAddress.objects.filter(user=self.user).exclude(pk=added.pk).delete()
        return added


class Name(forms.ModelForm):  # type: ignore[type-arg]
    """How somebody is called."""

    first_name = _name_field()

    class Meta:
        model = User
        fields = ("first_name",)

    def save(self, commit: bool = True) -> User:
        """Keep the name as a whole: not everybody has one first and one last."""
        self.instance.last_name = ""
        super().save(commit)
        user: User = self.instance
        return user


class Welcome(forms.Form):
    """The name and the password of an account that was made for somebody."""

    name = _name_field()
    password = _password_field()

    def __init__(self, user: User, posted: QueryDict | None) -> None:
        self.user = user
        super().__init__(posted, initial={"name": user.get_full_name()})
        self.fields["password"].help_text = "At least ten characters, and none of the usual ones."

    def clean_password(self) -> str:
        """Return a password that is good enough."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.user)
        return password

    def save(self) -> None:
        """Keep both. Whoever is logged in by the old password is so no longer."""
        self.user.first_name, self.user.last_name = self.cleaned_data["name"], ""
        self.user.set_password(self.cleaned_data["password"])
        self.user.save(update_fields=["first_name", "last_name", "password"])
