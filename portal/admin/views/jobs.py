"""The portal's jobs."""

from typing import Any

from flask import Response, request

from portal.admin import actions, forms, queries
from portal.admin.policy import may_retry, state_of
from portal.admin.views.blueprint import admin
from portal.kernel import clock
from portal.kernel.jobs import MOST_ATTEMPTS, Job
from portal.kernel.text import _
from portal.web.acting import outcome
from portal.web.guards import administrators
from portal.web.rendering import actor, announced, fragment, is_partial, notice, page, redirect

LIST = "/admin/jobs"


@admin.get(LIST)
@administrators
def jobs() -> Response:
    """List the jobs that went wrong, or all that wait."""
    state: queries.State = "waiting" if request.args.get("state") == "waiting" else "troubled"
    after = request.args.get("after")
    found = queries.jobs(state, after)
    asked = {"state": "waiting" if state == "waiting" else None}
    context: dict[str, Any] = {
        "here": "jobs",
        "state": state,
        "rows": [job_context(job) for job in found.rows],
        "first": forms.address(LIST, **asked) if after else None,
        "more": forms.address(LIST, **asked, after=found.after) if found.after else None,
    }
    return page("admin/jobs.html", "admin", **context)


@admin.post(f"{LIST}/<int:job_id>/retry")
@administrators
def retry(job_id: int) -> Response:
    """Let a job be tried again, at once."""

    def act() -> None:
        job = queries.found_job(actor(), job_id, hold=True)
        actions.retry_job(actor(), job, clock.now())

    words, _tone = outcome(_("It is tried again within a few seconds."), act)
    after = queries.found_job(actor(), job_id)
    if is_partial() and after is not None:
        return announced(fragment("admin/_job.html", **job_context(after)), words)
    notice(words)
    return redirect(LIST)


def job_context(job: Job) -> dict[str, Any]:
    """Return what `_job.html` needs, in the list and alone."""
    now = clock.now()
    return {
        "job": job,
        "job_state": state_of(job, now),
        "retrying": may_retry(actor(), job, now),
        "most_attempts": MOST_ATTEMPTS,
    }
