"""A person's own account: the overview, the name, and setting one up by an address for one time."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from designer.services import limits, one_time, permissions
from designer.web import errors
from designer.web.accounts_forms import Name, Welcome

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
TRIES = "20/m"
"""How often one visitor may try addresses that set up accounts."""


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """GET shows what there is to an account; POST changes the name."""
    user = User.objects.get(pk=permissions.key_of(request.user))
    form = Name(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your name was changed.")
        return redirect("account")
    factors = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    context = {"form": form, "factors": factors, "has_password": user.has_usable_password()}
    return render(request, "account/overview.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks whoever was sent the address for a name and a password; POST keeps them and logs in, once."""
    limits.hit("welcome", limits.visitor(request), TRIES)
    user = one_time.whose(token)
    if user is None or settings.WHOLEKEY_LOCAL:
        return errors.page(request, 404, "This address was used, or is too old. “wholekey admin EMAIL” makes another.")
    form = Welcome(user, request.POST or None)
    if request.method != "POST" or not form.is_valid() or one_time.spend(token) is None:
        context = {"form": form, "email": user.email}
        return render(request, "account/welcome.html", context, status=422 if form.errors else 200)
    form.save()
    if Authenticator.objects.filter(user=user).exists():
        return redirect("login")
    login(request, user, backend=BACKEND)
    UserSession.objects.create_from_request(request)  # else it could not be ended from elsewhere
    return redirect("projects")
