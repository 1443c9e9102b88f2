"""Settings are checked at start, and every wrong one is named at once."""

import pytest

from portal.app import create_app
from portal.config import KNOWN, WrongSettings, contrast, read

SECRET = {"SECRET_KEY": "s" * 32}
LIVE = {
    **SECRET,
    "PORTAL_ENV": "production",
    "PORTAL_BASE_URL": "https://natverk.example.com",
    "PORTAL_SMTP_URL": "smtp+starttls://user:pass@mail.example.com:587",
    "PORTAL_MAIL_FROM": "hej@example.com",
    "DATABASE_URL": "postgresql://portal@db/portal",
}
WRONG = {
    "PORTAL_ENV": "staging",
    "PORTAL_BASE_URL": "natverk.example.com/path",
    "PORTAL_LOGO": "/nowhere/logo.gif",
    "PORTAL_ACCENT": "pink",
    "PORTAL_HTMX": "maybe",
    "PORTAL_SMTP_URL": "http://mail.example.com",
    "PORTAL_MAIL_FROM": "nobody",
    "PORTAL_BOUNCE_SECRET": "short",
    "PORTAL_BOUNCE_ADDRESS": "nobody",
    "PORTAL_MAILS_PER_HOUR": "plenty",
    "PORTAL_PROXIES": "many",
    "PORTAL_HSTS": "yes",
    "PORTAL_DEMO": "true",
    "DATABASE_URL": "mysql://x",
    "SECRET_KEY": "short",
}


def faults(environment, folder):
    with pytest.raises(WrongSettings) as caught:
        read(environment, folder)
    return caught.value.faults


def test_every_wrong_setting_is_named_at_once(tmp_path):
    named = faults({**WRONG, "PORTAL_COLOUR": "red"}, tmp_path)
    for key in (*WRONG, "PORTAL_COLOUR"):
        assert len([fault for fault in named if fault.startswith(f"{key} ")]) == 1, key
    assert len(named) == len(WRONG) + 1


@pytest.mark.parametrize("key", sorted(WRONG))
def test_each_wrong_setting_stops_the_start_alone(tmp_path, key):
    environment = {**LIVE, **{key: WRONG[key]}}
    assert [fault.split()[0] for fault in faults(environment, tmp_path)] == [key]


@pytest.mark.parametrize(
    "key", ["SECRET_KEY", "PORTAL_BASE_URL", "PORTAL_SMTP_URL", "PORTAL_MAIL_FROM"]
)
def test_production_asks_for_what_it_needs(tmp_path, key):
    environment = {name: value for name, value in LIVE.items() if name != key}
    assert key in [fault.split()[0] for fault in faults(environment, tmp_path)]


def test_production_with_all_it_needs_starts_and_knows_its_host(tmp_path):
    settings = read(LIVE, tmp_path)
    assert settings.https
    assert settings.trusted_hosts == ("natverk.example.com",)


def test_a_secret_is_enough_to_try_it(tmp_path):
    settings = read(SECRET, tmp_path)
    assert not settings.production
    assert settings.database_url == f"sqlite:///{tmp_path}/portal.db"


def test_the_generated_secret_of_the_instance_is_used(tmp_path):
    (tmp_path / "secret_key").write_text("k" * 40 + "\n")
    assert read({}, tmp_path).secret_key == "k" * 40


def test_a_pale_accent_is_refused_with_its_contrast(tmp_path):
    [fault] = faults({**SECRET, "PORTAL_ACCENT": "#cccccc"}, tmp_path)
    assert "1.6:1" in fault


def test_a_key_to_sign_mails_with_is_looked_at_at_the_start(tmp_path):
    key = tmp_path / "key.pem"
    both = {**SECRET, "PORTAL_DKIM_SELECTOR": "mail2026", "PORTAL_DKIM_KEY": str(key)}
    assert [fault.split()[0] for fault in faults(both, tmp_path)] == ["PORTAL_DKIM_KEY"]
    key.write_text("-----BEGIN PRIVATE KEY-----\n")
    assert read(both, tmp_path).dkim_key == key
    for missing in ("PORTAL_DKIM_SELECTOR", "PORTAL_DKIM_KEY"):
        alone = {name: value for name, value in both.items() if name != missing}
        assert "must be set together" in faults(alone, tmp_path)[0]


def test_the_message_names_no_secret(tmp_path):
    with pytest.raises(WrongSettings) as caught:
        create_app({"SECRET_KEY": "short-secret", "PORTAL_SMTP_URL": "http://u:pw@x"})
    assert "short-secret" not in str(caught.value)
    assert "pw" not in str(caught.value)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_every_known_setting_is_explained():
    assert all(KNOWN.values())


def test_the_demo_sign_ins_are_refused_in_production(tmp_path):
    with pytest.raises(WrongSettings, match="PORTAL_DEMO lets anybody sign in"):
        read({"PORTAL_ENV": "production", "PORTAL_DEMO": "1"}, tmp_path)
