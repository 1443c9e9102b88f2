"""The worker: does jobs one after another, asks for the periodic ones at their hour, and sends mails."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from portal.kernel import clock, jobs, mail
from portal.kernel.db import db, unit_of_work

log = logging.getLogger(__name__)
_periodic: dict[str, timedelta] = {}
KEPT = timedelta(days=30)


def every(period: timedelta, name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a job that the worker asks for once per `period`, however many workers there are."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        jobs.job(name)(function)
        _periodic[name] = period
        return function

    return register


def ask_for_periodic_jobs() -> None:
    """Queue each periodic job for the period that holds the present instant."""
    with unit_of_work():
        for name, period in _periodic.items():
            turn = int(clock.now().timestamp() // period.total_seconds())
            jobs.enqueue(name, {}, dedupe_key=f"{name}:{turn}")


def drain(lease: timedelta = jobs.LEASE) -> int:
    """Do every job and send every mail that is due; return how many were done or tried."""
    done, before = 0, -1
    while done != before:
        before = done
        while jobs.run_one(lease):
            done += 1
            db.session.remove()
        done += mail.send_due()
    return done


def work(
    app: Flask,
    stop: threading.Event,
    pause: float = 1.0,
    lease: timedelta = jobs.LEASE,
) -> None:
    """Do jobs until `stop` is set; `pause` is the longest wait between looks, in seconds."""
    minute = -1
    while not stop.is_set():
        try:
            with app.app_context():
                this_minute = int(clock.now().timestamp() // 60)
                if this_minute != minute:
                    minute = this_minute
                    ask_for_periodic_jobs()
                busy = jobs.run_one(lease)
        except Exception:
            log.exception("The worker could not reach its jobs; it tries again.")
            busy = False
        if not busy:
            stop.wait(pause)


def send_mails(app: Flask, stop: threading.Event, pause: float = 1.0) -> None:
    """Send mails until `stop` is set; beside `work`, which no mail server that hangs may hold up."""
    sender = mail.Sender()
    while not stop.is_set():
        try:
            with app.app_context():
                busy = sender.send_due(lambda: not stop.is_set()) > 0
        except Exception:
            log.exception("The sender could not reach its mails; it tries again.")
            busy = False
        if not busy:
            stop.wait(pause)


def start_sending(app: Flask, stop: threading.Event, pause: float = 1.0) -> threading.Thread:
    """Send mails in a thread of its own."""
    thread = threading.Thread(target=send_mails, args=(app, stop, pause), daemon=True)
    thread.start()
    return thread


@every(timedelta(days=1), "jobs.clear")
def clear_done_jobs() -> None:
    """Delete jobs a month after they were done; those that were given up stay to be seen."""
    jobs.forget(clock.now() - KEPT)
