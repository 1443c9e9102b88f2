"""The command line: `flask …` finds every command of the portal, through wsgi.py."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def flask(tmp_path, *arguments):
    environment = os.environ | {
        "SECRET_KEY": "test-" * 8,
        "PORTAL_INSTANCE": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/portal.db",
    }
    command = [sys.executable, "-m", "flask", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_flask_knows_the_commands(tmp_path):
    outcome = flask(tmp_path, "--help")
    assert outcome.returncode == 0, outcome.stderr
    listed = {line.split()[0] for line in outcome.stdout.splitlines() if line.startswith("  ")}
    assert {"worker", "mail", "openings", "people", "db"} <= listed


def test_the_first_administrator_is_added_from_the_command_line(tmp_path):
    assert flask(tmp_path, "db", "upgrade").returncode == 0
    added = flask(tmp_path, "people", "add", "Kim Sandberg", "kim@example.com")
    assert "can sign in" in added.stdout, added.stderr
    assert "administrator" in flask(tmp_path, "people", "promote", "kim@example.com").stdout
    assert flask(tmp_path, "worker", "--once").returncode == 0


def test_wrong_settings_are_told_without_a_traceback(tmp_path):
    environment = os.environ | {"SECRET_KEY": "short", "PORTAL_COLOUR": "red"}
    command = [sys.executable, "-m", "portal.cli", "worker", "--once"]
    outcome = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert outcome.returncode != 0
    assert "SECRET_KEY" in outcome.stderr
    assert "PORTAL_COLOUR" in outcome.stderr
    assert "Traceback" not in outcome.stderr
