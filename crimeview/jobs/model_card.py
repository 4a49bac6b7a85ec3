"""Writing a model's card: `docs/models/NAME.md` beside the folder of models."""

from pathlib import Path

from crimeview.core.errors import ModelError
from crimeview.nets.catalog import read_model
from crimeview.training.cards import card


def card_path(folder: Path) -> Path:
    """Where the card of the model in `folder` (…/models/NAME) is."""
    return folder.absolute().parent.parent / "docs" / "models" / f"{folder.name}.md"


def write_card(folder: Path) -> Path:
    """Write the card of the model in `folder` anew, keeping its hand-written notes.

    Raises ModelError where the model is damaged or the card cannot be written.
    """
    model = read_model(folder)
    files = (model.manifest.file, *(v.file for v in model.manifest.variants))
    path = card_path(folder)
    try:
        sizes = {name: (folder / name).stat().st_size for name in files}
        earlier = path.read_text(encoding="utf-8") if path.is_file() else None
        text = card(model.manifest, sizes=sizes, earlier=earlier)
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_suffix(".tmp")
        scratch.write_text(text, encoding="utf-8")
        scratch.replace(path)
    except OSError as error:
        raise ModelError(
            f"The card {path} cannot be written ({error.strerror}); check the folder and the free "
            "space, then train again with --resume."
        ) from error
    return path
