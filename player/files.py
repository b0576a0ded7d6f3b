"""The files that the browser's half is made of, and the fingerprints by which browsers keep what was made of files."""

from hashlib import blake2b
from pathlib import Path

import plotly

WEB = Path(__file__).parent / "web"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
SENT = {".js", ".css", ".woff2"}
# In the order of web/assets.js: what a later sheet says of the same thing counts.
STYLES = tuple(f"styles/{name}.css" for name in ("page", "toolbar", "views", "runs", "step", "presenter"))
ASSETS = tuple(sorted(path.relative_to(WEB).as_posix() for path in WEB.rglob("*") if path.suffix in SENT))


def fingerprint(*paths: Path) -> str:
    """Changes when any of the files does: what the browser keeps is addressed by it."""
    return blake2b(b"".join(path.read_bytes() for path in sorted(paths)), digest_size=6).hexdigest()
