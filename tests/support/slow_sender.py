"""A sender as a process of its own, that can be killed between sending a mail and noting that it has left.

`main()` sends what is due on DATABASE_URL, to PORTAL_SMTP_URL. While FOLDER/rest exists, it rests right
after a mail server has taken a mail: for long enough to be killed there. Arguments: the seconds of a
lease, and FOLDER.
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

from portal.app import create_app
from portal.kernel.mail import Sender
from portal.kernel.mail.outcomes import Parcel
from portal.kernel.mail.transport import Line


def main() -> None:
    lease, folder = timedelta(seconds=float(sys.argv[1])), Path(sys.argv[2])

    class Slow(Line):
        """Rests when a mail is taken."""

        def send(self, parcel: Parcel) -> None:
            super().send(parcel)
            if (folder / "rest").exists():
                (folder / "reached-taken").touch()
                time.sleep(60)

    settings = {key: os.environ[key] for key in ("DATABASE_URL", "PORTAL_SMTP_URL")}
    app = create_app(settings | {"SECRET_KEY": "test-" * 8})
    with app.app_context():
        sender = Sender(lease=lease, dial=Slow)
        while True:
            sender.send_due()
            time.sleep(0.05)
