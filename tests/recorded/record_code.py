"""Runs the programs that experiments are written as in libraries that are no dependency, and records what they print.

Not a test. Recorded with PyTorch 2.13 and Keras 3.15 on a CPU by `python -m tests.recorded.record_code PYTHON`, where
PYTHON is the path of an interpreter that has the libraries. What was recorded of the same program is kept.
"""

import json
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from exports import to_code
from tests.recorded.code_cases import CASES

FILE = Path(__file__).with_name("code.json")


def fingerprint(code: str) -> str:
    """Changes when the program does."""
    return blake2b(code.encode(), digest_size=8).hexdigest()


def printed(code: str, python: str) -> str:
    """What a program prints."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pasted.py"
        path.write_text(code, encoding="utf-8")
        done = subprocess.run([python, path], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{done.stderr}\n{code}")
    return done.stdout


def main() -> None:
    before = json.loads(FILE.read_text(encoding="utf-8"))["cases"] if FILE.exists() else {}
    cases: dict[str, dict[str, str]] = {}
    for name, experiment in CASES.items():
        library = name.partition(" ")[0]
        if library == "optax":
            continue
        code = to_code(experiment, library)
        known = before.get(name, {})
        print(name)
        text = known["printed"] if known.get("code") == fingerprint(code) else printed(code, sys.argv[1])
        cases[name] = {"code": fingerprint(code), "printed": text}
    FILE.write_text(json.dumps({"cases": cases}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
