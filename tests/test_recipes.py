"""The recipes of the documentation: each is run as it stands there."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from support.places import DOCS

NEEDS = {
    "fastapi_recipe": ("fastapi", "httpx", "watchfiles"),
    "django_recipe": ("django",),
    "celery_recipe": ("celery",),
    "pandas_recipe": ("pandas",),
    "polars_recipe": ("polars",),
    "async_recipe": ("sqlalchemy", "rfc8785"),
}
PARTNER = {"requester.kind": "certified_partner", "request.service": "training"}


def written() -> dict[str, str]:
    """The modules of the page, by name."""
    blocks = re.findall(
        r"^```python\n# (\w+)\.py\n(.*?)^```$",
        (DOCS / "recipes.md").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    return dict(blocks)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name, text in written().items():
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for name in written():
        sys.modules.pop(name, None)


def recipe(name: str) -> Any:
    for package in NEEDS.get(name, ()):
        pytest.importorskip(package, exc_type=ImportError)
    return import_module(name)


def test_each_recipe_has_its_test() -> None:
    here = Path(__file__).read_text("utf-8")
    assert len(written()) >= 9
    assert [name for name in written() if f'"{name}' not in here.split("NEEDS")[-1]] == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_fastapi(folder: Path) -> None:
    app = recipe("fastapi_recipe").app
    from fastapi.testclient import TestClient

    with TestClient(app) as client:
        decided = client.post("/decisions", json=PARTNER).json()
        assert decided["decisions"]["tier"]["outcome"] == "partner"
        wrong = client.post(
            "/decisions", json={"request": {"servise": 1}}, headers={"Accept-Language": "ru"}
        )
        assert wrong.status_code == 422
        [problem] = wrong.json()["problems"]
        assert (problem["code"], problem["pointer"]) == ("unknown-fact", "/request/servise")
        assert "факт" in problem["message"]
        assert "request.service" in client.get("/schema").json()["properties"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_django_form(folder: Path) -> None:
    pytest.importorskip("django")
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False, USE_TZ=False)
        django.setup()
    form_class = recipe("django_recipe").RequestForm

    wrong = form_class({"loan.due_on": "1700-01-01", "item.kind": "book"})
    assert not wrong.is_valid()
    assert list(wrong.errors) == ["loan.due_on"]
    assert "1700" in str(wrong.errors)
    right = form_class({"request.on": "2026-05-01", "loan.due_on": "2026-04-01"})
    assert right.is_valid(), right.errors
    assert right.decided.facts["loan.due_on"].year == 2026


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_celery(folder: Path) -> None:
    celery = recipe("celery_recipe")
    celery.app.conf.task_always_eager = True

    assert celery.decide.delay(PARTNER).get()["decisions"]["tier"]["outcome"] == "partner"
    assert "unknown fact" in celery.decide.delay({"none": 1}).get()["problems"][0]


@pytest.mark.slow
def test_a_pool_of_processes(folder: Path) -> None:
    run = subprocess.run(
        [sys.executable, folder / "pool_recipe.py"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "1000 partner\n", "")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_frames(folder: Path, name: str) -> None:
    with_decisions = recipe(f"{name}_recipe").with_decisions
    frame: Any = import_module(name).DataFrame(
        {"employee.hired_on": ["2020-03-01", None], "leave.starts_on": ["2026-07-01"] * 2}
    )
    policy = import_module(f"{name}_recipe").policy
    row = {"employee.hired_on": "2020-03-01", "leave.starts_on": "2026-07-01"}
    expected = policy.decide(row)
    [decision, *_] = [one for one in expected if expected[one].is_determined]
    found = with_decisions(frame, decision)[decision].to_list()

    assert found[0] == expected[decision].outcome
    assert len(found) == 2


@pytest.mark.slow
def test_async(folder: Path) -> None:
    recipes = recipe("async_recipe")

    assert asyncio.run(recipes.tier(PARTNER)) == "partner"
    logged = asyncio.run(recipes.logged(PARTNER, str(folder / "decisions.db")))
    assert logged["decisions"]["tier"]["outcome"] == "partner"
    assert (folder / "decisions.db").exists()


def test_new_rules_without_a_restart(folder: Path) -> None:
    policy = folder / "fees"
    policy.mkdir()
    text = recipe("test_recipe").TEXT
    (policy / "policy.yaml").write_text(text, "utf-8")
    holder = recipe("reload_recipe").serve(str(policy))
    (policy / "policy.yaml").write_text(text.replace("policy: fees", "policy: other"), "utf-8")

    assert not holder.refresh()
    assert (holder.policy.id, str(holder.refused)) == ("fees", "not our policy")


def test_a_policy_in_a_test(folder: Path) -> None:
    recipe("test_recipe").test_children_pay_nothing()


# the modules above, by name: "pool_recipe" runs as a program, "pandas_recipe" and
# "polars_recipe" by their packages.
