"""The application's present look: colors, type and icons, and the news that they changed."""

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from crimeview.core.places import shipped
from crimeview.gui import style
from crimeview.gui.settings import Theme


class Look(QObject):
    """Colors, fonts and icons of the theme in use."""

    changed = Signal()

    def __init__(self, app: QApplication, *, theme: Theme) -> None:
        super().__init__()
        self._app = app
        self._base = app.font()
        if not app.styleSheet():  # else an earlier window has chosen it
            app.setStyle(QStyleFactory.create("Fusion"))
        self.theme = theme
        self.colors = style.load_colors(theme)
        self._fonts: dict[tuple[style.Type, bool], QFont] = {}
        self._apply()
        app.screenAdded.connect(self.changed)  # it may want icons of a density of its own

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.colors = style.load_colors(theme)
        self._apply()
        self.changed.emit()

    def font(self, size: style.Type = style.Type.BODY, *, bold: bool = False) -> QFont:
        """Whoever changes it copies it first."""
        key = (size, bold)
        if key not in self._fonts:
            self._fonts[key] = style.font(self._base, size, bold=bold)
        return self._fonts[key]

    def icon(self, name: str, *, color: str | None = None) -> QIcon:
        """The icon `resources/icons/<name>.svg` in the color of text, paler where disabled.

        It is drawn for each density of the screens that are there, and for no others: a window has
        hundreds of icons.
        """
        icon = QIcon()
        densities = sorted({1.0, *(screen.devicePixelRatio() for screen in self._app.screens())})
        for mode, ink in (
            (QIcon.Mode.Normal, color or self.colors.text),
            (QIcon.Mode.Disabled, self.colors.faint),
        ):
            for scale in densities:
                icon.addPixmap(self.pixmap(name, size=style.ICON, color=ink, scale=scale), mode)
        return icon

    def pixmap(self, name: str, *, size: int, color: str, scale: float = 1) -> QPixmap:
        """An icon of `size` device-independent pixels at a screen's `scale`."""
        key = f"crimeview {name} {size} {color} {scale}"
        pixmap = QPixmap()
        if not QPixmapCache.find(key, pixmap):
            pixmap = _draw(name, size=size, color=color, scale=scale)
            QPixmapCache.insert(key, pixmap)
        return pixmap

    def tint(self, widget: QWidget, color: str) -> None:
        """Give a widget's text a color of the theme."""
        palette = widget.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(color))
        widget.setPalette(palette)

    def _apply(self) -> None:
        sheet = style.sheet(self.colors)
        if self._app.styleSheet() == sheet:  # Qt would look at every widget again
            return
        self._app.setFont(self.font())
        self._app.setPalette(style.palette(self.colors))
        self._app.setStyleSheet(sheet)


def _draw(name: str, *, size: int, color: str, scale: float) -> QPixmap:
    drawing = (shipped("resources") / "icons" / f"{name}.svg").read_text("utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", color).encode()))
    side = int(size * scale + 0.5)  # as Qt rounds it
    pixmap = QPixmap(QSize(side, side))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
