"""The two parsers of YAML that the strict reader may stand on."""

from __future__ import annotations

import pytest

from reglament.language.syntax import yaml_text
from support.strict_yaml import LOADERS


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__)
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "LOADER", request.param)
