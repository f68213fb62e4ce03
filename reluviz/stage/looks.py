"""What a plane shows, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

Range = tuple[float, float]


@dataclass(frozen=True)
class Look:
    """What a plane shows, and where: its ranges, its box in the frame, and below it the room for the wake.

    seconds: how much of the film the wake goes back, from the discs down to its foot. size: of discs, arms, ticks and
    streams, 1 unless a plane is one of many; then axes and wake have no numbers.
    """

    x_range: Range
    y_range: Range
    centre: tuple[float, float]
    width: float
    height: float
    below: float = 0.0
    seconds: float = 6.0
    size: float = 1.0

    def towards(self, other: Look, part: float) -> Look:
        """The look at `part` (0 to 1) of the way to `other`: numbers go straight, or a zoom's spans evenly in ratio."""

        def mix(a: float, b: float) -> float:
            return a + part * (b - a)

        return Look(
            _zoomed(self.x_range, other.x_range, part),
            _zoomed(self.y_range, other.y_range, part),
            (mix(self.centre[0], other.centre[0]), mix(self.centre[1], other.centre[1])),
            mix(self.width, other.width),
            mix(self.height, other.height),
            mix(self.below, other.below),
            mix(self.seconds, other.seconds),
            mix(self.size, other.size),
        )


def _zoomed(one: Range, other: Range, part: float) -> Range:
    """A range between two: its span even in ratio, its ends so that the point common to both zooms stays put."""
    first, last = one[1] - one[0], other[1] - other[0]
    if abs(last / first - 1) < 1e-6:
        return (one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1]))
    span = first * (last / first) ** part
    way = (span - first) / (last - first)  # the ends go straight as the span grows or shrinks
    low = one[0] + way * (other[0] - one[0])
    return (low, low + span)
