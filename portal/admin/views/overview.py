"""How the portal is doing."""

from flask import Response

from portal.admin.policy import worker_stands_still
from portal.admin.queries import health
from portal.admin.views.blueprint import admin
from portal.kernel import clock
from portal.web.guards import administrators
from portal.web.rendering import actor, page
from portal.web.sections import sections_of


@admin.get("/admin")
@administrators
def show() -> Response:
    """Show how the portal is doing."""
    now = clock.now()
    measured = health.at_a_glance(actor(), now)
    return page(
        "admin/show.html",
        "admin",
        here="overview",
        health=measured,
        most_counted=health.MOST_COUNTED,
        version=health.version(),
        sections=sections_of("admin", actor(), None),
        stands_still=worker_stands_still(measured.longest_due, now),
    )
