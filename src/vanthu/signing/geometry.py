"""Where something lies on a page: PDF points (1/72 inch), origin at the bottom left."""

from typing import NamedTuple

POINTS_PER_MM = 72 / 25.4


class Rect(NamedTuple):
    """A rectangle in PDF points, y upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    @classmethod
    def around(cls, x: float, y: float, width: float, height: float) -> "Rect":
        """The rectangle of this size whose centre is (x, y)."""
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def inside(self, page: "Rect") -> "Rect":
        """The same rectangle moved, not resized, so that it lies on the page."""
        right = max(page.left - self.left, 0) - max(self.right - page.right, 0)
        up = max(page.bottom - self.bottom, 0) - max(self.top - page.top, 0)
        return Rect(self.left + right, self.bottom + up, self.right + right, self.top + up)
