"""Statements compiled once for all databases: dozens of them, a millisecond each, in every test."""

from typing import Any

from sqlalchemy import URL, Engine, create_engine


class CompiledOnce:
    """Takes the place of `create_engine` for SQLite: what one engine has compiled, all have.

    What is compiled is kept by the dialect's identity, so that they share that, too.
    """

    def __init__(self) -> None:
        self._first = create_engine("sqlite://")
        with self._first.connect():
            pass  # whereupon the dialect knows the version of SQLite
        self._first.dispose()

    def create_engine(self, url: URL, **options: Any) -> Engine:
        engine = create_engine(url, **options)
        engine.dialect = self._first.dialect
        engine._compiled_cache = self._first._compiled_cache
        return engine
