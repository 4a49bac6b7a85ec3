"""The scorer as ekosman/AnomalyDetectionCVPR2018-Pytorch saves it.

`network/anomaly_detector_model.py` names its layers fc1, fc2 and fc3. `network/TorchUtils.py` saves
the whole network, older versions (`network/model.py`) {"epoch", "state_dict", "optimizer"}.
"""

from collections.abc import Mapping

from torch import Tensor

from crimeview.training.importers.imported import Imported
from crimeview.training.importers.scorer import import_scorer
from crimeview.training.importers.source import Source

TITLE = "the scorer of ekosman/AnomalyDetectionCVPR2018-Pytorch"
FIRST = "fc1.weight"
_LAYERS = ("fc1", "fc2", "fc3")
# utils/utils.py: (x / 255 - mean) / (1 / (0.0167 * 255)), which is (x - 255 * mean) * 0.0167.
_OTHER_PIXELS = (
    "Its maker computed features from pixels scaled by 0.0167, unlike either published C3D, so "
    "scores here are not exactly those of that project."
)


def import_ekosman(tensors: Mapping[str, Tensor], source: Source) -> Imported:
    """The scorer from a checkpoint's tensors; raises ModelError."""
    return import_scorer(
        tensors, _LAYERS, source, name="mil-ekosman", what=TITLE, notes=(_OTHER_PIXELS,)
    )
