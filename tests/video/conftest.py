"""The hard recordings, each written once."""

import pytest

from tests.video.recordings import HARD, Made


@pytest.fixture(scope="session", params=HARD, ids=lambda hard: hard.name)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return request.param.write(tmp_path_factory.mktemp("hard"))
