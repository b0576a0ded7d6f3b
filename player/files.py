"""The files that the browser's half is made of, and the fingerprints by which browsers keep what was made of files."""

from hashlib import blake2b
from pathlib import Path

WEB = Path(__file__).parent / "web"
SENT = {".js", ".css", ".woff2"}
ASSETS = tuple(sorted(path.relative_to(WEB).as_posix() for path in WEB.rglob("*") if path.suffix in SENT))


def fingerprint(*paths: Path) -> str:
    """Changes when any of the files does: what the browser keeps is addressed by it."""
    return blake2b(b"".join(path.read_bytes() for path in sorted(paths)), digest_size=6).hexdigest()
