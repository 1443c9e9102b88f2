"""Joins the house: reads the settings, opens the database, hangs up every feature's pages."""

import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from sqlalchemy.pool import NullPool
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.accounts import jobs as account_jobs
from portal.accounts.views import accounts
from portal.accounts.views.sessions import login_manager
from portal.admin import jobs as admin_jobs
from portal.admin.views import admin
from portal.config import Settings, folder, read
from portal.demo.views import demo
from portal.directory import jobs as directory_jobs
from portal.directory.views import directory
from portal.events import jobs as event_jobs
from portal.events.views import events
from portal.home.views import dev_mail, home, legal, machine, today
from portal.journey import jobs as journey_jobs
from portal.journey.views import journey
from portal.kernel import migrations, text
from portal.kernel.db import db
from portal.networks.views import networks
from portal.notifications import jobs as notification_jobs
from portal.notifications.views import notifications
from portal.openings import jobs as opening_jobs
from portal.openings.views import openings
from portal.people import jobs as people_jobs
from portal.people.views import profile
from portal.web import clocks, dates, errors, i18n, security, throttle
from portal.web.assets import Assets
from portal.web.brand import Brand

BLUEPRINTS = (
    accounts,
    admin,
    demo,
    dev_mail,
    directory,
    events,
    home,
    journey,
    legal,
    machine,
    networks,
    notifications,
    openings,
    profile,
    today,
)
# Nobody asks for them: that they are imported makes them listen to facts and do jobs.
LISTENERS = (
    account_jobs,
    admin_jobs,
    directory_jobs,
    event_jobs,
    journey_jobs,
    notification_jobs,
    opening_jobs,
    people_jobs,
)
LARGEST_REQUEST = 12 * 1024 * 1024  # bytes


def create_app(environment: Mapping[str, str] | None = None) -> Flask:
    """Make the portal; raises WrongSettings when it can't run with the settings it is given."""
    settings = read(os.environ if environment is None else environment, folder("instance"))
    app = Flask(__name__, template_folder=str(folder("templates")), static_folder=None)
    _configure(app, settings)
    _prepare_templates(app, settings)
    db.init_app(app)
    migrations.offer(app)
    throttle.throttle(app)
    security.secure(app, settings)
    i18n.speak_to_everyone(app)
    forgery = CSRFProtect(app)
    login_manager.init_app(app)
    errors.answer_errors(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for view in app.view_functions.values():
        if getattr(view, "needs_no_token", False):
            forgery.exempt(view)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.extensions["settings"] = settings
    # Errors are logged, and kept with a job: without what people have written.
    engine: dict[str, Any] = {"hide_parameters": True}
    if ":memory:" in settings.database_url:
        engine["poolclass"] = NullPool
    else:
        engine["pool_pre_ping"] = settings.database_url.startswith("postgresql")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine,
        SESSION_COOKIE_NAME="__Host-session" if settings.https else "session",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=90),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=500_000,
        MAX_FORM_PARTS=1_000,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        WTF_CSRF_TIME_LIMIT=None,
        # Referrers are checked by browsers' own SameSite rule; proxies strip the header.
        WTF_CSRF_SSL_STRICT=False,
    )


def _prepare_templates(app: Flask, settings: Settings) -> None:
    assets = Assets(settings)
    app.wsgi_app = assets.around(app.wsgi_app)  # type: ignore[method-assign]
    app.extensions["brand"] = brand = Brand(settings.brand, assets.logo)
    environment = app.jinja_env
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.undefined = StrictUndefined
    environment.auto_reload = app.debug
    environment.filters.update(dates.FILTERS | clocks.FILTERS)
    environment.globals.update(
        _=text._,
        _n=text._n,
        asset=assets.url,
        icon=assets.icon,
        htmx=assets.htmx,
        brand=brand,
        demo=settings.demo,
    )
