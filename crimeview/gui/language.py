"""Which language the window speaks."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from crimeview.core.places import shipped
from crimeview.gui.settings import Language


class Translation:
    """The application's translators: ours, and Qt's own for its dialogs."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []

    def use(self, language: Language) -> None:
        """Speak a language from now on; what is on the screen has to be made anew."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed.clear()
        code = code_of(language)
        if code == Language.ENGLISH.value:  # the language of the source
            return
        ours = str(shipped("resources") / "translations")
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"qtbase_{code}", qt), (f"crimeview_{code}", ours)):
            translator = QTranslator()
            if translator.load(name, folder):
                self._app.installTranslator(translator)
                self._installed.append(translator)


def code_of(language: Language) -> str:
    """`en` or `ko`, whichever the window speaks with this setting."""
    if language is Language.SYSTEM:
        korean = QLocale.system().language() == QLocale.Language.Korean
        language = Language.KOREAN if korean else Language.ENGLISH
    return str(language.value)
