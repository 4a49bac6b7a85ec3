"""How a view differs from the picture as it is, in words."""

from crimeview.gui.text import translate
from crimeview.gui.viewing import Deinterlacing, View


def view_text(view: View) -> str:
    """What is done to the picture on the screen; empty where it is shown as it is."""
    parts = []
    if view.zoom != 1.0:
        parts.append(translate("ViewText", "{zoom}× closer").format(zoom=f"{view.zoom:.1f}"))
    if view.turns:
        parts.append(translate("ViewText", "turned by {degrees}°").format(degrees=90 * view.turns))
    if view.brightness:
        parts.append(
            translate("ViewText", "brightness {value}").format(value=f"{view.brightness:+d}")
        )
    if view.contrast:
        parts.append(translate("ViewText", "contrast {value}").format(value=f"{view.contrast:+d}"))
    if view.deinterlacing is Deinterlacing.ON:
        parts.append(translate("ViewText", "deinterlaced"))
    if not parts:
        return ""
    return translate("ViewText", "View only: {changes}").format(changes=", ".join(parts))
