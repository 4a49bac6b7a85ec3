"""`crimeview models`."""

from crimeview.cli.faults import tell
from crimeview.core.clip import ClipSpec
from crimeview.core.errors import ModelError
from crimeview.core.files import is_file
from crimeview.core.manifest import Metric
from crimeview.nets.catalog import ModelFolder, Precision, find_model, list_models, models_folder
from crimeview.nets.choice import Running, explain
from crimeview.nets.engine_names import Engine
from crimeview.nets.verify import verify


def run_list() -> int:
    """Print the models, one a line: name, kind, features, size by precision, how it runs here."""
    for model in all_models():
        m = model.manifest
        sizes = ", ".join(f"{p} {_size_text(model, p)}" for p in model.precisions)
        running = running_text(explain(model).running)
        print(f"{m.name:24}  {m.kind:16}  {m.feature_space or '-':26}  {sizes}; runs {running}")
    return 0


def running_text(running: Running) -> str:
    """`in int8 on cpu, 1 thread`."""
    threads = f", {running.threads} thread{'' if running.threads == 1 else 's'}"
    return f"in {running.precision} on {running.engine}{threads if running.threads else ''}"


def _size_text(model: ModelFolder, precision: Precision) -> str:
    path = model.network(precision).path
    if not is_file(path):
        return "missing"
    size = path.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{max(1, round(size / 1e3))} kB"


def all_models() -> list[ModelFolder]:
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
        "meaning": m.calibration or "-",
        "license": m.origin.license,
        "made": f"{m.origin.date}, commit {m.origin.commit}",
    }
    choice = explain(model)
    facts["runs"] = f"{running_text(choice.running)} ({choice.reason})"
    lines = [*facts.items(), *(("trained on", data) for data in m.origin.data)]
    lines += [("measured", _metric_text(metric)) for metric in m.metrics]
    for variant in m.variants:
        lines.append((variant.precision, f"{variant.file}, {_size_text(model, variant.precision)}"))
        lines += [(variant.precision, _metric_text(metric)) for metric in variant.metrics]
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
    """Replay the check of one model or all; 1 if any fails.

    Of all, an engine other than the CPU is tried with those that take clips: no others run there.
    """
    models = [find_model(name)] if name else all_models()
    if name is None and engine != "cpu":
        models = [model for model in models if model.manifest.clip is not None]
    problems: set[str] = set()
    for model in models:
        for precision in model.precisions:
            problem = _problem(model, engine, precision)
            # Where the engine is missing it is missing for each model: once is enough.
            if problem is not None and problem not in problems:
                tell(problem)
                problems.add(problem)
    return 1 if problems else 0


def _problem(model: ModelFolder, engine: Engine, precision: Precision) -> str | None:
    """What is wrong with the model, in a sentence; prints that it is right if nothing is."""
    try:
        deviation = verify(model, engine=engine, precision=precision)
    except ModelError as error:
        return str(error)
    name = model.manifest.name + (f" in {precision}" if precision != "fp32" else "")
    allowed = model.network(precision).check.tolerance
    print(f"{name}: as it was made (off by {deviation:.2g}, {allowed:.2g} allowed)")
    return None
