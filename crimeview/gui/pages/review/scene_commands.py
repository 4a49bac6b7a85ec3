"""What can be done with what is usual for a camera."""

from collections.abc import Callable, Sequence

from crimeview.gui.commands import Command, Need
from crimeview.gui.pages.review.camera_assigning import CameraAssigning
from crimeview.gui.scene_sight import SceneSight
from crimeview.gui.text import translate


def scene_commands(
    sight: SceneSight,
    assigning: CameraAssigning,
    *,
    span: Callable[[], tuple[float, float]],
    toggle_usual: Callable[[], None],
    shows_usual: Callable[[], bool],
) -> Sequence[Command]:
    """`span` are the seconds that the curve shows."""
    menu = translate("Window", "&Analysis")
    return (
        Command(
            id="call-normal",
            title=translate("Review", "This is &normal here"),
            menu=menu,
            run=sight.call_normal,
            shortcuts=("H",),
            needs=Need.SEGMENT,
            separated=True,
        ),
        Command(
            id="learn-from-span",
            title=translate("Review", "&Learn from what the curve shows"),
            menu=menu,
            run=lambda: sight.learn_from(*span()),
            shortcuts=("Shift+H",),
            needs=Need.RECORDING,
        ),
        Command(
            id="learn-from-recording",
            title=translate("Review", "Learn fro&m a recording…"),
            menu=menu,
            run=assigning.ask_reference,
            needs=Need.RECORDING,
        ),
        Command(
            id="compare-with-camera",
            title=translate("Review", "Compare wi&th another camera…"),
            menu=menu,
            run=assigning.ask_camera,
            needs=Need.RECORDING,
        ),
        Command(
            id="forget-taught",
            title=translate("Review", "&Forget what this camera was taught"),
            menu=menu,
            run=sight.forget,
            needs=Need.RECORDING,
        ),
        Command(
            id="show-usual",
            title=translate("Review", "Show what is &usual: paths and speeds"),
            menu=menu,
            run=toggle_usual,
            shortcuts=("Ctrl+U",),
            needs=Need.RECORDING,
            checked=shows_usual,
        ),
    )
