"""A case with stored features and segments of two kinds, as an analysis leaves it."""

import numpy as np

from crimeview.core.clip import ClipCursor
from crimeview.core.recording import Fingerprint
