"""`crimeview models`."""

from crimeview.cli.faults import tell
from crimeview.core.clip import ClipSpec
from crimeview.core.errors import ModelError
from crimeview.core.files import is_file
from crimeview.core.manifest import Metric
from crimeview.nets.catalog import ModelFolder, find_model, list_models, models_folder
from crimeview.nets.verify import Engine, verify


def run_list() -> int:
    """Print the models, one a line: name, kind, feature space, size."""
    for model in _all_models():
        m = model.manifest
        size = f"{model.file.stat().st_size / 1e6:.1f} MB" if is_file(model.file) else "missing"
        print(f"{m.name:24}  {m.kind:12}  {m.feature_space or '-':24}  {size:>10}")
    return 0


def _all_models() -> list[ModelFolder]:
    models = list_models()
    if not models:
        raise ModelError(f"There are no models in {models_folder()}; set CRIMEVIEW_MODELS.")
    return models


def run_show(name: str) -> int:
    """Print what the manifest of a model says, in words."""
    model = find_model(name)
    m = model.manifest
    facts = {
        "name": m.name,
        "kind": m.kind,
        "what": m.origin.description,
        "folder": str(model.folder),
        "clip": _clip_text(m.clip) if m.clip else "-",
        "features": m.feature_space or "-",
        "threshold": "-" if m.threshold is None else f"{m.threshold:g}",
        "license": m.origin.license,
        "made": f"{m.origin.date}, commit {m.origin.commit}",
    }
    lines = [*facts.items(), *(("trained on", data) for data in m.origin.data)]
    lines += [("measured", _metric_text(metric)) for metric in m.metrics]
    for label, value in lines:
        print(f"{label:10}  {value}")
    return 0


def _clip_text(clip: ClipSpec) -> str:
    rate = f"{clip.rate:g} a second" if clip.rate else "consecutive"
    height, width = clip.crop
    return (
        f"{clip.frames} frames, {rate}, {width}x{height} {clip.color}; "
        f"a new clip every {clip.step} frames"
    )


def _metric_text(metric: Metric) -> str:
    interval = f" [{metric.interval[0]:g}, {metric.interval[1]:g}]" if metric.interval else ""
    return f"{metric.name} {metric.value:g}{interval}: {metric.protocol}"


def run_verify(name: str | None, *, engine: Engine) -> int:
    """Replay the check of one model or all; 1 if any fails."""
    models = [find_model(name)] if name else _all_models()
    problems: set[str] = set()
    for model in models:
        problem = _problem(model, engine)
        # Where the engine is missing it is missing for each model: once is enough.
        if problem is not None and problem not in problems:
            tell(problem)
            problems.add(problem)
    return 1 if problems else 0


def _problem(model: ModelFolder, engine: Engine) -> str | None:
    """What is wrong with the model, in a sentence; prints that it is right if nothing is."""
    try:
        deviation = verify(model, engine=engine)
    except ModelError as error:
        return str(error)
    m = model.manifest
    print(f"{m.name}: as it was made (off by {deviation:.2g}, {m.check.tolerance:.2g} allowed)")
    return None
