"""The wheel holds all that the portal needs, and works away from the checkout."""

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("templates", "static", "migrations")
ONE_OF_EACH = (
    "portal/app.py",
    "portal/templates/base.html",
    "portal/templates/mail/base.txt",
    "portal/static/portal.css",
    "portal/static/vendor/htmx-4.0.1.min.js",
    "portal/migrations/env.py",
    "portal/migrations/versions/0001_the_first_house.py",
    "portal/translations/sv/web.po",
    "portal/taxonomy/lists/municipalities.csv",
    "portal/demo/world/people.json",
)
ELSEWHERE = """
import sys
from flask_migrate import upgrade
from portal.app import create_app
import portal

app = create_app({"SECRET_KEY": "x" * 40, "DATABASE_URL": "sqlite:///" + sys.argv[1]})
with app.app_context():
    upgrade()
page = app.test_client().get("/about")
assert page.status_code == 200 and 'lang="sv"' in page.text, page.text
assert app.jinja_env.globals["asset"]("portal.css") in page.text
print(portal.__file__)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling builds the wheel: install requirements-dev.txt")
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as packed:
        return set(packed.namelist())


def test_the_wheel_holds_one_of_each(wheel: Path) -> None:
    assert set(ONE_OF_EACH) - names_in(wheel) == set()


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_wheel_holds_every_file_of_a_folder_at_top_level(wheel: Path, folder: str) -> None:
    files = {
        f"portal/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert files - names_in(wheel) == set()


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    outside = [name for name in names_in(wheel) if not name.startswith(("portal/", "kundidat-"))]
    assert outside == []
    kept_out = (".pyc", ".db", "secret_key", ".env")
    assert not [name for name in names_in(wheel) if name.endswith(kept_out)]


def test_the_portal_works_from_the_wheel_in_a_strange_folder(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "site"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(installed)
    strange = tmp_path / "elsewhere"
    strange.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(strange / "portal.db")],
        cwd=strange,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(installed / "portal/__init__.py")


def test_the_command_is_there(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        (points,) = (name for name in packed.namelist() if name.endswith("entry_points.txt"))
        assert "portal = portal.cli:main" in packed.read(points).decode()
