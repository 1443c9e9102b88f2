"""Two pages to compare with: a bare Flask and Jinja page, and the usual page of the usual stack."""

import gettext
import sqlite3
from typing import Any

import psycopg
from flask import Flask, Response, render_template, request, session
from flask_login import LoginManager, UserMixin
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect, generate_csrf
from jinja2 import DictLoader
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship

from portal.web.security import compressed

ROWS = 20
USER = """SELECT person.id, person.name FROM user_session
JOIN person ON person.id = person_id WHERE token_digest = {}"""
NEWEST = """SELECT slug, title, company, place_text, published_at FROM opening
WHERE state = 'published' ORDER BY position DESC LIMIT 20"""
LEAN = """<!doctype html><html lang="sv"><title>Floor</title>
<body data-token="{{ token }}"><p>{{ name }}</p><ul>
{% for slug, title, company, place, at in rows %}<li><h2><a href="/openings/{{ slug }}">{{ title }}</a></h2>
<p>{{ company }}</p><p>{{ place }}</p><time>{{ at }}</time><p>{{ words.apply }}</p></li>
{% endfor %}</ul>{{ filler|safe }}</body></html>"""
USUAL = """<!doctype html><html lang="sv"><head><title>{{ _('Openings') }}</title>
<link href="{{ url_for('static', filename='a.css') }}"><meta content="{{ csrf() }}"></head><body>
<nav>{% for i in range(9) %}<a href="{{ url_for('one', slug='a') }}">{{ _('Menu') }}</a>
{% endfor %}</nav><p>{{ current_user.name }}</p><ul>
{% for one in rows %}<li><h2><a href="{{ url_for('one', slug=one.slug) }}">{{ one.title }}</a></h2>
<p>{{ one.organisation.name }}</p><p>{{ one.place_text }}</p><time>{{ one.published_at }}</time>
<a href="{{ url_for('one', slug=one.slug) }}">{{ _('Apply by') }}</a></li>
{% endfor %}</ul>{{ filler|safe }}</body></html>"""


def lean(url: str, digest: str, size: int) -> Flask:
    """Make the floor: a session, two raw queries, one compiled template, as many bytes as the page."""
    app = Flask("floor")
    app.secret_key = "floor-" * 8
    ask = _asking(url)
    template = app.jinja_env.from_string(LEAN)
    filler = [""]

    @app.get("/")
    def index() -> Response:
        name = ask(USER, digest)
        rows = ask(NEWEST)
        who = name[0][1] if name else ""
        words = {"apply": "Apply by"}
        token = session.get("csrf_token", "")
        html = template.render(rows=rows, name=who, token=token, words=words, filler=filler[0])
        return compressed(Response(html))

    with app.test_request_context(headers={"Accept-Encoding": ""}):
        missing = size - len(index().get_data())
    filler[0] = _filler(missing)
    return app


def usual(url: str, size: int) -> Flask:
    """Make the reference: entities with a joined relation, url_for, gettext, Flask-Login, CSRF."""

    class Base(DeclarativeBase):
        pass

    database = SQLAlchemy(model_class=Base)
    Model: Any = database.Model

    class Organisation(Model):  # type: ignore[misc]
        __tablename__ = "organisation"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

    class Opening(Model):  # type: ignore[misc]
        __tablename__ = "opening"
        id: Mapped[int] = mapped_column(primary_key=True)
        slug: Mapped[str]
        title: Mapped[str]
        place_text: Mapped[str]
        published_at: Mapped[str]
        state: Mapped[str]
        position: Mapped[int]
        organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
        organisation: Mapped[Organisation] = relationship()

    class Person(UserMixin, Model):  # type: ignore[misc]
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

    app = Flask("usual")
    app.config.update(SECRET_KEY="usual-" * 8, SQLALCHEMY_DATABASE_URI=url)
    app.jinja_loader = DictLoader({"list.html": USUAL})
    database.init_app(app)
    CSRFProtect(app)
    login = LoginManager(app)
    login.user_loader(lambda id: database.session.get(Person, int(id)))
    translations = gettext.NullTranslations()

    def translated(text: str) -> str:
        request.accept_languages.best_match(("sv", "en"))
        return translations.gettext(text)

    app.jinja_env.globals.update(_=translated, csrf=generate_csrf)
    filler = [""]

    def page() -> str:
        rows = database.session.scalars(
            select(Opening)
            .where(Opening.state == "published")
            .options(joinedload(Opening.organisation))
            .order_by(Opening.position.desc())
            .limit(ROWS)
        ).all()
        return render_template("list.html", rows=rows, filler=filler[0])

    @app.get("/")
    def index() -> Response:
        session.setdefault("_user_id", "1")
        return compressed(Response(page()))

    @app.get("/openings/<slug>")
    def one(slug: str) -> str:
        return slug

    with app.test_request_context(headers={"Accept-Encoding": ""}):
        filler[0] = _filler(size - len(index().get_data()))
    return app


def _filler(size: int) -> str:
    text = "".join(
        f"<p>{number} frame of a page, menu, filters</p>" for number in range(size // 30 + 1)
    )
    return text[: max(0, size)]


def _asking(url: str) -> Any:
    """Open the bare driver on a database."""
    if url.startswith("sqlite"):
        connection: Any = sqlite3.connect(url.removeprefix("sqlite:///"), check_same_thread=False)
        mark = "?"
    else:
        connection = psycopg.connect(url, autocommit=True)
        mark = "%s"

    def ask(statement: str, *values: object) -> list[tuple[Any, ...]]:
        return connection.execute(statement.format(mark), values).fetchall()  # type: ignore[no-any-return]

    return ask
