"""How an encoder is fitted, as values: to try another recipe is to change one of them."""

from dataclasses import dataclass

from crimeview.training.data.augment import CLIPS, Augmentation
from crimeview.training.data.sampling import Draws

# Crashes are few; hockey is much of the same and no surveillance.
DRAWS = Draws(clips={"car_crashes": 2.0, "hockey_fights": 0.3})


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderRecipe:
    """How the encoder is fitted.

    `margin` is by how much targets stay off 0 and 1, `mixup` the alpha by which clips are laid over
    one another, 0 for not at all. `average` is the decay of the weights' moving
    average, 0 for none; `reversal` the largest weight of the reversed gradient that makes features
    independent of the data set, 0 for none. Of a run with a validation part the rate falls to a
    third after `plateau` epochs without improvement and the run ends after `patience` of them; one
    without goes through all `epochs` in one cycle of the rate, which rises for a share `warm_up`.
    A `balanced` classifier's probabilities are those of events that are as frequent as their
    absence, whatever they were in training. `augmentation.size` has no meaning here: the form's
    `sizes` say.
    """

    epochs: int = 16
    batch: int = 16
    peak_rate: float = 2e-3
    warm_up: float = 0.2
    weight_decay: float = 0.05
    dropout: float = 0.5
    margin: float = 0.05
    gradient_clip: float = 5.0
    average: float = 0.0
    reversal: float = 0.0
    balanced: bool = False
    plateau: int = 2
    patience: int = 5
    augmentation: Augmentation = CLIPS
    mixup: float = 0.0
    draws: Draws = DRAWS
    seed: int = 0
