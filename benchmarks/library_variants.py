"""Other ways for a server to search a library than the program's, side by side.

Each way is asked the same queries, `benchmarks.library`'s. What it takes of the server's processor
(Linux tells it by the nanosecond) and how many pages it reads depend much less on what else the
computer does than the time that the client waits. Graphs are built one after the other, filters
asked in turn. Run as `python -m benchmarks.library_variants`, with `--served N`, `--features
FILE.npz` (features of real recordings, (n, 32, d), of which the bits are judged, too) or
`--parts graphs lists filters bits`.
"""

import argparse
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pgvector import HalfVector

from benchmarks.library import DIMENSIONS, FOUND, Made, Truth, a_server, batches
from benchmarks.tables import table
from crimeview.store.library.library import open_library
from crimeview.store.library.location import Location
from crimeview.store.library.rows import Filter
from crimeview.store.library.server_search import _among, _with_marks

ASKED = 82  # of which some may be marked as duplicates: as the program asks for 50
# Links, candidates while building, and while searching.
GRAPHS = ((24, 200, (50, 82, 102)), (24, 400, (82, 102)))
BIT_GRAPHS = ((16, 100, (100, 150, 200)), (24, 200, (100, 150, 200)))
LISTS = (5, 10, 20)
ROUGH = (100, 200, 400, 1000)
REAL_QUERIES = 60
HALF = f"halfvec({DIMENSIONS})"
BITS = f"bit({DIMENSIONS})"
NARROW = "4,166"  # of 100,000: the one whose truth is known
FILTERS = {
    NARROW: Filter(cameras=("camera 0",)),
    "12,500": Filter(cameras=tuple(f"camera {n}" for n in range(3))),
    "25,000": Filter(after=1.6e9, before=1.6e9 + 25_000),
    "50,000": Filter(cameras=tuple(f"camera {n}" for n in range(12))),
    "all, of a type": Filter(crime_types=("fight",)),
    "all but a recording": Filter(not_recording_uids=("r5",)),
}

Row = tuple[str, ...]
Way = tuple[str, dict[str, Any]]  # a statement, and what is given with it


class Asking:
    """A line to the server, and what asking it takes."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._process = connection.info.backend_pid

    def tell(self, statement: str) -> None:
        self._connection.execute(statement)

    def rows(self, statement: str, given: dict[str, Any]) -> list[Any]:
        found: list[Any] = self._connection.execute(statement, given, prepare=False).fetchall()
        return found

    def timed(self, statement: str, given: dict[str, Any]) -> tuple[list[Any], float, float]:
        """The rows, how long they took to come, and the server's processor time (ms)."""
        before, began = self._processor(), time.perf_counter()
        rows = self.rows(statement, given)
        waited = 1000 * (time.perf_counter() - began)
        time.sleep(0.0005)  # until the server waits for the next
        return rows, waited, self._processor() - before

    def pages(self, statement: str, given: dict[str, Any]) -> int:
        """How many pages a statement reads."""
        plan = self.rows(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) {statement}", given)
        line = next(line for (line,) in plan if "Buffers" in line)
        return sum(int(n) for n in re.findall(r"(?:hit|read)=(\d+)", line))

    def _processor(self) -> float:
        return int(Path(f"/proc/{self._process}/schedstat").read_text().split()[0]) / 1e6


def measured(
    asking: Asking,
    ways: dict[str, Way],
    queries: NDArray[np.float32],
    truth: NDArray[np.int64] | None,
) -> Iterator[Row]:
    """A row of figures of each way, which are asked in turn."""
    waited: dict[str, list[float]] = {name: [] for name in ways}
    took: dict[str, list[float]] = {name: [] for name in ways}
    hits = dict.fromkeys(ways, 0)
    for number, query in enumerate(queries):
        for name, (statement, given) in ways.items():
            rows, *times = asking.timed(statement, given | {"query": HalfVector(query)})
            waited[name].append(times[0])
            took[name].append(times[1])
            if truth is not None:
                hits[name] += len({row[0] for row in rows[:FOUND]} & set(truth[number].tolist()))
    for name, (statement, given) in ways.items():
        some = [asking.pages(statement, given | {"query": HalfVector(q)}) for q in queries[:5]]
        yield (
            name,
            f"{np.median(took[name]):.2f}",
            f"{np.percentile(took[name], 95):.2f}",
            f"{np.median(waited[name]):.1f}",
            "" if truth is None else f"{hits[name] / truth.size:.3f}",
            f"{np.mean(some):,.0f}",
        )


def graphs(asking: Asking, made: Made, truth: Truth) -> Iterator[Row]:
    """Graphs of the vectors, and of a bit a number whose best are then ranked by the vectors."""
    exact = f"(vector::{HALF} <=> %(query)s::{HALF})"
    rough = f"(binary_quantize(vector)::{BITS} <~> binary_quantize(%(query)s::{HALF})::{BITS})"

    def rows(effort: int) -> str:
        kept = f"(SELECT set_config('hnsw.ef_search', '{effort}', true)) IS NOT NULL"
        return f"FROM embeddings WHERE space_id = 1 AND {kept}"

    def by_vectors(effort: int) -> str:
        return (
            f"SELECT segment_id, {exact} AS distance {rows(effort)} "
            f"ORDER BY {exact} LIMIT {min(ASKED, effort)}"
        )

    def by_bits(effort: int) -> str:
        best = f"SELECT segment_id, vector {rows(effort)} ORDER BY {rough} LIMIT {effort}"
        return (
            f"SELECT segment_id, vector <#> %(query)s::{HALF} AS distance "  # noqa: S608 (numbers)
            f"FROM ({best}) r ORDER BY distance LIMIT {ASKED}"
        )

    for kind, column, operators, sizes, statement in (
        ("bits", f"binary_quantize(vector)::{BITS}", "bit_hamming_ops", BIT_GRAPHS, by_bits),
        ("vectors", f"vector::{HALF}", "halfvec_cosine_ops", GRAPHS, by_vectors),
    ):
        for links, building, efforts in sizes:
            began = time.perf_counter()
            asking.tell(
                f"CREATE INDEX tried ON embeddings USING hnsw (({column}) {operators}) "
                f"WITH (m = {links}, ef_construction = {building}) WHERE space_id = 1"
            )
            size = f"{kind}: {links}, {building}"
            yield (f"{size}, built in {time.perf_counter() - began:.0f} s", *[""] * 5)
            ways: dict[str, Way] = {
                f"{size}, {e}": (_with_marks(statement(e)), {}) for e in efforts
            }
            yield from measured(asking, ways, made.queries(), truth.whole)
            asking.tell("DROP INDEX tried")


def lists(asking: Asking, made: Made, truth: Truth) -> Iterator[Row]:
    """Lists of vectors (IVFFlat) instead of a graph; the nearest few are looked through."""
    count = round(np.sqrt(made.count))
    exact = f"(vector::{HALF} <=> %(query)s::{HALF})"
    asking.tell(
        f"CREATE INDEX tried ON embeddings USING ivfflat ((vector::{HALF}) halfvec_cosine_ops) "
        f"WITH (lists = {count}) WHERE space_id = 1"
    )
    ways: dict[str, Way] = {}
    for looked in LISTS:
        statement = (
            f"SELECT segment_id, {exact} AS distance FROM embeddings WHERE space_id = 1 "  # noqa: S608 (numbers)
            f"AND (SELECT set_config('ivfflat.probes', '{looked}', true)) IS NOT NULL "
            f"ORDER BY {exact} LIMIT {ASKED}"
        )
        ways[f"lists: {looked} of {count}"] = (_with_marks(statement), {})
    yield from measured(asking, ways, made.queries(), truth.whole)
    asking.tell("DROP INDEX tried")


def filters(asking: Asking, made: Made, truth: Truth) -> Iterator[Row]:
    """Segments that fit, joined with the vectors, or as an array that their index is walked by."""
    for what, wanted in FILTERS.items():
        array, names = _among(wanted)
        fitting = array.split("ANY(ARRAY(")[1].split(")) ORDER BY")[0]
        joined = (
            f"WITH wanted AS MATERIALIZED ({fitting}) "  # noqa: S608 (written by the program)
            "SELECT e.segment_id, 1 + (e.vector <#> %(query)s::halfvec) AS distance "
            "FROM wanted JOIN embeddings e ON e.segment_id = wanted.id AND e.space_id = %(space)s "
            "ORDER BY distance LIMIT %(count)s"
        )
        given = names | {"space": 1, "count": FOUND}
        ways: dict[str, Way] = {
            f"{what}, joined": (joined, given),
            f"{what}, as an array": (array, given),
        }
        first = wanted == FILTERS[NARROW]
        queries = made.queries() if first else made.queries()[:20]
        yield from measured(asking, ways, queries, truth.filtered if first else None)


def bits(vectors: NDArray[np.float32], queries: NDArray[np.float32]) -> str:
    """How many of the truly nearest are among those whose bits differ least."""
    best = np.argsort(-(queries @ vectors.T), axis=1)[:, :FOUND]
    stored = np.packbits(vectors > 0, axis=1).view(np.uint64)
    hits = dict.fromkeys(ROUGH, 0)
    for query, nearest in zip(np.packbits(queries > 0, axis=1).view(np.uint64), best, strict=True):
        order = np.argsort(np.bitwise_count(stored ^ query).sum(axis=1), kind="stable")
        for count in ROUGH:
            hits[count] += len(set(order[:count].tolist()) & set(nearest.tolist()))
    return ", ".join(f"{hits[count] / best.size:.3f} among {count}" for count in ROUGH)


def _real(file: Path) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Means of four parts each of recordings, and of one each of others."""
    with np.load(file) as arrays:
        features = arrays["features"].astype(np.float32)
    rows = features.reshape(len(features), -1, 4, features.shape[-1]).mean(axis=2)
    rows /= np.linalg.norm(rows, axis=2, keepdims=True) + 1e-9
    order = np.random.default_rng(0).permutation(len(rows))
    asked, stored = order[:REAL_QUERIES], order[REAL_QUERIES:]
    return rows[stored].reshape(-1, rows.shape[-1]), rows[asked, 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    names = ("graphs", "lists", "filters", "bits")
    parser.add_argument("--parts", nargs="+", choices=names, default=list(names))
    parser.add_argument("--served", type=int, default=100_000, help="vectors on the server")
    parser.add_argument("--features", type=Path)
    args = parser.parse_args()
    made = Made(args.served)
    if "bits" in args.parts:
        whole = np.concatenate(list(made.blocks())).astype(np.float32)
        print(f"bits, made vectors: {bits(whole, made.queries())}")
        if args.features is not None:
            print(f"bits, {args.features.name}: {bits(*_real(args.features))}")
    if set(args.parts) != {"bits"}:
        _serve(made, set(args.parts))


def _serve(made: Made, parts: set[str]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        a_server() as url,
        open_library(Location(url=url)) as library,
    ):
        truth = Truth(made, Path(folder))
        for batch in batches(made):
            library.load(batch)  # which makes no graph
        with library.database.driver() as connection:
            asking = Asking(connection)
            asking.tell("VACUUM ANALYZE")
            rows: list[Row] = []
            if "filters" in parts:
                rows += filters(asking, made, truth)
            if "lists" in parts:
                rows += lists(asking, made, truth)
            if "graphs" in parts:
                rows += graphs(asking, made, truth)
    print(table(("what", "processor ms", "p95", "waited ms", "recall", "pages"), rows))
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
