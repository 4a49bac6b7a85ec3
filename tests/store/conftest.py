from collections.abc import Iterator
from pathlib import Path

import pytest

from crimeview.store.case import Case, open_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case
