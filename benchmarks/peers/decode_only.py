"""Decodes a recording with PyAV and does nothing with the pictures: the limit of any analysis.

Frame threads on all cores, the loop filter skipped, as the program's own decoding for analysis.
"""

import json
import sys
import time

import av
from av.codec.context import ThreadType


def main() -> None:
    began = time.perf_counter()
    with av.open(sys.argv[1]) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_type = ThreadType.FRAME
        stream.codec_context.options = {"skip_loop_filter": "all"}
        frames = sum(1 for _ in container.decode(stream))
    print(json.dumps({"frames": frames, "seconds": time.perf_counter() - began}))


if __name__ == "__main__":
    main()
