"""What a test needs besides Python: skipped and named where it is missing, unless GOLDENTHREAD_REQUIRE names it."""

import os
from typing import NoReturn

import pytest


def lacking(what: str, reason: str) -> NoReturn:
    """Skip the test for want of a "browser" or of "virtuoso"; fail it where GOLDENTHREAD_REQUIRE lists that."""
    if what in os.environ.get("GOLDENTHREAD_REQUIRE", "").split(","):
        pytest.fail(reason)
    pytest.skip(reason)
