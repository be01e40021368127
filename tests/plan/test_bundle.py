"""A policy in one file decides and explains as its folder does, or is refused."""

from __future__ import annotations

import json
import pickle
import re
from dataclasses import fields, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks import requests as told_requests
from reglament import Policy, Refused, load_policy
from reglament.memo import Memo
from reglament.model.regulation import Version
from reglament.model.words import LANGUAGES
from reglament.plan.bundle import FORMAT, NotABundle, digest_in, pack, unpack
from reglament.policy import bundled_policies
from support.laws import sample, tries
from support.shipped import shipped

NAMES = sorted(bundled_policies(), key="library-fees".__ne__)  # a small one first


@pytest.fixture(scope="module")
def texts() -> Memo[str, str]:
    return Memo(lambda name: shipped(name).bundle())


@pytest.fixture(scope="module")
def bundle(texts: Memo[str, str]) -> str:
    return texts["library-fees"]


def written(text: str, folder: Path, name: str = "policy.bundle.json") -> Path:
    path = folder / name
    path.write_text(text, "utf-8", newline="\n")
    return path


def requests(policy: Policy) -> list[Any]:
    """The facts of the worked examples, and a part of those of each."""
    random = Random(policy.id)
    facts = [dict(one.facts) for version in policy.versions for one in version.examples]
    partial = [{k: v for k, v in one.items() if random.random() < 0.7} for one in facts]
    count = max(3, tries(12))
    return random.sample(facts, count) + random.sample(partial, count)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_it_decides_and_explains_as_the_folder_does(
    name: str, texts: Memo[str, str], tmp_path: Path
) -> None:
    folder, bundle = shipped(name), load_policy(written(texts[name], tmp_path))

    for one, other in zip(bundle.versions, folder.versions, strict=True):
        tell_alike(one, other)
        again = pickle.loads(pickle.dumps(one))
        assert (again.examples, again.reactions) == (other.examples, other.reactions)
        assert replace(one, dormant=()).timelines == other.timelines
    assert bundle == folder
    for told in requests(folder):
        said = [_said(policy, told) for policy in (folder, bundle)]
        assert said[0] == said[1]


def tell_alike(one: Version, other: Version) -> None:
    for field in fields(Version):
        if field.name not in {"hours", "calendars", "lists"}:  # equal if they are the same
            assert getattr(one, field.name) == getattr(other, field.name)
    assert one.lists.keys() == other.lists.keys()
    for name, items in one.lists.items():
        assert replace(items, item=other.lists[name].item) == other.lists[name]
        tell_alike(items.item, other.lists[name].item)


NOW = f'bundle": {FORMAT}'


def _said(policy: Policy, told: Any) -> object:
    try:
        decided = policy.decide(told, at="2026-05-04T12:00")
        texts = [decided.explain(language, "auditor") for language in LANGUAGES]
        return decided.to_json(), texts, decided.explain("ru")
    except Refused as refused:
        return str(refused)


@pytest.mark.parametrize("name", sample(NAMES, 1))
def test_packing_what_was_read_gives_the_same_text(name: str, texts: Memo[str, str]) -> None:
    data = texts[name].encode()
    assert pack(unpack(data)) == pack(unpack(data, is_trusted=True)) == texts[name]
    assert json.loads(texts[name])["digest"] == digest_in(texts[name])


def test_it_holds_every_version(texts: Memo[str, str], tmp_path: Path) -> None:
    policy = load_policy(written(texts["annual-leave"], tmp_path))
    assert [str(one.holds_from) for one in policy.versions] == ["2024-01-01", "2026-01-01"]


def test_a_request_in_hand_is_decided_from_the_plan_alone(
    texts: Memo[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("diagrams are not needed")

    policy = load_policy(written(texts["technical-support"], tmp_path))
    monkeypatch.setattr("reglament.diagram.kernel.compiler.Compiler.decision", never)
    monkeypatch.setattr("reglament.plan.lowering.local_diagrams", never)
    told = told_requests.complete(1)[0]
    assert policy.decide(told)["tier"].is_determined


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text[: len(text) // 2], "bundle-changed"),
        (lambda text: text[:-3], "bundle-changed"),
        (lambda text: text.split("\n")[0] + "\n", "bundle-changed"),
        (lambda text: text + "more", "bundle-changed"),
        (lambda text: text.replace("2.50", "2.51"), "bundle-changed"),
        (lambda text: json.dumps(json.loads(text), indent=1), "bundle-foreign"),
        (lambda text: text.replace(NOW, f'bundle": {FORMAT + 1}', 1), "bundle-newer"),
        (lambda text: text.replace(NOW, f'bundle": {FORMAT - 1}', 1), "bundle-older"),
        (lambda text: "{}", "bundle-foreign"),
        (lambda text: "", "bundle-foreign"),
    ],
)
def test_what_is_no_whole_bundle_is_refused(
    change: Any, code: str, bundle: str, tmp_path: Path
) -> None:
    path = written(change(bundle), tmp_path)
    with pytest.raises(Refused) as refused:
        load_policy(path)
    (problem,) = refused.value.problems
    assert problem.code == code
    for language in LANGUAGES:
        assert str(path) in problem.message.to(language)
        assert "reglament build" in problem.to_text(language)


def test_rows_that_this_release_does_not_know_are_of_another_release(bundle: str) -> None:
    head, index, *rest, end = bundle.rstrip().split("\n")
    told = json.loads(index.rstrip(",")) | {"classes": ["model.policy:Gone"]}
    other = "\n".join([json.dumps(told, ensure_ascii=False) + ",", *rest])
    digest = re.sub("sha256:[0-9a-f]+", _digest(other), head)
    for is_trusted in (False, True):
        with pytest.raises(NotABundle, match="bundle-older"):
            unpack("\n".join([digest, other, end]).encode(), is_trusted=is_trusted)


def _digest(body: str) -> str:
    from hashlib import sha256

    return f"sha256:{sha256(body.encode()).hexdigest()}"


def test_any_byte_changed_is_noticed(bundle: str) -> None:
    random, data = Random(1), bundle.encode()
    for _ in range(200):
        place = random.randrange(len(data))
        changed = data[:place] + bytes([data[place] ^ 1 << random.randrange(8)]) + data[place + 1 :]
        with pytest.raises(NotABundle):
            unpack(changed)
