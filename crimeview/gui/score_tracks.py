"""Which curves there are beside each other, which of them are shown, and how smooth.

A track of another kind joins them by an entry in `SCORE_TRACKS` and a style in the curve's.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from crimeview.core.pyramid import Level, envelope, levels_of
from crimeview.core.smoothing import smoothed
from crimeview.core.track import TrackKind
from crimeview.gui.envelopes import Envelopes, Glance
from crimeview.gui.settings import Preferences
from crimeview.gui.tasks import Tasks
from crimeview.gui.text import translate
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case
from crimeview.store.tracks import Envelope

SMOOTHINGS = (0.0, 1.0, 3.0, 10.0, 60.0)  # s

_Levels = list[Level]
_Key = tuple[int, TrackKind, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTrack:
    """A curve: `title` names it, `value_name` its value at the playhead, `tip` explains it.

    `setting` is the flag that keeps whether it is shown; `value_text` tells a value of it.
    """

    kind: TrackKind
    id: str
    setting: str
    shortcut: str
    title: Callable[[], str]
    command: Callable[[], str]
    value_name: Callable[[], str]
    tip: Callable[[], str] | None = None
    value_text: Callable[[float], str] = "{:.2f}".format


SCORE_TRACKS = (
    ScoreTrack(
        kind=TrackKind.FRAME_SCORES,
        id="score",
        setting="show_score",
        shortcut="Shift+S",
        title=lambda: translate("ScorePanel", "Score"),
        command=lambda: translate("Review", "Show the &score of each moment"),
        value_name=lambda: translate("ScorePanel", "Score at the playhead"),
    ),
    ScoreTrack(
        kind=TrackKind.VIOLENCE,
        id="violence",
        setting="show_violence",
        shortcut="V",
        title=lambda: translate("ScorePanel", "Violence"),
        command=lambda: translate("Review", "Show the probability of &violence"),
        value_name=lambda: translate("ScorePanel", "Probability of violence at the playhead"),
        tip=lambda: translate(
            "ScorePanel",
            "How probable it is that the frame shows violence, were such frames as frequent "
            "as others. It makes leads where it is so high that two such an hour of this "
            "camera’s quiet time are to be expected; no threshold of yours changes that.",
        ),
    ),
    ScoreTrack(
        kind=TrackKind.NOVELTY,
        id="novelty",
        setting="show_novelty",
        shortcut="Shift+U",
        title=lambda: translate("ScorePanel", "Novelty"),
        command=lambda: translate("Review", "Show how &unusual it is for the camera"),
        value_name=lambda: translate("ScorePanel", "Novelty at the playhead"),
        tip=lambda: translate(
            "ScorePanel",
            "How unlike what is usual for this camera a moment is, learned without labels. At 0.5 "
            "two alarms an hour of quiet time are to be expected; it makes leads from there on.",
        ),
    ),
    ScoreTrack(
        kind=TrackKind.THEFT,
        id="theft",
        setting="show_theft",
        shortcut="Shift+D",
        title=lambda: translate("ScorePanel", "Theft"),
        command=lambda: translate("Review", "Show how like a staged &theft somebody moves"),
        value_name=lambda: translate("ScorePanel", "Likeness to a staged theft at the playhead"),
        tip=lambda: translate(
            "ScorePanel",
            "How much somebody moves like the staged thefts that the network was trained on: a "
            "hint at where to look, not shown to find thefts in real stores. Recordings that were "
            "analyzed with this chosen in the settings have it.",
        ),
    ),
    ScoreTrack(
        kind=TrackKind.MOTION,
        id="motion",
        setting="show_motion",
        shortcut="Shift+M",
        title=lambda: translate("ScorePanel", "Motion"),
        command=lambda: translate("Review", "Show how much of the picture &moves"),
        value_name=lambda: translate("ScorePanel", "Share of the picture that moves"),
        tip=lambda: translate(
            "ScorePanel",
            "How much of the picture moves, drawn as its square root: a person far away is seen "
            "too, and a quarter of the picture reaches half the height. It makes no leads. "
            "Recordings have it that were analyzed for what is unusual for their camera; those of "
            "before, as soon as they are analyzed again or the camera is taught something.",
        ),
        value_text="{:.1%}".format,
    ),
    ScoreTrack(
        kind=TrackKind.BAG_SCORES,
        id="bag",
        setting="show_bag",
        shortcut="Shift+V",
        title=lambda: translate("ScorePanel", "32 parts"),
        command=lambda: translate("Review", "Show the score of 32 &parts, as in the paper"),
        value_name=lambda: translate("ScorePanel", "Score of the part at the playhead"),
        tip=lambda: translate(
            "ScorePanel",
            "The recording cut into 32 equal parts, one score each, as Sultani et al. do it: the "
            "longer the recording, the less of a moment it tells. Recordings that were analyzed "
            "before have it as soon as they are analyzed again.",
        ),
    ),
)


class ShownTracks(QObject):
    """What is shown of the selected recording's tracks."""

    changed = Signal()  # others are shown, or otherwise
    read = Signal()  # what is visible of them was read

    def __init__(self, workspace: Workspace, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__()
        self._workspace = workspace
        self._preferences = preferences
        self._envelopes = Envelopes(workspace, tasks)
        self._envelopes.changed.connect(self.read)
        self._lane = tasks.lane("smoothing")
        self._smooth: dict[_Key, _Levels] = {}
        self._making: set[_Key] = set()
        workspace.recording_selected.connect(self._forget)
        workspace.case_opened.connect(self._forget)

    @property
    def busy(self) -> bool:
        """Whether a curve is being read or smoothed."""
        return bool(self._making) or self._envelopes.busy

    @property
    def smoothing(self) -> float:
        """Over how many seconds curves are smoothed; 0: they are as they are stored."""
        return self._preferences.settings.smoothing

    def shows(self, track: ScoreTrack) -> bool:
        return bool(getattr(self._preferences.settings, track.setting))

    def toggle(self, track: ScoreTrack) -> None:
        self._preferences.change(**{track.setting: not self.shows(track)})
        self.changed.emit()

    def smooth(self, seconds: float) -> None:
        self._preferences.change(smoothing=seconds)
        self.changed.emit()

    def forget(self) -> None:
        """Tracks have changed: what was made of them is made anew."""
        self._smooth.clear()

    @property
    def known(self) -> bool:
        """Whether anything of the selected recording's tracks was read yet."""
        return self._envelopes.known

    def look(self, *, start: float, end: float, entries: int) -> None:
        """Have the tracks that are shown read from `start` to `end` (s); `read` tells when."""
        kinds = tuple(track.kind for track in SCORE_TRACKS if self.shows(track) or _leads(track))
        self._envelopes.want(Glance(kinds=kinds, start=start, end=end, entries=entries))

    def envelope(self, kind: TrackKind) -> Envelope | None:
        """What the track looks like there; as it is stored until it is smoothed.

        None until it was read.
        """
        recording, glance = self._workspace.recording, self._envelopes.wanted
        smooth = self.smoothing > 0.0 and kind is not TrackKind.BAG_SCORES
        if smooth and recording is not None and glance is not None:
            key = (recording.id, kind, self.smoothing)
            levels = self._smooth.get(key)
            if levels:
                return envelope(levels, start=glance.start, end=glance.end, entries=glance.entries)
            if levels is None:
                self._make(key)
        return self._envelopes.get(kind)

    def _make(self, key: _Key) -> None:
        if key in self._making:
            return
        self._making.add(key)
        case = self._workspace.case
        self._lane.call(
            lambda: _smoothed_levels(case, key),
            on_result=lambda levels: self._on_made(case, key, levels),
            on_error=lambda error: self._on_failed(key, error),
        )

    def _on_made(self, case: Case, key: _Key, levels: _Levels) -> None:
        self._making.discard(key)
        recording = self._workspace.recording
        if case is self._workspace.case and recording is not None and recording.id == key[0]:
            self._smooth[key] = levels
            self.changed.emit()

    def _on_failed(self, key: _Key, error: Exception) -> None:
        self._making.discard(key)
        if not isinstance(error, KeyError):  # a recording that was removed meanwhile
            self._workspace.notice(error)

    def _forget(self) -> None:
        self._smooth.clear()


def _leads(track: ScoreTrack) -> bool:
    """Whether it is the one that leads are found in, which says whether there are any scores."""
    return track.kind is TrackKind.FRAME_SCORES


def _smoothed_levels(case: Case, key: _Key) -> _Levels:
    recording_id, kind, seconds = key
    track = case.track(recording_id, kind)
    if track is None or len(track.values) == 0:
        return []
    track = smoothed(track, seconds=seconds)
    return levels_of(track.times, track.values)
