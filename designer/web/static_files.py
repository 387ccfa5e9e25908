"""Static files below the digest of all of them, for ever; under their plain names the browser asks each time.

Names with a hash of the content would do the same. But our ES modules import one another by relative paths in long
chains, which Django's rewriting of imports does not follow to the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

from designer.web.static_digest import StaticDigest, split

YEAR = 365 * 24 * 60 * 60


def _listed() -> Iterator[tuple[str, str]]:
    for finder in finders.get_finders():
        for name, storage in finder.list(None):
            yield name, storage.path(name)


DIGEST = StaticDigest(_listed)
"""That of all static files of this process."""


def find(name: str) -> str | None:
    """Return the path on disk of what stands below the prefix of static files, with a digest or without."""
    return finders.find(split(name)[1])


class DigestedStorage(StaticFilesStorage):
    """Gives templates addresses with the digest."""

    def url(self, name: str | None) -> str:
        """Return the address of a file."""
        return super().url(f"{DIGEST.now()}/{name}")


@require_safe
def icon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Lead to the icon what asks for it without reading a page; a page of an error would set cookies meanwhile."""
    return redirect(static("designer/icons/wholekey.svg"))


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise answering with whole files, with a digest in their paths or without.

    Its own answer is a synchronous stream, which Django under ASGI would read up with a warning for every file.
    """

    FOREVER = YEAR

    def candidate_paths_for_url(self, url: str) -> Iterator[str]:
        """Yield where a file may be: where it is without the digest."""
        if url.startswith(self.static_prefix):
            yield from super().candidate_paths_for_url(self.static_prefix + self._split(url)[1])

    def immutable_file_test(self, path: str, url: str) -> bool:
        """Tell whether what an address gives will never change: not below an old digest, nor of a file just edited."""
        return DIGEST.vouches(self._split(url)[0], path)

    def _split(self, url: str) -> tuple[str | None, str]:
        return split(url.removeprefix(self.static_prefix))

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        """Return the file, or 304 where the browser has it."""
        found = static_file.get_response(request.method, request.META)
        content = found.file.read() if found.file is not None else b""
        if found.file is not None:
            found.file.close()
        response = HttpResponse(content, status=int(found.status))
        del response.headers["Content-Type"]
        for name, value in found.headers:
            response.headers[name] = value
        return response
