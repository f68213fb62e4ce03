"""Writes the lab's font: Inter cut down to what the lab and the kit's page can say, as WOFF2, into reluviz/lab/fonts/.

Needs fonttools and brotli, which nothing else here does: run it again only when the font or the signs below change.
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found]

ROOT = Path(__file__).parents[1]
ASCII = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in "\\^`{|}~")
SIGNS = {
    "Regular": ASCII + "ÄÅÆÉÖØÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿ–—‘’“”…−×·←→αβδε₀₁₂₃₄₅₆₇₈₉",
    "SemiBold": ASCII.translate({ord(sign): None for sign in "$*<=>@[]_"}) + "ÄÖÜäöüßàáåæçèéêíñóôøú–’“”…−×δ",
}
"""What body text and formulas say, and what titles and buttons do."""



def main() -> None:
    """Writes both weights and says how large they are."""
    for weight, signs in SIGNS.items():
        options = subset.Options(flavor="woff2", layout_features=["kern", "tnum"], hinting=False)
        font = subset.load_font(str(ROOT / f"reluviz/stage/fonts/Inter-{weight}.otf"), options)
        cutter = subset.Subsetter(options)
        cutter.populate(text=signs)
        cutter.subset(font)
        path = ROOT / f"reluviz/lab/fonts/Inter-{weight}.woff2"
        path.parent.mkdir(exist_ok=True)
        subset.save_font(font, str(path), options)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
