"""Guests by link: what the session remembers of the links that a visitor came by is carried by its user."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from designer.services import links, permissions

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class Guests:
    """Lets a visitor carry the links that he came by, whether he is logged in or not.

    It stands behind authentication. Whether a link holds is asked at each request, and of a stream again and again.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        found = links.grants(request.session)
        if found:
            permissions.carry(request.user, found)
        return self.get_response(request)
