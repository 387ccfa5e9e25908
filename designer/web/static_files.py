"""Static files under their own names; the browser asks each time whether it still has the right one.

Names with a hash of the content would save the asking. But our ES modules import one another by relative paths in long
chains, which Django's rewriting of imports does not follow to the end; the answer "not modified" costs little.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise answering with whole files.

    Its own answer is a synchronous stream, which Django under ASGI would read up with a warning for every file.
    """

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
