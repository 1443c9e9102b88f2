"""Openings come in from other systems: the same twice is once, and what is broken stops nothing."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from portal.cli.openings import openings as commands
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.openings.actions import take_in
from portal.openings.formats import parse
from portal.openings.models import Opening
from tests.openings.test_finding import titles

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "job-ads"


def ad(number, **more):
    return {
        "id": str(number),
        "headline": f"Annons {number}",
        "application_deadline": "2026-12-24T23:59:59",
        "publication_date": "2026-11-20T08:00:00",
        "description": {"text": "Vi söker dig.", "text_formatted": "<p>Vi söker <b>dig</b>.</p>"},
        "employer": {"name": "Provbolaget"},
        "workplace_address": {"municipality": "Umeå", "municipality_code": "2480"},
        "application_details": {"email": "jobb@prov.example"},
        "application_contacts": [{"name": "Karin Kontakt", "telephone": "070-1740605"}],
    } | more


def import_files(portal, *arguments):
    return CliRunner().invoke(commands, ["import", *map(str, arguments)])


def take(*records):
    with unit_of_work():
        return take_in(parse("jobtech", json.dumps(records).encode()), clock.now())


def stored():
    session().rollback()
    return session().scalar(select(func.count()).select_from(Opening))


def test_the_same_twice_is_once(browser, portal):
    first, second = take(ad(1), ad(2)), take(ad(1), ad(2))
    assert (first.new, second.new, second.unchanged) == (2, 0, 2)
    assert stored() == 2
    assert titles(browser.get("/openings?q=annons")) != []


def test_the_same_id_twice_in_one_file_is_one_opening(portal):
    assert take(ad(1), ad(1, headline="Nytt namn")).new == 1
    assert stored() == 1


def test_a_changed_ad_keeps_its_address_and_is_found_by_its_new_words(browser, portal):
    take(ad(1))
    address = browser.get("/openings").text.split('href="/openings/')[1].split('"')[0]
    assert take(ad(1, headline="Kranförare")).changed == 1
    assert titles(browser.get("/openings?q=kranförare")) == ["Kranförare"]
    assert titles(browser.get("/openings?q=annons")) == []
    assert browser.get(f"/openings/{address}").status_code == 200


def test_a_removal_with_a_number_closes_the_ad_with_the_same_text_id(browser, portal):
    take(ad(1), ad(2))
    assert take({"id": 1, "removed": True, "removed_date": "2026-11-22T03:11:33"}).removed == 1
    assert titles(browser.get("/openings")) == ["Annons 2"]
    assert take({"id": 1, "removed": True, "removed_date": "2026-11-22T03:11:33"}).removed == 0
    assert take(ad(1)).changed == 1, "an ad that comes back is open again"
    assert len(titles(browser.get("/openings"))) == 2


def test_an_ad_whose_time_is_up_is_kept_closed(browser, portal):
    take(ad(1, application_deadline="2026-11-01T23:59:59"))
    assert stored() == 1
    assert titles(browser.get("/openings")) == []


def test_contact_persons_are_not_stored(portal):
    take(ad(1))
    row = session().execute(select(*Opening.__table__.columns)).mappings().one()
    assert "Karin" not in str(dict(row))
    assert "070-1740605" not in str(dict(row))


def test_a_broken_record_is_told_with_its_id_and_the_rest_goes_in(portal, tmp_path):
    file = tmp_path / "ads.json"
    file.write_text(json.dumps([ad(1), ad(2, headline=None), "not an ad", ad(3)]))
    outcome = import_files(portal, "jobtech", file)
    assert outcome.exit_code == 1
    assert "2 new" in outcome.output
    assert "broken: 2:" in outcome.output
    assert stored() == 2


def test_a_file_that_is_no_ads_is_refused_and_nothing_closes(portal, tmp_path):
    take(ad(1))
    for content in ("", "<html>down for maintenance</html>", '{"message": "no"}'):
        file = tmp_path / "odd.json"
        file.write_text(content)
        outcome = import_files(portal, "jobtech", file)
        assert outcome.exit_code == 1
        assert "could not be read" in outcome.output
    assert import_files(portal, "jobtech", tmp_path / "missing.json").exit_code == 1
    assert stored() == 1


def test_an_address_is_read_with_the_same_code(portal):
    body = json.dumps([ad(7)]).encode()

    class Source(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Source)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        outcome = import_files(portal, "jobtech", f"http://127.0.0.1:{server.server_port}/ads")
    finally:
        server.shutdown()
        server.server_close()
    assert outcome.exit_code == 0, outcome.output
    assert stored() == 1


def test_nothing_in_an_ad_can_break_out_of_the_page(browser, portal):
    nasty = (
        '<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>'
    )
    take(ad(1, headline=nasty, description={"text_formatted": nasty + "<p>ok</p>"}))
    address = browser.get("/openings").text.split('href="/openings/')[1].split('"')[0]
    text = browser.get(f"/openings/{address}").text
    body = text[text.index('class="prose"') :]
    for part in ("<script>alert", "<img", "onerror=alert", "javascript:"):
        assert part not in body.split("</main>")[0].replace("&lt;", "")


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the real job ads stand beside the project only there"
)
@pytest.mark.parametrize(
    ("format", "pattern", "count"),
    [
        ("jobtech", "jobtech/jobs*.json", 15),
        ("jobtech", "jobtech/volume-300*.json", 300),
        ("teamtailor", "teamtailor/*.rss", 5),
        ("greenhouse", "greenhouse/boards/*.json", 290),
        ("greenhouse", "greenhouse/greenhouse.json", 2),
    ],
)
def test_real_ads_come_in_without_loss(browser, portal, format, pattern, count):
    files = sorted(SHARED.glob(pattern))
    outcome = import_files(portal, format, *files)
    assert outcome.exit_code == 0, outcome.output[-2000:]
    assert f"{count} new" in outcome.output
    assert stored() == count
    again = import_files(portal, format, *files)
    assert f"0 new, 0 changed, {count} unchanged" in again.output
    for slug in session().scalars(select(Opening.slug)):
        assert browser.get(f"/openings/{slug}").status_code in (200, 410)
