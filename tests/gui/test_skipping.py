"""What was skipped, as the window marks and tells it."""

from PySide6.QtWidgets import QLabel

from crimeview.core.look import Look, Refusal, SkipReport
from crimeview.gui.skip_text import look_text, report_text, skipped_share, summary_text
from crimeview.gui.widgets.legend_key import LegendKey
from tests.gui.driven import Driven


def _report(**changes: object) -> SkipReport:
    values: dict[str, object] = {
        "clips": 1000,
        "by_keyframes": 900,
        "by_pictures": 50,
        "audited": 20,
        "audited_moving": 0,
        "refusal": None,
        "spacing": 2.0,
    }
    return SkipReport(**(values | changes))  # type: ignore[arg-type]


def test_still_parts_are_known_as_skipped_and_events_are_not(reviewing: Driven) -> None:
    skipped = reviewing.window.parts.skipping.skipped
    assert skipped.look_at(15.0) is Look.SKIPPED_BY_PICTURES
    for row in reviewing.workspace.listed:
        assert skipped.look_at(row.segment.peak_time) is None


def test_the_legend_and_the_line_say_how_much(reviewing: Driven) -> None:
    recording = reviewing.workspace.recording
    assert recording is not None
    assert recording.skip is not None
    key = next(
        k
        for k in reviewing.window.findChildren(LegendKey)
        if k.findChildren(QLabel)[0].text() == "Skipped"
    )
    assert key.findChildren(QLabel)[1].text() == skipped_share(recording.skip)
    assert key.toolTip() == report_text(recording.skip)


def test_the_report_names_stages_audit_and_what_may_be_missed() -> None:
    text = report_text(_report())
    assert "92% skipped, because nothing moved from keyframe to keyframe." in text
    assert "5% skipped, because nothing moved in the pictures." in text
    assert "20 skipped clips" in text
    assert "shorter than 2.0 s" in text
    assert summary_text(_report()).startswith("97% skipped")


def test_what_the_audit_found_is_said() -> None:
    assert "3 of them are not clearly still" in report_text(_report(audited_moving=3))


def test_why_all_was_decoded_is_said() -> None:
    every = {"by_keyframes": 0, "by_pictures": 0, "audited": 0}
    for refusal in Refusal:
        report = _report(refusal=refusal, **every)
        assert "Every picture was decoded: " in report_text(report)
        assert summary_text(report) == "Nothing was skipped"


def test_every_look_that_is_skipped_has_words() -> None:
    words = {
        look_text(look)
        for look in (Look.SKIPPED_BY_KEYFRAMES, Look.SKIPPED_BY_PICTURES, Look.AUDITED_STILL)
    }
    assert len(words) == 3
