"""Cut a typeface down to Vietnamese letters and rescale it to 1000 units per em."""

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

_UNITS = 1000
_LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x1A0, 0x1B1),
    *range(0x300, 0x324),
    *range(0x1EA0, 0x1EFA),
    *range(0x2010, 0x2027),
    0x20AB,
)


def cut(source: Path) -> TTFont:
    """The font of this file with these letters only, without layout tables and hints."""
    font = TTFont(source)
    options = Options()
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    options.hinting = False
    cutter = Subsetter(options)
    cutter.populate(unicodes=_LETTERS)
    cutter.subset(font)
    scale_upem(font, _UNITS)
    return font
