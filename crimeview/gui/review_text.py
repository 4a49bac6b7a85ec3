"""The words for reviews: states, crime types, and what a person did."""

from crimeview.core.edit import Action
from crimeview.core.review import ReviewState
from crimeview.gui.text import translate
from crimeview.jobs.listing import Column

STATE_ICONS = {
    ReviewState.NEW: "new",
    ReviewState.CONFIRMED: "confirmed",
    ReviewState.UNSURE: "unsure",
    ReviewState.DISMISSED: "dismissed",
}


def review_state_text(state: ReviewState) -> str:
    return {
        ReviewState.NEW: translate("ReviewText", "New"),
        ReviewState.CONFIRMED: translate("ReviewText", "Confirmed"),
        ReviewState.UNSURE: translate("ReviewText", "Unsure"),
        ReviewState.DISMISSED: translate("ReviewText", "Dismissed"),
    }[state]


def kind_text(kind: str) -> str:
    """A crime type as people read it; one of a person's own as it was written."""
    known = {
        "fight": translate("ReviewText", "Fight"),
        "assault": translate("ReviewText", "Assault"),
        "robbery": translate("ReviewText", "Robbery"),
        "theft": translate("ReviewText", "Theft"),
        "burglary": translate("ReviewText", "Burglary"),
        "vandalism": translate("ReviewText", "Vandalism"),
        "crash": translate("ReviewText", "Crash"),
        "fall": translate("ReviewText", "Fall"),
        "shooting": translate("ReviewText", "Shooting"),
        "arson": translate("ReviewText", "Arson"),
        "explosion": translate("ReviewText", "Explosion"),
        "abuse": translate("ReviewText", "Abuse"),
        "arrest": translate("ReviewText", "Arrest"),
    }
    return known.get(kind, kind)


def column_text(column: Column) -> str:
    return {
        Column.RANK: translate("ReviewText", "Rank"),
        Column.SCORE: translate("ReviewText", "Score"),
        Column.RECORDING: translate("ReviewText", "Recording"),
        Column.START: translate("ReviewText", "Start"),
        Column.END: translate("ReviewText", "End"),
        Column.LENGTH: translate("ReviewText", "Length"),
        Column.MEAN: translate("ReviewText", "Mean score"),
        Column.STATE: translate("ReviewText", "State"),
        Column.TYPE: translate("ReviewText", "Type"),
        Column.TAGS: translate("ReviewText", "Tags"),
        Column.NOTE: translate("ReviewText", "Note"),
        Column.REVIEWER: translate("ReviewText", "Reviewer"),
        Column.CHANGED: translate("ReviewText", "Last change"),
        Column.ORIGIN: translate("ReviewText", "Marked by"),
        Column.FOUND: translate("ReviewText", "Found by"),
        Column.REASON: translate("ReviewText", "Reason"),
    }[column]


def action_text(action: Action) -> str:
    """What a person did, as a word for it."""
    return {
        Action.CONFIRM: translate("ReviewText", "Confirm"),
        Action.DISMISS: translate("ReviewText", "Dismiss"),
        Action.UNSURE: translate("ReviewText", "Unsure"),
        Action.RESET: translate("ReviewText", "Back to new"),
        Action.KIND: translate("ReviewText", "Type"),
        Action.NOTE: translate("ReviewText", "Note"),
        Action.TAGS: translate("ReviewText", "Tags"),
        Action.MARK: translate("ReviewText", "Own segment"),
        Action.TRIM: translate("ReviewText", "Trim"),
        Action.SPLIT: translate("ReviewText", "Split"),
        Action.MERGE: translate("ReviewText", "Merge"),
        Action.DELETE: translate("ReviewText", "Delete"),
        Action.REMOVE_RECORDING: translate("ReviewText", "Remove the recording"),
        Action.RELINK: translate("ReviewText", "Find the file again"),
        Action.REGIONS: translate("ReviewText", "Regions"),
        Action.DESCRIBE: translate("ReviewText", "Case settings"),
        Action.RULE: translate("ReviewText", "Rule for segments"),
        Action.CLOCK: translate("ReviewText", "Camera and time"),
        Action.PRESET: translate("ReviewText", "Rule by name"),
        Action.TRUTH: translate("ReviewText", "Ground truth"),
        Action.TEACH: translate("ReviewText", "Teach the camera"),
        Action.FORGET: translate("ReviewText", "Forget what was taught"),
        Action.ALARM_RULES: translate("ReviewText", "Alarm rules"),
        Action.LEARN_TYPES: translate("ReviewText", "Learn types"),
        Action.FORGET_TYPES: translate("ReviewText", "Forget learned types"),
        Action.CAMERA: translate("ReviewText", "Compare with another camera"),
        Action.NAME_CLUSTER: translate("ReviewText", "Name a cluster"),
        Action.UNNAME_CLUSTER: translate("ReviewText", "Take the name of a cluster back"),
        Action.RENAME_CAMERA: translate("ReviewText", "Rename the camera"),
        Action.WALL: translate("ReviewText", "Cameras of the wall"),
    }[action]


def progress_text(reviewed: int, total: int) -> str:
    """`37 of 120 reviewed`."""
    text = translate("ReviewText", "{reviewed} of {total} reviewed")
    return text.format(reviewed=reviewed, total=total)
