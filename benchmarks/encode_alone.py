"""Encodes the frames of a finished film again, from memory: the encoder alone. Prints CPU seconds, size, SSIM.

python benchmarks/encode_alone.py film.mp4 medium veryfast ...
"""

from __future__ import annotations

import io
import resource
import sys
from fractions import Fraction

import av
import numpy as np
from skimage.metrics import structural_similarity


def cpu() -> float:
    """CPU seconds of this process, all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def encode(frames: list[np.ndarray], rate: Fraction, preset: str, crf: str) -> tuple[float, int, bytes]:
    """(CPU seconds from RGBA arrays to packets, bytes, the film) as Manim does it: RGBA in, yuv420p H.264 out."""
    buffer = io.BytesIO()
    begin = cpu()
    with av.open(buffer, "w", format="mp4") as container:
        height, width = frames[0].shape[:2]
        stream = container.add_stream("libx264", rate=rate, options={"preset": preset, "crf": crf})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for pixels in frames:
            for packet in stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgba")):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return cpu() - begin, buffer.getbuffer().nbytes, buffer.getvalue()


def main(path: str, presets: list[str]) -> None:
    with av.open(path) as container:
        stream = container.streams.video[0]
        rate = stream.average_rate
        frames = [frame.to_ndarray(format="rgba") for frame in container.decode(stream)]
    for preset in presets:
        name, _, crf = preset.partition(":")
        seconds, size, film = encode(frames, rate, name, crf or "23")
        with av.open(io.BytesIO(film)) as container:
            decoded = [f.to_ndarray(format="rgba") for f in container.decode(video=0)]
        at = range(0, len(frames), max(len(frames) // 8, 1))
        ssim = np.mean([structural_similarity(frames[k], decoded[k], channel_axis=2) for k in at])
        print(f"{name} {crf or '23'} {seconds:.3f} {size} {ssim:.5f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
