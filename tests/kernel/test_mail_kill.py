"""A sender is killed (kill -9) between a mail server's yes and the note of it: one mail may come twice."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from portal.kernel import clock
from portal.kernel.db import session
from portal.kernel.mail import Mail
from tests.support.post_office import Post, put_in_box, serving
from tests.support.workers import until

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "from tests.support.slow_sender import main; main()"
LEASE = 1.0  # seconds


def test_whoever_is_killed_after_a_yes_doubles_that_mail_at_most(database, portal, tmp_path):
    post = Post()
    with serving(post) as port:
        with clock.stopped_at(datetime.now(UTC)):
            put_in_box(8)
        environment = os.environ | {
            "DATABASE_URL": database.url,
            "PORTAL_SMTP_URL": f"smtp://127.0.0.1:{port}",
            "PORTAL_INSTANCE": str(tmp_path),
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-c", PROGRAM, str(LEASE), str(tmp_path)]
        (tmp_path / "rest").touch()
        first = subprocess.Popen(command, cwd=ROOT, env=environment)
        second = None
        try:
            until((tmp_path / "reached-taken").exists)
            first.send_signal(signal.SIGKILL)
            assert first.wait(10) == -signal.SIGKILL
            assert left() == 8
            (tmp_path / "rest").unlink()
            second = subprocess.Popen(command, cwd=ROOT, env=environment)
            until(lambda: left() == 0)
        finally:
            for process in filter(None, (first, second)):
                process.kill()
                process.wait(10)
    assert sorted(Counter(post.ids()).values()) == [1] * 7 + [2]
    assert all(len(to) == 1 for to in post.recipients)


def left() -> int:
    session().rollback()
    return session().scalar(select(func.count()).where(Mail.sent_at.is_(None))) or 0
