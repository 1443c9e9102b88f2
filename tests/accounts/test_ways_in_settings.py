"""Which organisations are taken, and whether staff need a second step, is set and checked at start."""

import pytest

from portal.config import Provider, WrongSettings, read

BASE = {"SECRET_KEY": "s" * 32}
ACME = {
    "PORTAL_OIDC": "acme",
    "PORTAL_OIDC_ACME_ISSUER": "https://login.acme.example/tenant/",
    "PORTAL_OIDC_ACME_CLIENT_ID": "portal",
    "PORTAL_OIDC_ACME_CLIENT_SECRET": "its secret",
}
LIVE = {
    "PORTAL_ENV": "production",
    "PORTAL_BASE_URL": "https://natverk.example.com",
    "PORTAL_SMTP_URL": "smtps://mail.example.com:465",
    "PORTAL_MAIL_FROM": "hej@example.com",
}


def faults(folder, **changed):
    with pytest.raises(WrongSettings) as caught:
        read(BASE | ACME | changed, folder)
    return caught.value.faults


def test_an_organisation_is_taken_as_it_is_set(tmp_path):
    issuer = ACME["PORTAL_OIDC_ACME_ISSUER"]
    [provider] = read(BASE | ACME, tmp_path).providers
    assert provider == Provider("acme", "Acme", issuer, "portal", "its secret")
    [named] = read(BASE | ACME | {"PORTAL_OIDC_ACME_NAME": "Acme & Co"}, tmp_path).providers
    assert named.name == "Acme & Co"


def test_several_are_taken_in_their_order(tmp_path):
    other = {key.replace("ACME", "UMBRELLA"): value for key, value in ACME.items()}
    other |= {"PORTAL_OIDC": "umbrella, acme", "PORTAL_OIDC_UMBRELLA_ISSUER": "https://u.example"}
    found = read(BASE | ACME | other, tmp_path).providers
    assert [one.key for one in found] == ["umbrella", "acme"]


@pytest.mark.parametrize(
    "issuer",
    [
        "",
        "login.acme.example",
        "http://login.acme.example",
        "https://",
        "https://login.acme.example?x=1",
        "https://user:password@login.acme.example",
        "javascript:alert(1)",
        "https://[",
    ],
)
def test_an_issuer_is_an_address_with_https(tmp_path, issuer):
    [fault] = faults(tmp_path, PORTAL_OIDC_ACME_ISSUER=issuer)
    assert fault.startswith("PORTAL_OIDC_ACME_ISSUER must be")


def test_an_issuer_on_this_machine_is_for_trying_only(tmp_path):
    here = {"PORTAL_OIDC_ACME_ISSUER": "http://127.0.0.1:3455"}
    assert read(BASE | ACME | here, tmp_path).providers
    [fault] = faults(tmp_path, **here, **LIVE)
    assert fault.startswith("PORTAL_OIDC_ACME_ISSUER")


@pytest.mark.parametrize("part", ["CLIENT_ID", "CLIENT_SECRET"])
def test_what_is_missing_is_named(tmp_path, part):
    assert faults(tmp_path, **{f"PORTAL_OIDC_ACME_{part}": ""}) == [
        f"PORTAL_OIDC_ACME_{part} must be set, as the organisation gave it."
    ]


@pytest.mark.parametrize("names", ["Acme", "acme,acme", "a/b", "acme co", "1acme"])
def test_a_short_name_can_stand_in_an_address(tmp_path, names):
    assert any(one.startswith("PORTAL_OIDC must be") for one in faults(tmp_path, PORTAL_OIDC=names))


def test_the_keys_of_an_organisation_that_is_not_taken_are_unknown(tmp_path):
    found = faults(tmp_path, PORTAL_OIDC="")
    assert [one.split()[0] for one in found] == sorted(ACME.keys() - {"PORTAL_OIDC"})


def test_two_names_of_one_issuer_are_refused(tmp_path):
    other = {key.replace("ACME", "OTHER"): value for key, value in ACME.items()}
    found = faults(tmp_path, **other | {"PORTAL_OIDC": "acme,other"})
    assert found == ["PORTAL_OIDC names the same issuer twice."]


@pytest.mark.parametrize(
    ("value", "required"), [("", False), ("optional", False), ("required", True)]
)
def test_staff_need_a_second_step_where_it_is_required(tmp_path, value, required):
    settings = read(BASE | {"PORTAL_STAFF_SECOND_STEP": value}, tmp_path)
    assert settings.staff_second_step is required


def test_another_word_than_those_two_is_refused(tmp_path):
    [fault] = faults(tmp_path, PORTAL_STAFF_SECOND_STEP="1")
    assert fault == "PORTAL_STAFF_SECOND_STEP must be one of: optional, required."
