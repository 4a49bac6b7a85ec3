"""The rule by sliders, by name, and what is to be expected of it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QSlider

from crimeview.core.quiet import AlarmRate
from crimeview.core.track import TrackKind
from crimeview.gui.rate_text import rate_text
from crimeview.gui.widgets.legend_key import LegendKey
from crimeview.gui.widgets.rule_panel import RulePanel
from crimeview.gui.widgets.score_curve import ScoreCurve
from tests.gui.driven import Driven


@pytest.fixture
def panel(reviewing: Driven) -> RulePanel:
    reviewing.window.commands["rule"].trigger()
    return reviewing.window.findChild(RulePanel)


def _slider(panel: RulePanel, number: int) -> QSlider:
    return panel.findChildren(QSlider)[number]


def _name(panel: RulePanel) -> QLineEdit:
    """Not the line of a number's box."""
    return next(line for line in panel.findChildren(QLineEdit) if line.placeholderText())


def test_the_sliders_show_the_rule_that_holds(reviewing: Driven, panel: RulePanel) -> None:
    rule = reviewing.window.parts.thresholding.rule
    values = [slider.value() for slider in panel.findChildren(QSlider)]
    assert values == [
        round(rule.threshold / 0.01),
        round(rule.hysteresis / 0.05),
        round(rule.merge_gap / 0.5),
        round(rule.min_length / 0.1),
    ]


def test_a_slider_that_is_dragged_shows_at_once_and_stores_when_let_go(
    reviewing: Driven, panel: RulePanel
) -> None:
    case, recording = reviewing.workspace.case, reviewing.workspace.recording
    before = case.segments(recording.id)
    assert len(before) == 2
    longest = max(row.segment.end - row.segment.start for row in before)
    least = _slider(panel, 3)
    least.setSliderDown(True)
    least.setValue(round((longest - 0.5) / 0.1))
    reviewing.settle()
    assert len(reviewing.workspace.listed) == 1
    assert len(case.segments(recording.id)) == 2, "not stored yet"
    least.setSliderDown(False)
    reviewing.settle()
    assert len(case.segments(recording.id)) == 1
    assert reviewing.window.parts.thresholding.rule.min_length == pytest.approx(
        longest - 0.5, abs=0.1
    )


def test_the_keyboard_changes_the_rule_and_closes_the_panel(
    reviewing: Driven, panel: RulePanel
) -> None:
    threshold = reviewing.window.parts.thresholding.rule.threshold
    QTest.keyClick(_slider(panel, 0), Qt.Key.Key_Right)
    assert reviewing.window.parts.thresholding.rule.threshold == pytest.approx(threshold + 0.01)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    reviewing.settle()


def test_a_rule_is_kept_by_name_for_its_camera(reviewing: Driven, panel: RulePanel) -> None:
    _name(panel).setText("Night")
    panel.findChild(QPushButton, "keep").click()
    reviewing.wait(lambda: bool(reviewing.window.parts.presets.presets))
    (preset,) = reviewing.workspace.case.presets.all()
    assert (preset.camera, preset.name) == ("yard", "Night")
    _slider(panel, 0).setValue(90)
    reviewing.settle()
    assert reviewing.window.parts.thresholding.rule.threshold == pytest.approx(0.9)
    choice = panel.findChild(QComboBox)
    assert choice.currentIndex() == 0, "what holds now has no name"
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    reviewing.settle()
    assert reviewing.window.parts.thresholding.rule == preset.rule
    assert choice.currentText() == "Night"
    next(b for b in panel.findChildren(QPushButton) if b.objectName() != "keep").click()
    reviewing.wait(lambda: not reviewing.window.parts.presets.presets)
    assert reviewing.workspace.case.presets.all() == []


def test_keeping_overwriting_and_deleting_a_rule_are_undone(
    reviewing: Driven, panel: RulePanel
) -> None:
    presets, case = reviewing.window.parts.presets, reviewing.workspace.case
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

    def seen() -> object:
        assert list(presets.presets) == case.presets.all()
        texts = [panel.findChild(QComboBox).itemText(n) for n in range(len(presets.presets) + 1)]
        return case.presets.all(), texts

    def keep(name: str) -> None:
        _name(panel).setText(name)
        panel.findChild(QPushButton, "keep").click()
        reviewing.settle()

    states = [seen()]
    keep("Night")
    states.append(seen())
    rule = reviewing.window.parts.thresholding.rule
    presets.save("Night", replace(rule, threshold=0.9))
    reviewing.settle()
    states.append(seen())
    presets.delete(presets.presets[0])
    reviewing.settle()
    states.append(seen())
    assert [len(rules) for rules, _ in states] == [0, 1, 1, 0]
    said: list[str] = []
    reviewing.workspace.mentioned.connect(said.append)
    for state in states[-2::-1]:
        reviewing.window.commands["undo"].trigger()
        reviewing.settle()
        assert seen() == state
    assert said == ["Undid: the rule “Night”"] * 3
    for state in states[1:]:
        reviewing.press(Qt.Key.Key_Z, ctrl | shift)
        reviewing.settle()
        assert seen() == state


def test_what_is_to_be_expected_is_told(reviewing: Driven, panel: RulePanel) -> None:
    reviewing.settle()
    texts = [label.text() for label in panel.findChildren(QLabel)]
    assert any("five minutes" in text for text in texts), "30 s are too short"
    text = rate_text(AlarmRate(alarms=4, hours=2.0, low=0.68, high=4.6))
    assert "4 alarms in 2 h 0 min of quiet: about 2.0 an hour" in text
    assert "fewer than 1.5 an hour" in rate_text(AlarmRate(alarms=0, hours=2.0, low=0, high=1.5))


def test_the_score_of_32_parts_lies_beside_the_others(reviewing: Driven) -> None:
    curve = reviewing.window.findChild(ScoreCurve)
    assert not curve.shows(TrackKind.BAG_SCORES)
    reviewing.window.commands["show-bag"].trigger()
    reviewing.settle()
    case, recording = reviewing.workspace.case, reviewing.workspace.recording
    track = case.track(recording.id, TrackKind.BAG_SCORES)
    assert 20 < len(track.values) <= 32
    highest = int(track.values.argmax())
    reviewing.workspace.playhead.seek(float(track.times[highest].mean()))
    assert curve.value(TrackKind.BAG_SCORES) == pytest.approx(float(track.values[highest]))
    assert 20 <= track.times[highest].mean() <= 24


def test_a_smoothed_curve_is_flatter_and_says_that_it_is(reviewing: Driven) -> None:
    curve = reviewing.window.findChild(ScoreCurve)
    peak = reviewing.workspace.listed[0].segment
    reviewing.workspace.playhead.seek(peak.peak_time)
    reviewing.settle()
    assert curve.score == pytest.approx(peak.peak)
    reviewing.window.commands["smooth-10"].trigger()
    reviewing.settle()
    assert curve.score < peak.peak - 0.2
    assert reviewing.window.commands["smooth-10"].isChecked()
    assert not reviewing.window.commands["smooth-0"].isChecked()
    values = [
        label.text()
        for key in reviewing.window.findChildren(LegendKey)
        for label in key.findChildren(QLabel)
    ]
    assert any(value.startswith("≈0.") for value in values)
    reviewing.window.commands["smooth-0"].trigger()
    reviewing.settle()
    assert curve.score == pytest.approx(peak.peak)


def test_the_score_can_be_hidden_and_its_place_does_not_say_that_there_is_none(
    reviewing: Driven,
) -> None:
    curve = reviewing.window.findChild(ScoreCurve)
    reviewing.window.commands["show-score"].trigger()
    reviewing.settle()
    assert not curve.shows(TrackKind.FRAME_SCORES)
    assert curve._word.text == ""
