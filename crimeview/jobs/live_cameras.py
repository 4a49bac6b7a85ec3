"""The cameras that a case watches, with their passwords from the keyring."""

from collections.abc import Sequence
from dataclasses import replace

from crimeview.core.errors import CaseError
from crimeview.core.watching import Camera
from crimeview.jobs.watched_camera import checked
from crimeview.store.camera_secrets import delete_secret, load_secret, save_secret
from crimeview.store.case import Case


def kept_cameras(case: Case) -> list[Camera]:
    """The case's cameras; raises CaseError where the keyring does not give one's password."""
    secret = case.live.cameras_with_secrets()
    cameras = []
    for camera in case.live.cameras():
        if camera.name in secret:
            address = load_secret(case.folder, camera.name)
            if address is None:
                raise CaseError(
                    f"The keyring of this computer does not give the password of “{camera.name}”; "
                    "unlock it, or give the camera's address anew."
                )
            camera = replace(camera, secret=address)
        cameras.append(camera)
    return cameras


def keep_cameras(case: Case, cameras: Sequence[Camera]) -> None:
    """Let the case watch these from now on; their passwords go into the keyring.

    Raises CaseError where the keyring does not take one, and UsageError where two have one name.
    """
    cameras = checked(cameras)
    for camera in cameras:
        if camera.secret is not None:
            save_secret(case.folder, camera.name, camera.secret)
    before = case.live.cameras_with_secrets()
    case.live.set_cameras(cameras)
    for name in before - {camera.name for camera in cameras if camera.secret is not None}:
        delete_secret(case.folder, name)
