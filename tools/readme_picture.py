"""Makes media/reluviz.webp, the README's moving picture, from the teaser: python tools/readme_picture.py

Needs the rendered teaser (make). Its beats "start" and "learn", ten frames a second, 720 pixels wide.
"""

import json
from pathlib import Path

import av
from PIL import Image

FILM = Path("media/videos/teaser.mp4")
PICTURE = Path("media/reluviz.webp")
WIDTH, RATE, QUALITY = 720, 10, 55


def main() -> None:
    beats = json.loads(FILM.with_suffix(".json").read_text())["beats"]
    end = next(beat["end"] for beat in beats if beat["name"] == "learn")
    frames: list[Image.Image] = []
    with av.open(str(FILM)) as container:
        for frame in container.decode(video=0):
            if frame.time >= end:
                break
            if frame.time >= len(frames) / RATE + 0.5:
                size = WIDTH, WIDTH * frame.height // frame.width
                frames.append(frame.to_image().resize(size, Image.Resampling.LANCZOS))
    durations = [1000 // RATE] * (len(frames) - 1) + [2500]
    frames[0].save(
        PICTURE, save_all=True, append_images=frames[1:], duration=durations, loop=0, quality=QUALITY, method=6
    )
    print(f"{PICTURE}: {len(frames)} frames, {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
