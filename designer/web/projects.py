"""The list of projects."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from designer.services import projects


def index(request: HttpRequest) -> HttpResponse:
    return redirect("design", projects.cards(request.user)[0].branch.public_id)
