"""Draws the mark of «Отделение» (a stamp with an envelope on it) and makes every icon file from it.

Usage: make.py [CHROMIUM]. The PNGs are Chromium's own rendering of the SVGs written here.
"""
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
BLUE, PAPER, DARK_BLUE = "#2337c6", "#ffffff", "#a3b4ff"


def stamp():
    """The outline of a stamp, 51 units wide in a 64-unit field: each side is 2.5, five bites of 6 with 4 between, 2.5."""
    path = "M6.5 6.5"
    for x, y in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        line = lambda length: f"h{length * x:g}" if x else f"v{length * y:g}"
        bite = f"a3 3 0 0 0 {6 * x} {6 * y}"
        path += line(2.5) + line(4).join([bite] * 5) + line(2.5)
    return path + "z"


ENVELOPE = "M16 22h32v20.5H16zM16.5 22.5 32 34l15.5-11.5"


def mark(fill, line):
    return (f'<path class="mark" fill="{fill}" d="{stamp()}"/>'
            f'<path class="cut" fill="none" stroke="{line}" stroke-width="3.5" stroke-linejoin="round" d="{ENVELOPE}"/>')


def svg(inside, style=""):
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">{style}{inside}</svg>\n'


def png(name, size, inside, chromium):
    """Renders `inside` at size × size; transparent where nothing is drawn."""
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / "icon.html"
        page.write_text(f"<!doctype html><style>body{{margin:0}}svg{{display:block;width:{size}px;height:{size}px}}</style>{svg(inside)}")
        subprocess.run([chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1",
                        "--default-background-color=00000000", f"--window-size={size},{size}",
                        f"--screenshot={HERE / name}", page.as_uri()], check=True, stderr=subprocess.DEVNULL)


chromium = sys.argv[1] if len(sys.argv) > 1 else "chromium"
night = f"<style>@media(prefers-color-scheme:dark){{.mark{{fill:{DARK_BLUE}}}.cut{{stroke:#14161c}}}}</style>"
(HERE / "favicon.svg").write_text(svg(mark(BLUE, PAPER), night))
# Maskable icons are cut to any shape: the mark stays within the middle 80 %, the ground fills the rest.
ground = f'<path fill="{BLUE}" d="M0 0h64v64H0z"/>'
inside = f'<g transform="translate(9.6 9.6) scale(.7)">{mark(PAPER, BLUE)}</g>'
png("icon-192.png", 192, mark(BLUE, PAPER), chromium)
png("icon-512.png", 512, mark(BLUE, PAPER), chromium)
png("maskable-512.png", 512, ground + inside, chromium)
png("apple-touch-180.png", 180, ground + inside, chromium)
