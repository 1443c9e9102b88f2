"""Records of any shape: one bad value never stops the rest, whatever it is."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.openings.formats import Ad, Broken, Removal, parse

SAMPLES = Path(__file__).parent / "samples"
GOOD = {
    "jobtech": json.loads((SAMPLES / "jobtech-stream.json").read_text("utf-8"))[0],
    "greenhouse": json.loads((SAMPLES / "greenhouse.json").read_text("utf-8"))["jobs"][0],
    "teamtailor": {
        "id": "1",
        "links": {"careersite-job-url": "https://x.example/jobs/1"},
        "attributes": {"title": "A", "body": "b", "created-at": "2026-01-01", "end-date": None},
        "relationships": {"department": {"data": None}, "locations": {"data": []}},
    },
}
ENVELOPES = {"jobtech": "hits", "greenhouse": "jobs", "teamtailor": "data"}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("0001-01-01"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def paths(record, before=()):
    """Return the path of every value in a record."""
    found = []
    for key, value in record.items():
        found.append((*before, key))
        if isinstance(value, dict):
            found += paths(value, (*before, key))
    return found


def replaced(record, path, value):
    key, *rest = path
    return record | {key: replaced(record[key], rest, value) if rest else value}


@pytest.mark.parametrize("format", ENVELOPES)
@given(data=st.data())
def test_a_bad_value_breaks_its_own_record_at_most(format, data):
    good = GOOD[format]
    bad = replaced(good, data.draw(st.sampled_from(paths(good))), data.draw(VALUES))
    payload = json.dumps({ENVELOPES[format]: [bad, data.draw(VALUES), good]}).encode()
    first, second, third = parse(format, payload, company="Exempel AB")
    assert isinstance(first, Ad | Removal | Broken)
    assert isinstance(second, Broken)
    assert isinstance(third, Ad)
