"""Static files: hashed names where they were collected, plain files otherwise."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class HashedModules(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names with a hash of the content, also in `import` statements of ES modules: browsers may keep them for ever."""

    support_js_module_import_aggregation = True
    max_post_process_passes = 40
    """A pass renames one link of the longest chain of imports; Django's default of 5 is for style sheets."""


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
