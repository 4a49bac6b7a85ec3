"""Names that a person chooses among for a training; importing them takes no time."""

from typing import Literal, get_args

FormName = Literal[
    "motion-small",
    "motion-eighth",
    "motion-quarter",
    "motion-half",
    "c3d-quarter",
    "c3d-half",
    "c3d",
]
Front = Literal["none", "rgb", "motion", "motion-rgb", "motion-energy"]
DeviceName = Literal["auto", "cpu", "cuda"]
PrecisionName = Literal["auto", "fp32", "fp16", "bf16"]
FORMS: tuple[FormName, ...] = get_args(FormName)
FRONTS: tuple[Front, ...] = ("rgb", "motion", "motion-rgb", "motion-energy")
DEVICES: tuple[DeviceName, ...] = get_args(DeviceName)
PRECISIONS: tuple[PrecisionName, ...] = get_args(PrecisionName)
FeatureSpace = Literal["own", "ucf"]
Method = Literal["sultani", "rtfm", "milr"]
UcfMethod = Literal["sultani", "rtfm", "milr", "context"]
SPACES: tuple[FeatureSpace, ...] = get_args(FeatureSpace)
UCF_METHODS: tuple[UcfMethod, ...] = get_args(UcfMethod)
RecurrentName = Literal["lstm", "gru"]
RECURRENT: tuple[RecurrentName, ...] = get_args(RecurrentName)
ProjectionMethod = Literal["slic", "types"]
PROJECTION_METHODS: tuple[ProjectionMethod, ...] = get_args(ProjectionMethod)
