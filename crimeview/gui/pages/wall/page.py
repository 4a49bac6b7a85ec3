"""The wall: cameras side by side while they are watched, and the alarms they raise."""

import time
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from crimeview.core.watching import Camera
from crimeview.gui.commands import Actions, Command, Need
from crimeview.gui.obstacle_text import obstacle_text
from crimeview.gui.page import Page, Parts
from crimeview.gui.pages.wall.commands import SNOOZE_MINUTES, WallActions, wall_commands
from crimeview.gui.style import CONTROL, Space, Type
from crimeview.gui.text import translate
from crimeview.gui.wall_text import capacity_text
from crimeview.gui.widgets.alarm_banner import AlarmBanner
from crimeview.gui.widgets.alarm_list import AlarmList
from crimeview.gui.widgets.buttons import action_button, text_button
from crimeview.gui.widgets.camera_dialog import CameraDialog
from crimeview.gui.widgets.camera_grid import CameraGrid
from crimeview.gui.widgets.deliveries_dialog import DeliveriesDialog
from crimeview.gui.widgets.empty_state import EmptyState
from crimeview.gui.widgets.panel import Panel
from crimeview.gui.widgets.recording_dialog import RecordingDialog
from crimeview.gui.widgets.rules_dialog import RulesDialog
from crimeview.gui.widgets.yielding_label import YieldingLabel
from crimeview.gui.widgets.zone_dialog import ZoneDialog

_ALARMS = 300  # pixels of the side panel at first
_TICK = 1000  # ms; a snooze ends without anybody's doing anything
_MOST = 16


class WallPage(Page):
    """Left the cameras, right the alarms."""

    name = "wall"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self.title = translate("Wall", "Wall")
        self._wall = parts.wall
        self._watching = parts.watching
        self._setup = parts.alarm_setup
        self.grid: CameraGrid | None = None
        self.alarms: AlarmList | None = None

    def commands(self) -> Sequence[Command]:
        return wall_commands(
            WallActions(
                toggle=self._watching.toggle,
                is_running=lambda: self._watching.running,
                add=self.add_camera,
                change=self.change_camera,
                zones=self.change_zones,
                remove=self.remove_camera,
                enlarge=self._toggle_enlarged,
                is_enlarged=lambda: self.grid is not None and self.grid.enlarged is not None,
                acknowledge=self.acknowledge,
                acknowledge_all=self.acknowledge_all,
                show_clip=self.show_clip,
                rules=self.show_rules,
                deliveries=self.show_deliveries,
                recording=self.show_recording,
                snooze=self.toggle_snooze,
                is_snoozed=self._is_snoozed,
            )
        )

    @property
    def available(self) -> Need:
        available = Need.NOTHING
        if self._wall.cameras:
            available |= Need.CAMERA
        if self._wall.alarms:
            available |= Need.ALARM
        return available

    def assemble(self, actions: Actions) -> None:
        look = self.parts.look
        self._actions = actions
        self.grid = CameraGrid(self._wall, self._watching, self._setup, look=look)
        self.alarms = AlarmList(self._wall, look=look)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._welcome(actions))
        self._across = QSplitter(Qt.Orientation.Horizontal)
        self._across.addWidget(self._left(actions))
        self._across.addWidget(self._side(actions))
        self._across.setStretchFactor(0, 1)
        self._across.setSizes([10 * _ALARMS, _ALARMS])
        self._stack.addWidget(self._across)
        self.alarms.wanted.connect(self.show_clip)
        self.alarms.selected_changed.connect(self.available_changed)
        self.grid.enlarged_changed.connect(self._on_enlarged)
        for changed in (self._wall.cameras_changed, self._watching.running_changed):
            changed.connect(self._show)
            changed.connect(self.available_changed)
        self._wall.alarms_changed.connect(self._show)
        self._wall.alarms_changed.connect(self.available_changed)
        self._watching.capacity_changed.connect(self._show)
        self._setup.changed.connect(self._show)
        self._tick = QTimer(self, interval=_TICK)
        self._tick.timeout.connect(self._show_rules_state)
        self._tick.start()
        self._wall.read()
        self._setup.read()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """What others change is read while the wall is shown: nothing was while it was not."""
        super().showEvent(event)
        self._watching.looked_at = True
        if self.grid is not None:
            self._wall.read()
            self._setup.read()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watching.looked_at = False

    @property
    def settled(self) -> bool:
        return not (self._wall.busy or self._setup.busy)

    def layout_state(self) -> Mapping[str, str]:
        return {"across": bytes(self._across.saveState().toHex().data()).decode()}

    def restore_layout(self, state: Mapping[str, str]) -> None:
        if "across" in state:
            self._across.restoreState(QByteArray.fromHex(state["across"].encode()))

    def let_go(self) -> None:
        """The page goes; whoever watches does not."""
        self._tick.stop()
        if self.grid is not None:
            self.grid.hide()

    # What a person does

    def add_camera(self) -> None:
        if len(self._wall.cameras) >= _MOST:
            self.parts.workspace.noticed.emit(
                translate("Wall", "The wall has room for 16 cameras; remove one first.")
            )
            return
        CameraDialog(
            None, self._wall, self._take_new, look=self.parts.look, parent=self.window()
        ).open()

    def change_camera(self) -> None:
        camera = self._camera()
        if camera is not None:
            CameraDialog(
                camera,
                self._wall,
                lambda changed: self._replace(camera, changed),
                look=self.parts.look,
                parent=self.window(),
            ).open()

    def change_zones(self) -> None:
        camera = self._camera()
        if camera is not None:
            ZoneDialog(
                camera,
                self._watching.picture(camera.name),
                lambda changed: self._replace(camera, changed),
                look=self.parts.look,
                parent=self.window(),
            ).open()

    def remove_camera(self) -> None:
        """Take the selected camera from the wall; alarms and clips stay."""
        camera = self._camera()
        if camera is not None:
            self._wall.keep([c for c in self._wall.cameras if c.name != camera.name])

    def acknowledge(self) -> None:
        """The selected alarm, or the newest that nobody has acknowledged."""
        alarms = self._wall.alarms
        selected = self.alarms.alarm if self.alarms is not None else None
        if selected is None or selected.acknowledged is not None:
            selected = next((a for a in alarms if a.acknowledged is None), None)
        if selected is not None:
            self._wall.acknowledge([selected.id], by=self.parts.preferences.settings.reviewer)

    def acknowledge_all(self) -> None:
        ids = [alarm.id for alarm in self._wall.alarms if alarm.acknowledged is None]
        if ids:
            self._wall.acknowledge(ids, by=self.parts.preferences.settings.reviewer)

    def show_clip(self) -> None:
        """Show what was recorded around the selected or newest alarm, where it began."""
        alarm = self.alarms.alarm if self.alarms is not None else None
        alarm = alarm or next(iter(self._wall.alarms), None)
        if alarm is None:
            return
        clip = self._wall.clip_of(alarm.id)
        workspace = self.parts.workspace
        if clip is None or clip.recording_id is None:
            workspace.noticed.emit(
                translate(
                    "Wall",
                    "There is no clip of this alarm: it is being recorded, was deleted, or the "
                    "camera sent nothing.",
                )
            )
            return
        self.parts.navigation.show("review")
        workspace.select_recording(clip.recording_id)
        workspace.playhead.seek(max(0.0, alarm.start - clip.start))

    def show_rules(self) -> None:
        RulesDialog(self._setup, self._wall, look=self.parts.look, parent=self.window()).show()

    def show_deliveries(self) -> None:
        DeliveriesDialog(
            self._setup,
            self._wall,
            self.parts.telling,
            look=self.parts.look,
            parent=self.window(),
        ).show()

    def show_recording(self) -> None:
        RecordingDialog(self._wall, running=self._watching.running, parent=self.window()).open()

    def toggle_snooze(self) -> None:
        """Keep all rules quiet for half an hour, or wake them."""
        minutes = None if self._is_snoozed() else SNOOZE_MINUTES
        self._setup.snooze(self._setup.rules, minutes=minutes)

    # What is shown

    def _camera(self) -> Camera | None:
        name = self.grid.selected if self.grid is not None else None
        return next((c for c in self._wall.cameras if c.name == name), None)

    def _take_new(self, camera: Camera) -> None:
        first = not self._wall.cameras
        then = self._watching.start if first else None
        self._wall.keep([*self._wall.cameras, camera], then=then)

    def _replace(self, before: Camera, after: Camera) -> None:
        """Keep `after` in place of `before`, which others may have changed since it was shown."""
        others = [c for c in self._wall.cameras if c.name != before.name]
        place = next((n for n, c in enumerate(self._wall.cameras) if c.name == before.name), None)
        at = len(others) if place is None else place
        shown, cameras = ([*others[:at], one, *others[at:]] for one in (before, after))
        renamed = {before.name: after.name} if after.name != before.name else {}
        self._wall.keep(cameras, shown=shown, renamed=renamed, then=self._setup.read)

    def _toggle_enlarged(self) -> None:
        if self.grid is not None:
            self.grid.enlarge(None if self.grid.enlarged is not None else self.grid.selected)

    def _on_enlarged(self) -> None:
        """One camera takes all of the screen: the alarms stay as a banner."""
        assert self.grid is not None
        alone = self.grid.enlarged is not None
        self._side_panel.setVisible(not alone)
        self._bar.setVisible(not alone)
        window = self.window()
        full = Qt.WindowState.WindowFullScreen
        if alone:
            window.setWindowState(window.windowState() | full)
        else:
            window.setWindowState(window.windowState() & ~full)
        self._actions.show_checks()

    def _is_snoozed(self) -> bool:
        now = time.time()
        armed = [rule for rule in self._setup.rules if rule.armed]
        return bool(armed) and all(rule.snoozed(now) for rule in armed)

    def _show(self) -> None:
        cameras = self._wall.cameras
        self._stack.setCurrentIndex(1 if cameras else 0)
        unseen = sum(alarm.acknowledged is None for alarm in self._wall.alarms)
        count = len(self._wall.alarms)
        told = translate("Wall", "{count} new").format(count=unseen) if unseen else None
        self._side_panel.show_count(count, text=told)
        self._capacity.say(capacity_text(self._watching.capacity))
        self._show_rules_state()
        self._actions.show_checks()

    def _show_rules_state(self) -> None:
        rules = self._setup.rules
        armed = sum(rule.armed for rule in rules)
        if not rules:
            text = translate("Wall", "No alarm rules yet: no alarms will be raised.")
        elif self._is_snoozed():
            text = translate("Wall", "All rules are snoozed.")
        else:
            text = translate("Wall", "{armed} of {count} rules armed").format(
                armed=armed, count=len(rules)
            )
        obstacles = self._setup.obstacles
        if obstacles:
            dead = translate("Wall", "{count} of them cannot raise all they should")
            text += " · ⚠ " + dead.format(count=len(obstacles))
        told = [f"{rule.name}: {obstacle_text(rule, found)}" for rule, found in obstacles]
        self._state.setToolTip("\n".join(told))
        self._state.setText(text)

    def _welcome(self, actions: Actions) -> QWidget:
        """What to do on an empty wall."""
        buttons = [text_button(actions[name]) for name in ("wall-add", "wall-rules")]
        buttons[0].setProperty("primary", "true")
        state = EmptyState("camera", look=self.parts.look, buttons=buttons)
        state.setAutoFillBackground(True)
        state.say(
            translate("Wall", "Watch cameras while it happens"),
            translate(
                "Wall",
                "Add a camera by its address (rtsp://, http://, webcam:0), or a recording that is "
                "played as one. Scores run beneath each picture; alarms are raised by rules that "
                "you try on recordings first. A score is a lead, not a finding.",
            ),
        )
        return state

    def _left(self, actions: Actions) -> QWidget:
        assert self.grid is not None
        look = self.parts.look
        self._bar = QWidget()
        self._bar.setFixedHeight(CONTROL + 2 * Space.TIGHT)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(Space.MEDIUM, Space.TIGHT, Space.SMALL, Space.TIGHT)
        row.setSpacing(Space.SMALL)
        self._state = QLabel()
        self._capacity = YieldingLabel()
        self._capacity.setFont(look.font(Type.SMALL))
        self._capacity.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row.addWidget(self._state)
        row.addSpacing(Space.MEDIUM)
        row.addWidget(self._capacity, 1)
        for command_id in (
            "wall-watch",
            "wall-add",
            "wall-change",
            "wall-zones",
            "wall-enlarge",
            "wall-rules",
            "wall-deliveries",
            "wall-snooze",
        ):
            row.addWidget(action_button(actions, command_id))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(AlarmBanner(self._wall, actions["wall-acknowledge"], look=look))
        column.addWidget(self.grid, 1)
        return left

    def _side(self, actions: Actions) -> QWidget:
        assert self.alarms is not None
        empty = EmptyState("rule", look=self.parts.look)
        empty.say(
            translate("Wall", "No alarms"),
            translate(
                "Wall", "What armed rules raise is listed here, with a clip from before it began."
            ),
        )
        self._side_panel = Panel(
            translate("Wall", "Alarms"), content=self.alarms, empty=empty, look=self.parts.look
        )
        for command_id in ("wall-clip", "wall-acknowledge"):
            self._side_panel.controls.addWidget(action_button(actions, command_id))
        return self._side_panel
