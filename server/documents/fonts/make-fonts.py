#!/usr/bin/env python3
"""Makes the static TTF instances of Golos Text that typst embeds.

typst reads neither WOFF2 nor variable fonts, and the npm package splits the face by script,
so each weight is instantiated per script and the pieces are merged.

    npm pack @fontsource-variable/golos-text@5.3.0 && tar xzf fontsource-variable-golos-text-5.3.0.tgz
    pip install fonttools==4.68.0 brotli==1.2.1
    python3 make-fonts.py package/files .
"""

import io
import sys
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

# latin first: its metrics and space are the ones the merged face keeps.
SCRIPTS = ["latin", "cyrillic", "latin-ext", "cyrillic-ext"]
WEIGHTS = {"Regular": 400, "SemiBold": 600}
# What a receipt must be able to say: roubles, numbers, quotes, dashes, the letters of the peoples of Russia.
MUST_HAVE = "АЯаяЁё₽№«»—–…·ӘәҮүҚқİşé\u00a0\u2212"


def instance(source: Path, weight: int) -> io.BytesIO:
    font = TTFont(source)
    font.flavor = None
    instantiateVariableFont(font, {"wght": weight}, inplace=True)
    out = io.BytesIO()
    font.save(out)
    out.seek(0)
    return out


def name(font: TTFont, style: str, weight: int) -> None:
    table = font["name"]
    copyright_, licence = table.getDebugName(0), table.getDebugName(13)
    table.names = []
    for key, text in {
        0: copyright_, 1: "Golos Text" if style == "Regular" else f"Golos Text {style}", 2: "Regular",
        4: f"Golos Text {style}", 6: f"GolosText-{style}", 13: licence,
        14: "https://openfontlicense.org", 16: "Golos Text", 17: style,
    }.items():
        if text:
            table.setName(text, key, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    # One face has one date: the same input gives the same bytes.
    font["head"].created = font["head"].modified = 3_800_000_000
    font.recalcTimestamp = False


def main(source: Path, target: Path) -> None:
    for style, weight in WEIGHTS.items():
        parts = [instance(source / f"golos-text-{script}-wght-normal.woff2", weight) for script in SCRIPTS]
        font = Merger().merge(parts)
        name(font, style, weight)
        missing = [c for c in MUST_HAVE if ord(c) not in font.getBestCmap()]
        if missing:
            print(f"{style}: no glyph for {' '.join(f'U+{ord(c):04X}' for c in missing)}", file=sys.stderr)
        path = target / f"GolosText-{style}.ttf"
        font.save(path)
        features = sorted({f.FeatureTag for t in ("GSUB", "GPOS") if t in font for f in font[t].table.FeatureList.FeatureRecord})
        print(path.name, path.stat().st_size, "bytes,", len(font.getBestCmap()), "characters,", " ".join(features))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
