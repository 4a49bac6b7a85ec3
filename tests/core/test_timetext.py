import pytest

from crimeview.core.timetext import clock_text


@pytest.mark.parametrize(
    ("seconds", "decimals", "text"),
    [
        (0, 0, "0:00:00"),
        (83.4, 0, "0:01:23"),
        (83.4, 2, "0:01:23.40"),
        (59.999, 2, "0:01:00.00"),
        (3599.6, 0, "1:00:00"),
        (90_061, 0, "25:01:01"),
        (-2.5, 1, "-0:00:02.5"),
    ],
)
def test_clock_text(seconds: float, decimals: int, text: str) -> None:
    assert clock_text(seconds, decimals=decimals) == text
