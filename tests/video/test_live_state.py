"""How it is with a camera, as its two threads tell it."""

from crimeview.core.watching import Camera, CameraState
from crimeview.video.live_state import LiveState


def test_a_picture_decoded_after_the_end_of_a_file_does_not_make_it_live_again() -> None:
    state = LiveState(Camera(name="gate", address="gate.mp4"))
    state.connected(1, codec="h264")
    state.pictured(1, height=128, width=192)
    assert state.state is CameraState.LIVE
    state.ended()
    state.pictured(1, height=128, width=192)
    assert state.state is CameraState.ENDED
    assert state.health(lag=0.0, drops=0).state is CameraState.ENDED


def test_a_picture_of_an_earlier_connection_does_not_make_a_camera_live() -> None:
    state = LiveState(Camera(name="gate", address="rtsp://gate/1"))
    state.connected(1, codec="h264")
    state.lost("The camera “gate” has ended the connection.")
    state.pictured(1, height=128, width=192)
    assert state.state is CameraState.LOST
    state.connected(2, codec="h264")
    state.pictured(2, height=128, width=192)
    assert state.state is CameraState.LIVE
