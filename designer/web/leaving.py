"""How a visitor goes on to somebody else's site to log in there."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from requests import RequestException

from designer.web import errors
from designer.web.middleware import GetResponse

_log = logging.getLogger(__name__)


class Leaving:
    """Answers a posted form that leads to another site with a page that goes there.

    The policy of our pages lets forms be sent to us alone, and browsers hold also the redirects that answer a form to
    it. A page that goes on by itself may go anywhere.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        address = response.headers.get("Location", "")
        if request.method != "POST" or response.status_code != 302 or not _elsewhere(request, address):
            return response
        return _page(request, address)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say in a sentence that the other site does not answer, or answers what nobody understands."""
        if not isinstance(exception, RequestException):
            return None
        _log.error("a provider of accounts does not answer: %s", type(exception).__name__)
        return errors.page(request, 502, "The other site does not answer; try again later, or log in another way.")


def _elsewhere(request: HttpRequest, address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and parts.netloc != request.get_host()


def _page(request: HttpRequest, address: str) -> HttpResponse:
    page = render(request, "account/leaving.html", {"address": address, "host": urlsplit(address).hostname})
    add_never_cache_headers(page)
    return page
