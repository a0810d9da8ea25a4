"""A signing key for the tests of exports."""

from __future__ import annotations

import pytest

from assistant.mark.key import InstanceKey, instance_key


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> InstanceKey:
    return instance_key(tmp_path_factory.mktemp("signing"))
