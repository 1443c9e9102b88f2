"""The project's own commands: what they say when something is missing, and when they install."""

import ast
import hashlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

import dev


class Commands:
    """Stands in for subprocess.run: notes what would have been run, and fails what it is told to."""

    def __init__(self) -> None:
        self.run: list[list[str]] = []
        self.failing = ""

    def __call__(self, command: Sequence[object], **_options: object) -> SimpleNamespace:
        words = [str(word) for word in command]
        self.run.append(words)
        return SimpleNamespace(returncode=int(bool(self.failing) and self.failing in words))

    def mentioning(self, word: str) -> list[list[str]]:
        return [words for words in self.run if word in words]


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """A checkout with its locks and without an environment, where nothing is really run."""
    noted = Commands()
    for lock in dev.LOCKS.values():
        (tmp_path / lock).write_text(f"{lock}==1 --hash=sha256:0\n")
    monkeypatch.setattr(dev, "HERE", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(dev.subprocess, "run", noted)
    return noted


def installed(folder: Path) -> None:
    """Make the environment look like a finished one."""
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".venv/bin/python").touch()
    for purpose, lock in dev.LOCKS.items():
        digest = hashlib.sha256((folder / lock).read_bytes()).hexdigest()
        (folder / f".venv/installed-{purpose}").write_text(digest)


def test_a_python_that_is_too_old_is_told_so_in_one_sentence(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2, "final", 0))
    assert dev.main(["run"]) == 1
    said = capsys.readouterr().err
    assert said == "The portal needs Python 3.11 or newer; this is Python 3.9.\n"
    assert commands.run == []


def test_an_old_python_can_read_the_file_far_enough_to_say_so() -> None:
    tree = ast.parse(Path(dev.__file__).read_text(), feature_version=(3, 8))
    assert "annotations" in {
        name.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "__future__"
        for name in node.names
    }


def test_a_missing_venv_module_is_told_with_its_package(
    commands: Commands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.failing = "venv"
    (tmp_path / ".venv").mkdir()
    assert dev.main(["test"]) == 1
    said = capsys.readouterr().err
    assert "apt install python3-venv" in said
    assert said.count("\n") == 1
    assert not commands.mentioning("pip")
    assert not (tmp_path / ".venv").exists(), "half an environment would be taken for a whole one"


@pytest.mark.parametrize("arguments", [[], ["bake"], ["--help"], ["-h"]])
def test_an_unknown_command_shows_what_there_is(
    commands: Commands, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    asked_for_help = bool({"-h", "--help"} & set(arguments))
    assert dev.main(arguments) == (0 if asked_for_help else 2)
    said = capsys.readouterr().out
    assert all(f"\n  {command} " in said for command in ("run", "test", "lint", "bench"))
    assert commands.run == []


def test_the_first_time_makes_an_environment_and_installs_by_hash(
    commands: Commands, tmp_path: Path
) -> None:
    def make_it(command: Sequence[object], **options: object) -> SimpleNamespace:
        (tmp_path / ".venv").mkdir(exist_ok=True)
        return commands(command, **options)

    dev.subprocess.run = make_it  # type: ignore[assignment]
    assert dev.main(["test", "-x"]) == 0
    (install,) = commands.mentioning("pip")
    assert "--require-hashes" in install
    assert install[-1].endswith("requirements-dev.txt")
    assert commands.run[-1][1:] == ["-m", "pytest", "-x"]
    assert (tmp_path / ".venv/installed-test").is_file()


def test_the_fast_part_needs_neither_a_browser_nor_a_server(
    commands: Commands, tmp_path: Path
) -> None:
    installed(tmp_path)
    dev.main(["test", "--fast"])
    command = commands.run[-1]
    assert command[command.index("--ignore") + 1] == "tests/browser"
    assert command[command.index("-k") + 1] == "not postgresql"
    dev.main(["test"])
    assert "--ignore" not in commands.run[-1]


def test_the_second_time_needs_no_network(commands: Commands, tmp_path: Path) -> None:
    installed(tmp_path)
    assert dev.main(["run", "--no-browser"]) == 0
    assert [words[1:] for words in commands.run] == [
        ["-m", "portal.cli", "run-here", "--no-browser"]
    ]


def test_a_changed_lock_is_installed(commands: Commands, tmp_path: Path) -> None:
    installed(tmp_path)
    (tmp_path / "requirements.txt").write_text("another==2 --hash=sha256:1\n")
    assert dev.main(["run"]) == 0
    assert len(commands.mentioning("pip")) == 1


def test_a_failed_installation_is_tried_again_the_next_time(
    commands: Commands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(tmp_path)
    (tmp_path / "requirements.txt").write_text("another==2 --hash=sha256:1\n")
    commands.failing = "pip"
    assert dev.main(["run"]) == 1
    assert "could not be installed" in capsys.readouterr().err
    commands.failing = ""
    assert dev.main(["run"]) == 0
    assert len(commands.mentioning("pip")) == 2


def test_lint_runs_every_check_and_names_those_that_failed(
    commands: Commands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(tmp_path)
    commands.failing = "mypy"
    assert dev.main(["lint"]) == 1
    assert "failed: types" in capsys.readouterr().out
    assert len(commands.run) >= 6


def test_the_real_file_says_no_to_an_unknown_command() -> None:
    done = subprocess.run(
        [sys.executable, dev.__file__, "bake"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout.startswith("usage: python3 dev.py COMMAND")
