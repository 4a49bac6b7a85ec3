"""A vector as a column: half precision, bytes in SQLite and pgvector's `halfvec` elsewhere."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import LargeBinary, TypeDecorator
from sqlalchemy.engine import Dialect

Vector = NDArray[np.floating]


class HalfVectorColumn(TypeDecorator[Any]):
    """(d,) numbers, stored as float16; any d, so that several feature spaces share one table."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "postgresql":
            from pgvector.sqlalchemy import HALFVEC

            return dialect.type_descriptor(HALFVEC())
        return dialect.type_descriptor(LargeBinary())

    def process_bind_param(self, value: Vector | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        half = np.asarray(value, np.float16)
        return half if dialect.name == "postgresql" else half.tobytes()

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        if dialect.name == "postgresql":
            to_numpy = getattr(value, "to_numpy", None)
            return np.asarray(to_numpy() if to_numpy is not None else value, np.float16)
        return np.frombuffer(value, np.float16)
