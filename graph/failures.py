"""What an error means to the user: one sentence, and the exit code that says whose fault it was."""

import click

WRONG_USE, LIMIT, STORE, REMOTE = 2, 3, 4, 5
STOPPED = 130  # by Ctrl-C, as a shell says it
FINDINGS = 1  # no failure: something was found that deserves mending
CODES = {
    "BadTables": WRONG_USE, "UnknownName": WRONG_USE, "AmbiguousName": WRONG_USE, "RefusedQuery": WRONG_USE,
    "NoRoute": WRONG_USE, "MissingLibrary": WRONG_USE, "TooManyRoutes": LIMIT, "LimitHit": LIMIT, "StoreError": STORE,
    "EndpointError": REMOTE,
}  # fmt: skip


class Failure(click.ClickException):
    """One sentence for the user, and the exit code that says whose fault it was."""

    def __init__(self, message: str, code: int = WRONG_USE) -> None:
        super().__init__(message)
        self.exit_code = code  # type: ignore[misc]


def explained(error: Exception) -> Failure | None:
    """Return the failure that an error of ours means to the user; None if it is nobody's but the program's."""
    code = CODES.get(type(error).__name__)
    if code is None and isinstance(error, ValueError | SyntaxError | OSError):
        code = WRONG_USE
    return Failure(str(error), code) if code is not None else None
