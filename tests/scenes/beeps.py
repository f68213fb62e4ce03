"""A voice that beeps."""

import hashlib
import wave

import numpy as np

from reluviz.voice.speech import Utterance


class Beeps:
    """A voice for tests: a tone for every narration, as long as the silent voice takes."""

    name = "beeps"

    def __init__(self, directory):
        from reluviz.voice.speech import voice

        self.directory, self.silent = directory, voice("silent", directory)

    def speak(self, caption):
        said = self.silent.speak(caption)
        path = self.directory / f"{hashlib.sha256(caption.encode()).hexdigest()[:12]}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        tone = np.sin(np.arange(round(said.seconds * 8000)) * 0.3) * 8000
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(tone.astype("<i2").tobytes())
        return Utterance(path, said.seconds, *_rest(said))


def _rest(said):
    return [getattr(said, field) for field in list(said.__dataclass_fields__)[2:]]
