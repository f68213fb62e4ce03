"""One loudness for all that is said: −16 LUFS (the usual level of spoken word), without clipping."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

TARGET_LUFS = -16.0
CEILING = 10 ** (-1.5 / 20)
"""Largest true peak, −1.5 dB of full scale: what is left for the overshoot of AAC."""
_REACH = 0.005
"""Seconds before and after a peak in which the limiter turns the level down and up again."""
_BLOCK = 0.4
"""Seconds of the meter's shortest measurement (ITU-R BS.1770)."""


def levelled(samples: NDArray[Any], rate: int) -> NDArray[Any]:
    """`samples` (one channel) at −16 LUFS, its true peak at most `CEILING`; silence stays silence.

    The limiter takes a little loudness away with the peaks, so gain and limiter take turns until the level is right.
    """
    if not np.any(samples):
        return samples
    peaks = true_peaks(samples)
    gain = 10 ** ((TARGET_LUFS - loudness(samples, rate)) / 20)
    for _ in range(4):
        result = samples * gain * _limiter(peaks * gain, rate)
        missing = TARGET_LUFS - loudness(result, rate)
        if abs(missing) < 0.2:
            break
        gain *= 10 ** (missing / 20)
    return result


def loudness(samples: NDArray[Any], rate: int) -> float:
    """Integrated loudness in LUFS (ITU-R BS.1770-4); of a sound too short for the meter, as if it went on."""
    import pyloudnorm  # here, since it loads SciPy's signal processing, which a cached narration does not need

    blocks = -(-int(_BLOCK * rate * 1.5) // len(samples))
    return float(pyloudnorm.Meter(rate).integrated_loudness(np.tile(samples, blocks) if blocks > 1 else samples))


def true_peaks(samples: NDArray[Any]) -> NDArray[Any]:
    """Per sample, the largest magnitude that the waveform reaches there or on its way to the next (4 × oversampled)."""
    from scipy.signal import resample_poly  # here for the same reason

    return np.asarray(np.abs(resample_poly(samples, 4, 1)).reshape(-1, 4).max(axis=1))


def _limiter(peaks: NDArray[Any], rate: int) -> NDArray[Any]:
    """A gain, at most 1, that brings these true peaks to `CEILING` and falls and rises smoothly around them."""
    from scipy.ndimage import minimum_filter1d, uniform_filter1d  # here for the same reason

    allowed = np.minimum(1.0, CEILING / np.maximum(peaks, 1e-9))
    window = 2 * int(_REACH * rate) + 1
    # the mean of minima over a window is nowhere above what is allowed in its middle
    return np.asarray(uniform_filter1d(minimum_filter1d(allowed, window), window))
