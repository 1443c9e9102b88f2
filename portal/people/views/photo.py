"""Put up a photo of oneself, and take it away."""

from flask import Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from portal.kernel import clock, files
from portal.kernel.db import release, unit_of_work
from portal.kernel.files import TOO_LARGE
from portal.kernel.text import _
from portal.people import actions
from portal.people.forms import PhotoForm
from portal.people.views.blueprint import profile
from portal.people.views.showing import PAGE, answer, context
from portal.web.errors import tell
from portal.web.forms import refuse
from portal.web.guards import limited, signed_in
from portal.web.rendering import actor, refusal

PATH = "/journey/profile/photo"
CHUNK, MOST_DRAINED = 1 << 20, 64 << 20  # bytes


@profile.post(PATH)
@signed_in
@limited("60/hour")
def change_photo() -> Response:
    """Put up a photo, in place of the one there may be."""
    form = PhotoForm()
    release()  # drawing a picture anew takes a while, and nobody should wait for it
    file_id = form.keep()
    if file_id is None:
        return _refused(form)
    try:
        with unit_of_work():
            actions.change_photo(actor(), file_id, clock.now())
    except BaseException:
        files.remove(file_id)
        raise
    return answer("photo", _("Your photo is saved."))


@profile.post(f"{PATH}/removal")
@signed_in
def remove_photo() -> Response:
    """Take the photo away; when there is none, nothing happens."""
    with unit_of_work():
        actions.remove_photo(actor(), clock.now())
    return answer("photo", _("Your photo is taken away."))


@profile.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """Say at the field that a picture is too large to be read at all."""
    if request.path != PATH:
        return tell(413)
    _drain()
    if not actor().is_signed_in:
        return tell(413)
    form = PhotoForm()
    refuse(form.photo, TOO_LARGE)
    return _refused(form)


def _refused(form: PhotoForm) -> Response:
    return refusal(PAGE, "people/_photo.html", "journey", **context("photo-form", photo=form))


def _drain() -> None:
    """Take what is being sent and forget it: else the browser sees a broken line and no answer.

    Nothing has been asked of the database so far, so nobody waits for a slow sender.
    """
    stream, left = request.environ["wsgi.input"], min(request.content_length or 0, MOST_DRAINED)
    while left > 0 and (chunk := stream.read(min(left, CHUNK))):
        left -= len(chunk)
