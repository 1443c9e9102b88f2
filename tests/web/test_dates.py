"""A last day is written in one way in every list."""

from datetime import timedelta

import pytest

from portal.kernel import clock
from portal.kernel.text import speaking
from portal.web.dates import until
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("days", "written"),
    [
        (-1, "i dag"),
        (0, "i dag"),
        (1, "i morgon"),
        (2, "25 november"),
        (13, "6 december"),
        (60, "22 januari 2027"),
    ],
)
def test_a_last_day_is_the_day_itself_but_for_today_and_tomorrow(days, written):
    with clock.stopped_at(NOW), speaking("sv"):
        assert until(NOW + timedelta(days=days)).replace("\u00a0", " ") == written
