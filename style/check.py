"""Checks what the eye cannot: contrast of every pair of colours used together, in every theme, and the CSS budget.

Usage: python3 style/check.py. Exits with 1 when a pair is below its limit (WCAG 2.2: 4.5 for text, 3 for edges and
marks; 7 for text in the version for low vision), or when the joined CSS is too large.
"""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
CSS = re.sub(r"/\*.*?\*/", "", (HERE / "tokens.css").read_text(), flags=re.S)
TEXT, MARK = 4.5, 3.0
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "ink-2", "accent", "accent-2") for ground in ("paper", "surface", "surface-2")],
    *[(ink, "accent-bg", TEXT) for ink in ("ink", "accent", "accent-2")],
    ("accent-ink", "accent", TEXT), ("accent-ink", "accent-2", TEXT), ("strip-ink", "strip", TEXT),
    *[(kind, ground, TEXT) for kind in ("ok", "wait", "bad") for ground in (f"{kind}-bg", "surface", "paper")],
    *[("ink", f"{kind}-bg", TEXT) for kind in ("ok", "wait", "bad")],
    *[("ink-2", f"{kind}-bg", TEXT) for kind in ("ok", "wait", "bad")],
    *[("accent", f"{kind}-bg", TEXT) for kind in ("ok", "wait", "bad")],
    ("bad-2", "surface", TEXT), ("bad-ink", "bad", TEXT),
    *[("field-line", ground, MARK) for ground in ("paper", "surface", "surface-2")],
    # The ring: its ink edge against every ground, or its yellow where the ground is ink.
    *[("ink", ground, MARK) for ground in ("focus",)],
    ("focus", "strip", MARK),
]


def block(selector, nth=0):
    body = re.findall(re.escape(selector) + r"\s*\{([^}]*)\}", CSS)[nth]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})", body))


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, two):
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


light, dark = block(":root"), block(":root", 1)
themes = {"light": light, "dark": light | dark, "vision": light | block(':root[data-vision="large"]')}
wrong = []

print(f"{'pair':24}" + "".join(f"{name:>13}" for name in themes))
for ink, ground, limit in PAIRS:
    row = []
    for name, colours in themes.items():
        ratio = contrast(colours[ink], colours[ground])
        least = 7.0 if name.startswith("vision") and limit == TEXT else limit
        # In the dark the ring's ink edge is as light as its yellow; the yellow alone then stands against the ground.
        if ground == "focus" and "dark" in name:
            ratio = contrast(colours["focus"], colours["surface"])
        if ratio < least:
            wrong.append(f"{ink} on {ground} in {name}: {ratio:.2f} < {least}")
        row.append(f"{ratio:13.2f}")
    print(f"{ink + ' / ' + ground:24}" + "".join(row))

built = HERE.parent / "frontend" / "generated.css"
if built.exists():
    try:
        import brotli
        size = len(brotli.compress(built.read_bytes(), quality=11))
        print(f"generated.css: {built.stat().st_size} bytes, {size} in brotli (limit 9216)")
        if size > 9216:
            wrong.append("CSS is over its budget")
    except ImportError:
        print("generated.css: brotli is not installed, size not checked")
print("\n".join(wrong) or "all within limits")
sys.exit(bool(wrong))
