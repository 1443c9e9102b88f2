"""Real ads of real employers: all are read, none is broken, nothing unwanted is kept."""

import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from portal.kernel.markup import clean_html
from portal.openings.formats import Ad, Broken, Removal, parse

JOB_ADS = Path(__file__).resolve().parents[3] / "shared" / "data" / "job-ads"
EXPECTED = {
    "jobtech/jobstream-2020-02-28.json": (10, 14),
    "jobtech/jobsearch-response.json": (5, 0),
    "jobtech/volume-300.synthetic.json": (300, 0),
    "teamtailor/jobs-upcloud.rss": (2, 0),
    "teamtailor/jobs-ferd.rss": (3, 0),
    "teamtailor/jobs-teamtailor.json": (2, 0),
    "teamtailor/jobs-apotea.json": (1, 0),
    "teamtailor/api-v1-jobs-page1.reconstructed.json": (1, 1),
    "greenhouse/greenhouse.json": (2, 0),
}
ALLOWED = re.compile(r"</?(?:p|br|strong|em|ul|ol|li|h3|h4|a)\b")

pytestmark = pytest.mark.skipif(
    not JOB_ADS.is_dir(), reason=f"the real job ads are not kept with the code: no {JOB_ADS}"
)


def read(path):
    format = path.relative_to(JOB_ADS).parts[0]
    return list(parse(format, path.read_bytes(), company="Exempel AB"))


def all_ads():
    paths = [JOB_ADS / name for name in EXPECTED]
    paths += sorted((JOB_ADS / "greenhouse" / "boards").glob("*.json"))
    return [one for path in paths for one in read(path) if isinstance(one, Ad)]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_gives_its_ads_and_removals(name):
    kinds = Counter(type(one) for one in read(JOB_ADS / name))
    assert (kinds[Ad], kinds[Removal], kinds[Broken]) == (*EXPECTED[name], 0)


def test_all_greenhouse_boards_are_read():
    boards = sorted((JOB_ADS / "greenhouse" / "boards").glob("*.json"))
    kinds = Counter(type(one) for board in boards for one in read(board))
    assert (len(boards), kinds) == (77, Counter({Ad: 290}))


def test_every_ad_has_what_a_page_needs():
    for ad in all_ads():
        assert ad.title == " ".join(ad.title.split())
        assert ad.company
        assert ad.url.startswith("http")
        assert ad.published_at.utcoffset() == timedelta(0)
        assert ad.apply_url or ad.apply_email or ad.apply_text or ad.source == "jobtech"
        assert len(ad.raw_hash) == 64


def test_every_body_is_clean_and_stays_so():
    for body in {ad.body_html for ad in all_ads()}:
        assert len(ALLOWED.findall(body)) == len(re.findall(r"<", body))
        assert clean_html(body) == body
        assert "<p></p>" not in body


def test_reading_twice_gives_the_same():
    assert all_ads() == all_ads()


def test_contact_persons_of_the_samples_are_not_kept():
    for ad in all_ads():
        outside_body = (
            ad.apply_email,
            ad.apply_text,
            ad.company_url,
            ad.department,
            ad.salary_text,
        )
        told = " ".join(one for one in outside_body if one)
        assert not re.search(r"Kim Exempel|kim@exempel|Noor Exempel|John Doe|174 06", told)
        assert "kontakt5@" not in told
        assert "kontakt7@" not in told


def test_the_open_positions_of_boards_stand():
    standing = {ad.title for ad in all_ads() if ad.standing}
    assert {"Ferd - Open position", "Åpen søknad"} <= standing


def test_places_of_jobtech_ads_are_known_by_their_codes():
    ads = [ad for ad in all_ads() if ad.source == "jobtech"]
    assert sum(bool(place.municipality_code) for ad in ads for place in ad.places) == 302
    assert all(ad.occupation_field_id and ad.ssyk for ad in ads)
