"""A page of the guide as it is read: Markdown, its pictures as wide as the view has room for."""

import re
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QDesktopServices,
    QImage,
    QImageReader,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser

from crimeview.gui.look import Look
from crimeview.gui.style import Space
from crimeview.gui.tasks import Task, Tasks

_IMAGE = QTextDocument.ResourceType.ImageResource.value
_MARKDOWN = QTextDocument.ResourceType.MarkdownResource
_LARGEST = 20_000  # bytes of a page that is laid out in a moment; the desktop has others
_LINE = 120  # percent of the height of a line
_OBJECT = "\ufffc"  # stands in the text for a picture
_PAGE = ".md"
_PICTURES = "images"  # the folder whose page is nothing but pictures, and too many at once


class GuideView(QTextBrowser):
    """Shows one page after the other; `refused` gives the name of a link that leads out of them.

    Pictures are decoded beside the window's thread: each leaves its place empty until it is there.
    """

    refused = Signal(str)

    def __init__(self, tasks: Tasks, *, look: Look) -> None:
        super().__init__()
        self._tasks = tasks
        self._look = look
        self._held: dict[Path, QImage] = {}
        self._begun: list[Task] = []
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(Space.HUGE)
        self.anchorClicked.connect(self._follow)
        self.sourceChanged.connect(lambda _url: self._dress())

    def open(self, page: Path) -> None:
        self.setSource(QUrl.fromLocalFile(str(page)), _MARKDOWN)

    def let_go(self) -> None:
        """Nobody looks at it any more."""
        for task in self._begun:
            task.cancel()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        if kind != _IMAGE:
            return super().loadResource(kind, name)
        name = QUrl(name)
        path = Path(self.source().resolved(name).toLocalFile())
        if path in self._held:
            return self._held[path]
        return self._begin(path, name)

    def _begin(self, path: Path, name: QUrl) -> QImage:
        """Have a picture read; gives what holds its place."""
        ratio = self.devicePixelRatioF()
        whole = QImageReader(str(path)).size()
        if whole.isEmpty():  # of the page before, whose names lead nowhere from this one
            return QImage()
        width = min(whole.width(), self.viewport().width() - 2 * Space.HUGE - Space.MEDIUM)
        size = QSize(width, round(width * whole.height() / whole.width())) * ratio

        def take(image: QImage) -> None:
            image.setDevicePixelRatio(ratio)
            self._held[path] = image
            document = self.document()
            document.addResource(_IMAGE, name, image)
            document.markContentsDirty(0, document.characterCount())

        self._begun.append(self._tasks.call(lambda: _scaled(path, size), on_result=take))
        place = QImage(size, QImage.Format.Format_RGB32)
        place.fill(self._look.colors.raised)
        place.setDevicePixelRatio(ratio)
        return place

    def _follow(self, link: QUrl) -> None:
        if link.scheme() in ("http", "https"):
            QDesktopServices.openUrl(link)
            return
        target = self.source().resolved(link)
        path = Path(target.toLocalFile())
        if path.suffix != _PAGE or not path.is_file() or _PICTURES in path.parts:
            self.refused.emit(path.name)
            return
        if path.stat().st_size > _LARGEST:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.resolve())))
            return
        fragment, plain = target.fragment(), QUrl.fromLocalFile(str(path.resolve()))
        if plain != self.source():
            self.setSource(plain, _MARKDOWN)
        if fragment:
            self._go_to(fragment)

    def _go_to(self, fragment: str) -> None:
        """Show a heading at the top, by its name as a web page would have it."""
        block = self.document().begin()
        while block.isValid() and not (_level(block) and slug(block.text()) == fragment):
            block = block.next()
        if block.isValid():
            self.moveCursor(QTextCursor.MoveOperation.End)
            self.setTextCursor(QTextCursor(block))

    def _dress(self) -> None:
        """What Markdown cannot say: room around what is read, and lines of tables."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._dress_table(frame)
        block = self.document().begin()
        while block.isValid():
            cursor.setPosition(block.position())
            if cursor.currentTable() is None:
                cursor.setBlockFormat(_roomy(block))
            block = block.next()
        cursor.endEditBlock()

    def _dress_table(self, table: QTextTable) -> None:
        form = table.format().toTableFormat()
        form.setCellPadding(Space.TIGHT)
        form.setBorderCollapse(True)
        form.setBorderBrush(QBrush(QColor(self._look.colors.line)))
        table.setFormat(form)


def slug(heading: str) -> str:
    """`What “close” means` is `what-close-means`, as on the pages that show Markdown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _roomy(block: QTextBlock) -> QTextBlockFormat:
    form = block.blockFormat()
    if _OBJECT not in block.text():  # a share of a picture's height is much
        form.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    form.setBottomMargin(Space.SMALL)
    if _level(block) and block.position():
        form.setTopMargin(Space.HUGE)
    return form


def _level(block: QTextBlock) -> int:
    return block.blockFormat().headingLevel()


def _scaled(path: Path, size: QSize) -> QImage:
    image = QImage(str(path))
    return image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
