"""How a use case says no. Each message is one sentence for the person who asked."""

from __future__ import annotations


class ServiceError(Exception):
    """The use case did not happen. `status` is what HTTP calls it."""

    status = 400

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class Invalid(ServiceError):
    """What was asked for makes no sense here. `field` names the argument that is wrong, where it is one."""

    def __init__(self, message: str, field: str = ""):
        super().__init__(message)
        self.field = field


class NotFound(ServiceError):
    """There is no such thing, or none that this person may know of."""

    status = 404


class Denied(ServiceError):
    """This person may see it and may not do this with it."""

    status = 403


class TooLarge(ServiceError):
    """More than the server takes at once."""

    status = 413


class TooMany(ServiceError):
    """It was tried too often; it may be tried again later."""

    status = 429
