"""Smoke."""


def test_about(browser):
    answer = browser.get("/about")
    assert answer.status_code == 200
    print(answer.text[:1500])


def test_sign_in_as(browser, personas):
    b = personas.browser(personas.mona)
    a = b.get("/about")
    assert "Mona Lindqvist" in a.text
    assert b.post("/language", {"lang": "en"}).status_code == 303
