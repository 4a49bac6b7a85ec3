from dataclasses import replace

import pytest

from crimeview.cli.skip_words import skip_text
from crimeview.core.look import Refusal, SkipReport

PLAIN = SkipReport(
    clips=1000,
    by_keyframes=0,
    by_pictures=0,
    audited=0,
    audited_moving=0,
    refusal=None,
    spacing=1.04,
)


def test_where_nothing_was_skipped_there_is_nothing_to_say() -> None:
    assert skip_text(PLAIN) == ""


def test_both_stages_the_audit_and_what_may_be_missed_are_told() -> None:
    report = replace(PLAIN, by_keyframes=820, by_pictures=50, audited=18, audited_moving=2)
    assert skip_text(report) == (
        "89 % was not analyzed, as nothing moved (84 % from keyframe to keyframe, 5 % in its "
        "pictures). As a check 18 clips of what keyframes called still were decoded: 2 of them "
        "not clearly still, and analyzed. What lasts less than 1.0 s may have been missed there; "
        "--no-gate looks at everything."
    )


def test_an_audit_that_found_nothing() -> None:
    text = skip_text(replace(PLAIN, by_keyframes=900, audited=1))
    assert "1 clip of what" in text
    assert "nothing moves in them" in text


@pytest.mark.parametrize("refusal", Refusal)
def test_a_reason_for_decoding_everything_is_told_where_somebody_would_ask(
    refusal: Refusal,
) -> None:
    text = skip_text(replace(PLAIN, refusal=refusal, by_pictures=4))
    normal = refusal in (Refusal.SMALL_PICTURES, Refusal.FEW_KEYFRAMES)
    assert text.startswith("All of it was decoded: ") != normal
    assert text.endswith("Less than 1 % was not analyzed, as nothing moved in its pictures.")
    assert "keyframe to keyframe" not in text
    assert "missed" not in text
