"""Model cards: what a manifest says, as a page for people, with notes that are written by hand."""

from collections.abc import Sequence

from crimeview.core.clip import ClipSpec
from crimeview.core.manifest import Kind, Manifest, Metric, Variant

NOTES_BEGIN = "<!-- notes: written by hand, kept when the page is made again -->"
NOTES_END = "<!-- end of notes -->"
REFUSED = "int8, refused: "
_GIVES: dict[Kind, str] = {
    "encoder": "features of a clip",
    "scorer": "a score for each clip, from its features",
    "frame-classifier": "a probability for a frame",
    "sequence-classifier": "a probability for a sequence",
    "detector": "boxes in a frame",
    "pose": "landmarks of people in a frame",
    "projection": "vectors for maps and searches",
    "type-classifier": "a probability for each type of crime",
}
_NO_NOTES = "Nothing yet: say here what it cannot do and what was tried."


def card(manifest: Manifest, *, sizes: dict[str, int], earlier: str | None) -> str:
    """The page of a model; `sizes` are bytes of its files by name.

    The notes between the two markers are taken over from the `earlier` page, if there is one.
    """
    parts = [
        f"# {manifest.name}: {_GIVES[manifest.kind]}",
        "Made from `manifest.json` at the end of a training; only the notes are written by hand.",
        f"## What it is\n{manifest.origin.description}",
        _facts(manifest, sizes),
        _data(manifest),
        _notes(earlier),
        *_score(manifest),
        *_measured([m for m in manifest.metrics if not m.name.startswith(REFUSED)]),
        _int8(manifest, sizes),
    ]
    return "\n\n".join(parts) + "\n"


def _facts(manifest: Manifest, sizes: dict[str, int]) -> str:
    rows = {
        "kind": manifest.kind,
        "input": _clip(manifest.clip) if manifest.clip else _shape(manifest.input.shape),
        "output": _shape(manifest.output.shape),
        "feature space": manifest.feature_space or "-",
        "file": f"{manifest.file}, {sizes[manifest.file] / 1e6:.2f} MB",
        "license": manifest.origin.license,
        "made": f"{manifest.origin.date}, commit {manifest.origin.commit}",
    }
    if manifest.segments is not None:
        rows["segments"] = f"a recording's features are averaged into {manifest.segments}"
    for metric in (m for v in manifest.variants for m in v.metrics):
        if metric.name == "ms an input, fp32":
            rows["time"] = f"{metric.value:g} ms of one core an input, where it was made"
    return _table(["", ""], [list(row) for row in rows.items()])


def _data(manifest: Manifest) -> str:
    lines = [f"- {data}" for data in manifest.origin.data] or ["- not told"]
    return "\n".join(["## Trained on", "Each with its origin and terms:", "", *lines])


def _score(manifest: Manifest) -> list[str]:
    lines = []
    if manifest.calibration is not None:
        lines.append(f"**What a score means.** {manifest.calibration}")
    if manifest.threshold is not None:
        lines.append(f"**Default threshold**: {manifest.threshold:g}.")
    return ["\n\n".join(["## Scores", *lines])] if lines else []


def _measured(metrics: Sequence[Metric]) -> list[str]:
    if not metrics:
        return ["## Measured\nNothing: no figure is known for this model."]
    protocols = list(dict.fromkeys(m.protocol for m in metrics))
    rows = [
        [m.name, f"{m.value:g}", _interval(m), str(protocols.index(m.protocol) + 1)]
        for m in metrics
    ]
    notes = [f"{number}. {protocol}." for number, protocol in enumerate(protocols, start=1)]
    return [
        "## Measured\n" + _table(["", "value", "95 % interval", "how"], rows),
        "How each was measured:\n\n" + "\n".join(notes),
    ]


def _int8(manifest: Manifest, sizes: dict[str, int]) -> str:
    refused = [m for m in manifest.metrics if m.name.startswith(REFUSED)]
    if manifest.variants:
        return "\n\n".join(_variant(v, sizes) for v in manifest.variants)
    if refused:
        rows = [[m.name.removeprefix(REFUSED), f"{m.value:g}", m.protocol] for m in refused]
        return "## int8\nThere is no int8 variant: the best one lost too much.\n\n" + _table(
            ["", "value", "how"], rows
        )
    return "## int8\nNo int8 variant was made."


def _variant(variant: Variant, sizes: dict[str, int]) -> str:
    rows = [[m.name, f"{m.value:g}", m.protocol] for m in variant.metrics]
    return (
        f"## {variant.precision}\n`{variant.file}`, {sizes[variant.file] / 1e6:.2f} MB; what "
        "analyses run unless it was measured to be slower here.\n\n"
        + _table(["", "value", "how"], rows)
    )


def _notes(earlier: str | None) -> str:
    kept = _NO_NOTES
    if earlier is not None and NOTES_BEGIN in earlier and NOTES_END in earlier:
        kept = earlier.split(NOTES_BEGIN, 1)[1].split(NOTES_END, 1)[0].strip()
    return f"## Notes\n{NOTES_BEGIN}\n{kept}\n{NOTES_END}"


def _clip(clip: ClipSpec) -> str:
    height, width = clip.crop
    rate = f"{clip.rate:g} a second" if clip.rate else "consecutive"
    return (
        f"{clip.frames} frames of {width}x{height} pixels, {clip.color}, {rate}; a clip every "
        f"{clip.step} of them"
    )


def _shape(shape: Sequence[int | None]) -> str:
    return "×".join("any number" if n is None else str(n) for n in shape) or "one number"


def _interval(metric: Metric) -> str:
    return "" if metric.interval is None else f"{metric.interval[0]:g} to {metric.interval[1]:g}"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(c.replace("|", "\\|") for c in row) + " |" for row in lines)
