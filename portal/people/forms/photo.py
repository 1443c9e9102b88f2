"""A photo of oneself."""

from flask import request
from wtforms import FileField

from portal.kernel.files import RefusedFile, keep_portrait
from portal.kernel.text import _l
from portal.web.forms import Form, refuse


class PhotoForm(Form):
    """A picture file."""

    photo = FileField(
        _l("A photo of you"),
        description=_l("PNG, JPEG, WebP or GIF, at most 8 MB. The middle of it is cut out."),
        id="picture",  # the section it stands in is the photo
    )

    def keep(self) -> str | None:
        """Keep the picture that was sent and return its id; None, with the reason at the field."""
        sent = request.files.get("photo")
        if sent is None or not sent.filename:
            refuse(self.photo, _l("Choose a picture first."))
            return None
        try:
            return keep_portrait(sent.stream)
        except RefusedFile as refused:
            refuse(self.photo, refused.reason)
            return None
