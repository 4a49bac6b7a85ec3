"""The words of `crimeview data`."""

from typing import Any

from crimeview.cli.words import add_command, path

_LAYOUTS = """
    DIR is a data set or a folder of data sets. A data set is told by what is in its folder:
      labels.csv   columns path, and label or anomalous_frames (start-end;start-end, zero-based,
                   the end exclusive); also group (or source, scene), fold (0 to 4) and split
      UCF-Crime    Anomaly_Train.txt, Temporal_Anomaly_Annotation_for_Testing_Videos.txt, and the
                   recordings in any folders below
      classes      a folder for each class, fight/ normal/, or train/fight/ valid/normal/
      recordings   videos alone, which are taken as showing nothing unusual
    Clips of one source never part between training and test. The source is what the table says, or
    else the beginning of the name (shop_01 and shop_02 are of shop).
    In the picture a row is an example: as it is, then changed at random; orange shows an event.
"""


def add_data(commands: Any) -> None:
    command = add_command(commands, "data", "look at data sets before training on them")
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    show = add_command(
        actions, "show", "list what is read from data sets and draw some of it", _LAYOUTS
    )
    show.add_argument("data", metavar="DIR", type=path, help="a data set, or a folder of them")
    show.add_argument("--out", metavar="PNG", type=path, help="write a picture of examples")
    show.add_argument(
        "--augmentation",
        choices=("clips", "frames"),
        default="clips",
        help="how the picture's examples are changed (default: clips, as for encoders)",
    )
