"""The cameras that a case watches, with their passwords from the keyring."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TypeAlias

from crimeview.core.address import MASK, filled, masked
from crimeview.core.edit import Action, Change, Edit
from crimeview.core.errors import CaseError
from crimeview.core.watching import Camera, WallCamera
from crimeview.jobs.watched_camera import checked
from crimeview.store.camera_secrets import delete_secret, load_secret, save_secret
from crimeview.store.case import Case

# Secrets that cameras had, by name and address as shown: for whoever undoes it while the program
# runs. They are kept nowhere else.
GoneSecrets: TypeAlias = dict[tuple[str, str], str]


def cameras_to_watch(case: Case) -> list[Camera]:
    """The case's cameras; those whose password the keyring does not give come without.

    They cannot be opened, which is told of them as of a camera that is lost; the others can.
    """
    kept = case.live.cameras_with_secrets()
    return [
        replace(camera, secret=_secret_of(case, camera)) if camera.name in kept else camera
        for camera in case.live.cameras()
    ]


def whole_camera(case: Case, camera: Camera, *, before: str | None = None) -> Camera:
    """The camera with its secret, where its address is masked: that of the camera called `before`.

    Without `before` it is the one of the same name. Raises CaseError where the secret is not known.
    """
    if camera.secret is not None or MASK not in camera.address:
        return camera
    known = next((c for c in case.live.cameras() if c.name == (before or camera.name)), None)
    whole = None
    if known is not None:
        stored = known.secret or load_secret(case.folder, known.name)
        whole = filled(camera.address, known=stored) if stored is not None else None
    if whole is None:
        raise CaseError(
            f"The password of “{camera.name}” is not known: the keyring of this computer does not "
            "give it. Unlock it, or write the password into the camera's address."
        )
    return replace(camera, secret=whole)


def keep_cameras(
    case: Case,
    cameras: Sequence[Camera],
    *,
    shown: Sequence[Camera] | None = None,
    renamed: Mapping[str, str] | None = None,
    reviewer: str = "",
    gone: GoneSecrets | None = None,
) -> list[Camera]:
    """Let the case watch these from now on, by an edit; their passwords go into the keyring.

    `shown` are those that the person saw, None: those of the case now; what others have added or
    changed beside them stays, and so do their passwords. `renamed` gives new names by old ones:
    rules go on listening to those cameras, also when that is undone. An address that is masked
    keeps the secret that it had. Secrets that go out of use are left in `gone`. Gives all cameras
    of the case with their secrets, as far as the keyring gives them. Raises CaseError where it does
    not take one, or has lost the one that is wanted, ConflictError where a camera was changed
    meanwhile, and UsageError where two have one name.
    """
    move_secrets(case)
    cameras = checked(cameras)
    gone = gone if gone is not None else {}
    old_names = {new: old for old, new in (renamed or {}).items()}
    wall = {each.camera.name: each for each in case.live.wall()}
    seen = {camera.name: camera for camera in shown or ()}
    if shown is None:
        seen = {name: each.camera for name, each in wall.items()}
    last = max((each.place for each in wall.values()), default=-1)
    changes, secrets = list[Change](), dict[str, str | None]()
    for name in seen.keys() - {old_names.get(camera.name, camera.name) for camera in cameras}:
        changes.append(Change(before=_as_seen(seen[name], wall), after=None))
        secrets[name] = None
    for camera in cameras:
        name = old_names.get(camera.name, camera.name)
        before = _as_seen(seen[name], wall) if name in seen else None
        if before is not None and _opened_alike(camera, seen[name]):
            camera = camera.plain  # the keyring has it, or by now a newer one
        if before is not None and camera == before.camera:
            continue
        kept = before is not None and before.has_secret and _is_untouched(camera, before)
        if not kept:
            secrets[name] = None
            secrets[camera.name] = whole_camera(case, camera, before=name).secret
        if before is None:
            last += 1
        after = WallCamera(
            place=before.place if before is not None else last,
            camera=camera.plain,
            has_secret=kept or secrets[camera.name] is not None,
        )
        if name == camera.name:
            changes.append(Change(before=before, after=after))
        else:
            changes += [Change(before=before, after=None), Change(before=None, after=after)]
    edit = Edit(action=Action.WALL, changes=tuple(c for c in changes if c.before != c.after))
    with _kept(case, secrets, gone):
        if edit.changes:
            case.edits.make(edit, reviewer=reviewer)
    return cameras_to_watch(case)


def is_of_cameras(edit: Edit) -> bool:
    """Whether an edit is about cameras of the wall."""
    return any(isinstance(change.after or change.before, WallCamera) for change in edit.changes)


def bring_back_secrets(case: Case, edit: Edit, gone: GoneSecrets) -> list[str]:
    """After an edit of cameras was undone or made again, have the keyring keep what they need.

    That is what the keyring has for the cameras as they were before, or what is in `gone`. Gives
    the names of the cameras whose secret is not known any more, or that no keyring takes.
    """
    others = [c for c in edit.changes if _opened_by(c.before) != _opened_by(c.after)]
    before = [c.before for c in others if isinstance(c.before, WallCamera)]
    after = [c.after for c in others if isinstance(c.after, WallCamera)]
    held = {}
    for wall in before:
        secret = load_secret(case.folder, wall.camera.name) if wall.has_secret else None
        if secret is not None:
            held[masked(secret)] = secret
    secrets: dict[str, str | None] = {wall.camera.name: None for wall in before}
    for wall in after:
        name, address = wall.camera.name, wall.camera.address
        known = held.get(address) or gone.get((name, address))
        secrets[name] = known if wall.has_secret else None
    wanted = [wall.camera.name for wall in after if wall.has_secret]
    try:
        with _kept(case, secrets, gone):
            return [name for name in wanted if secrets[name] is None]
    except CaseError:  # the cameras are back all the same
        return wanted


def move_secrets(case: Case) -> None:
    """Have the keyring keep what earlier versions stored in the case, if there is a keyring."""
    cameras = case.live.cameras()
    secrets = {camera.name: camera.secret for camera in cameras if camera.secret is not None}
    if secrets:
        with suppress(CaseError):
            for name, secret in secrets.items():
                save_secret(case.folder, name, secret)
            known = case.live.cameras_with_secrets()
            case.live.set_cameras(cameras, secret=known | secrets.keys())


@contextmanager
def _kept(case: Case, secrets: Mapping[str, str | None], gone: GoneSecrets) -> Iterator[None]:
    """Have the keyring keep these by name, None: nothing, before what is done within.

    What it had is left in `gone`, and is there again where that fails.
    """
    old = {name: load_secret(case.folder, name) for name in secrets}
    try:
        for name, secret in secrets.items():
            if secret is not None:
                save_secret(case.folder, name, secret)
        yield
    except CaseError:
        for name, secret in old.items():
            if secret is None:
                delete_secret(case.folder, name)
            elif secrets[name] is not None:
                save_secret(case.folder, name, secret)
        raise
    for name, secret in old.items():
        if secret is not None:
            gone[name, masked(secret)] = secret
        if secrets[name] is None:
            delete_secret(case.folder, name)


def _secret_of(case: Case, camera: Camera) -> str | None:
    """What the keyring has for a camera, if it is of the address that the camera has now.

    It is not where the program was ended between what the case and what the keyring was told.
    """
    secret = load_secret(case.folder, camera.name)
    return secret if secret is not None and masked(secret) == camera.address else None


def _opened_alike(camera: Camera, shown: Camera) -> bool:
    """Whether a person gave no other address or password than what was shown."""
    return (camera.address, camera.secret) == (shown.address, shown.secret)


def _opened_by(record: object) -> tuple[str, str, bool] | None:
    """What the secret of a camera on the wall is kept by, and whether it has one."""
    if not isinstance(record, WallCamera):
        return None
    return record.camera.name, record.camera.address, record.has_secret


def _as_seen(camera: Camera, wall: Mapping[str, WallCamera]) -> WallCamera:
    """A camera as the person saw it, which others may have changed since."""
    known = wall.get(camera.name)
    if known is None:
        return WallCamera(place=0, camera=camera.plain, has_secret=False)
    return replace(known, camera=camera.plain)


def _is_untouched(camera: Camera, before: WallCamera) -> bool:
    """Whether a camera's secret stays where it is, be the keyring locked or not."""
    old = before.camera
    return (camera.name, camera.address, camera.secret) == (old.name, old.address, None)
