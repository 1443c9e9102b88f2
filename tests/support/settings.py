"""A portal that runs with other settings for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask import Flask

from portal.accounts.actions import forget_providers


@contextmanager
def set_to(portal: Flask, **chosen: Any) -> Iterator[None]:
    """Let these settings be others within the block; organisations are met as if for the first time."""
    before = portal.extensions["settings"]
    portal.extensions["settings"] = replace(before, **chosen)
    forget_providers()
    try:
        yield
    finally:
        portal.extensions["settings"] = before
        forget_providers()
