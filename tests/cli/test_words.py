"""What is written in place of a number gets a sentence that tells where numbers are listed."""

import pytest

from crimeview.cli.main import main


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("cameras", "normal", "gate"), "number of a segment; “crimeview segments --json” lists"),
        (
            ("cameras", "forget", "gate", "--lesson", "1.5"),
            "number of a lesson; “crimeview cameras",
        ),
        (("review", "set", "first"), "number of a segment; “crimeview segments --json” lists"),
        (("library", "set", "first"), "number of a segment; “crimeview library list” lists"),
        (("similar", "a.mp4", "--relevant", "x"), "number of a segment; “crimeview library list”"),
        (("types", "recall", "last"), "number of a lesson; “crimeview types lessons” lists"),
        (("alarms", "add", "night", "--threshold", "high"), "“high” is no number"),
        (("alarms", "history", "--most", "all"), "“all” is no whole number"),
        (("deliveries", "add", "mqtt", "ha", "--port", "mqtts"), "“mqtts” is no whole number"),
    ],
)
def test_what_is_no_number_is_told(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(list(words), open_window=lambda *_, **__: 1) == 2
    assert told in capsys.readouterr().err
