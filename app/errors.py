"""What a service may raise; each is mapped once to HTTP, sockets and exit codes."""


class CojamError(Exception):
    """Base of all refusals a person should hear about, with a message meant for them."""

    def __init__(self, message: str = "", *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Denied(CojamError):
    """The actor may not do this; `reason` is the policy's machine-readable cause."""

    def __init__(self, message: str = "", *, reason: str = "denied") -> None:
        super().__init__(message)
        self.reason = reason


class Missing(CojamError):
    """The thing is not there, or the actor must not learn that it is."""


class Conflict(CojamError):
    """Somebody else changed it first, or it exists already."""


class Invalid(CojamError):
    """The input cannot be accepted; `field` names the form field when there is one."""


class Infeasible(CojamError):
    """The rules contradict each other, so no answer exists."""
