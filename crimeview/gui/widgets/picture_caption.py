"""Time and score over the picture."""

from collections.abc import Callable

from crimeview.core.timetext import clock_text
from crimeview.gui.text import translate
from crimeview.gui.widgets.score_curve import ScoreCurve
from crimeview.gui.widgets.video_view import VideoView
from crimeview.gui.workspace import Workspace


class PictureCaption:
    """Tells the `VideoView` what to write into the corner of the picture, if that is wanted.

    `wall_clock_text` gives the camera's time at a moment, empty where it is not known.
    """

    def __init__(
        self,
        workspace: Workspace,
        curve: ScoreCurve,
        view: VideoView,
        *,
        wall_clock_text: Callable[[float], str] = lambda _seconds: "",
    ) -> None:
        self.shown = False
        self._workspace = workspace
        self._curve = curve
        self._view = view
        self._wall_clock_text = wall_clock_text
        view.set_caption(self._text)

    def toggle(self) -> None:
        self.shown = not self.shown
        self._view.update()

    def _text(self) -> str:
        recording = self._workspace.recording
        if not self.shown or recording is None:
            return ""
        position = self._workspace.playhead.position
        lines = [recording.path.name, self._wall_clock_text(position)]
        moment = clock_text(position, decimals=2)
        score = self._curve.score
        if score is not None:
            text = translate("PictureCaption", "{time}, score {score}")
            lines.append(text.format(time=moment, score=f"{score:.2f}"))
        else:
            lines.append(moment)
        return "\n".join(line for line in lines if line)
