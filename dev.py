"""The project's commands: run, test, lint, bench. Needs Python 3.11 with venv, nothing else."""

# Annotations stay unread, so that an older Python gets far enough to be told that it is too old.
from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"run": "requirements.txt", "test": "requirements-dev.txt"}
USAGE = """usage: python3 dev.py COMMAND [options]

  run     set up, migrate, fill an empty database with the demo world, serve; --no-browser, --port N
  test    set up and run the whole test suite; `--fast`: SQLite alone, no browser;
          other options go to pytest
  lint    check style, types, templates, dependencies and translations
  bench   measure speed (docs/performance.md); options go to bench
"""


def main(arguments: list[str]) -> int:
    """Do one command; returns its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the sentence is for those who have an older one
        found = ".".join(map(str, sys.version_info[:2]))
        return refuse(f"The portal needs Python 3.11 or newer; this is Python {found}.")
    command = arguments[0] if arguments else ""
    if command not in ("run", "test", "lint", "bench"):
        print(USAGE, end="")
        return 0 if command in ("-h", "--help") else 2
    if problem := set_up("run" if command == "run" else "test"):
        return refuse(problem)
    return {"run": run, "test": test, "lint": lint, "bench": bench}[command](arguments[1:])


def set_up(purpose: str) -> str | None:
    """Make the virtual environment and install the lock when it changed; returns what is wrong."""
    if not PYTHON.is_file():
        print("Making .venv …", flush=True)
        made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
        if made.returncode:
            shutil.rmtree(VENV, ignore_errors=True)  # Debian leaves half of one behind
            return "Python's venv module is missing; on Debian: apt install python3-venv."
    lock = HERE / LOCKS[purpose]
    stamp = VENV / f"installed-{purpose}"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == digest:
        return None
    print(f"Installing {lock.name} …", flush=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    if subprocess.run([*pip, "--require-hashes", "-r", lock]).returncode:
        return "The packages could not be installed; see above. Nothing is half done: try again."
    stamp.write_text(digest)
    if purpose == "test":
        run_lock = (HERE / LOCKS["run"]).read_bytes()
        (VENV / "installed-run").write_text(hashlib.sha256(run_lock).hexdigest())
    return None


def run(options: list[str]) -> int:
    """Serve the portal with the demo world."""
    return call("-m", "portal.cli", "run-here", *options)


def test(options: list[str]) -> int:
    """Run the suite, on as many processes as there are processors; `--fast`: some minutes of it."""
    if options in ([], ["--fast"]):
        fast = ["--ignore", "tests/browser", "-k", "not postgresql"] if options else []
        options = ["-n", str(os.cpu_count() or 1), *fast]
    return call("-m", "pytest", *options)


def lint(_options: list[str]) -> int:
    """Run every check and say at the end which ones failed."""
    checks = {
        "format": ("-m", "ruff", "format", "--check", "."),
        "rules": ("-m", "ruff", "check", "."),
        "types": ("-m", "mypy", "portal", "wsgi.py", "dev.py", "bench"),
        "templates": ("-m", "djlint", "--lint", "--quiet", "templates"),
        "dependencies": ("-m", "deptry", "."),
        "translations": ("-m", "tests.support.translations"),
    }
    failed = [name for name, command in checks.items() if call(*command)]
    print("lint: " + (f"failed: {', '.join(failed)}" if failed else "all clean"))
    return 1 if failed else 0


def bench(options: list[str]) -> int:
    """Measure the pages."""
    return call("-m", "bench", *options)


def call(*command: str) -> int:
    """Run Python from the virtual environment, at the project's root."""
    try:
        return subprocess.run([str(PYTHON), *command], cwd=HERE).returncode
    except KeyboardInterrupt:
        return 130


def refuse(sentence: str) -> int:
    """Say in one sentence what stands in the way."""
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
