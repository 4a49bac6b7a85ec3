"""Where a person has put things: kept when the window closes, put back, and forgotten on demand."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QMainWindow

from crimeview.gui.page import Page
from crimeview.gui.settings import Preferences

_FIRST_SIZE = (1440, 900)
_FRAME = QSize(8, 40)  # at most what a window manager puts round it


class LayoutMemory:
    """The geometry of the window, the page that is shown, and what each page keeps of itself."""

    def __init__(self, window: QMainWindow, preferences: Preferences) -> None:
        self._window = window
        self._preferences = preferences
        self._first: dict[str, Mapping[str, str]] = {}  # of each page, before anything was moved
        self._take_first_size()

    @property
    def page(self) -> str:
        """The name of the page that was shown last; empty for none."""
        return self._kept.get("page", "")

    def restore_window(self) -> None:
        if "window" in self._kept:
            self._window.restoreGeometry(QByteArray.fromHex(self._kept["window"].encode()))

    def restore(self, page: Page) -> None:
        """Put the things of a page that was just made where they were."""
        self._first[page.name] = page.layout_state()
        own = f"{page.name}/"
        page.restore_layout(
            {key.removeprefix(own): v for key, v in self._kept.items() if key.startswith(own)}
        )

    def keep(self, assembled: Sequence[Page], *, shown: Page) -> None:
        """Remember the window and the pages that were made."""
        geometry = bytes(self._window.saveGeometry().toHex().data()).decode()
        layout = dict(self._kept) | {"window": geometry, "page": shown.name}
        for page in assembled:
            layout |= {f"{page.name}/{key}": v for key, v in page.layout_state().items()}
        self._preferences.change(layout=layout)

    def reset(self, assembled: Sequence[Page]) -> None:
        """Forget all of it, and show the window and its pages as they were at first."""
        self._preferences.change(layout={})
        self._window.showNormal()
        self._take_first_size()
        for page in assembled:
            page.restore_layout(self._first[page.name])

    @property
    def _kept(self) -> Mapping[str, str]:
        return self._preferences.settings.layout

    def _take_first_size(self) -> None:
        available = self._window.screen().availableSize() - _FRAME
        self._window.resize(QSize(*_FIRST_SIZE).boundedTo(available))
