"""The shipped atlas, unpacked once."""

from __future__ import annotations

import pytest

from landbridge.atlas.world import load_world


@pytest.fixture(scope="session")
def world():
    return load_world()
