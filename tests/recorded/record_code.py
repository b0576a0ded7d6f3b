"""Runs the programs that experiments are written as in libraries that are no dependency, and records what they print.

Not a test. Recorded with PyTorch 2.13 on a CPU by `python -m tests.recorded.record_code PYTHON`, where PYTHON is the
path of an interpreter that has the libraries.
"""

import json
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from exports import to_code
from tests.recorded.code_cases import CASES


def recorded(code: str, python: str) -> dict[str, str]:
    """A fingerprint of a program, and what it prints."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pasted.py"
        path.write_text(code, encoding="utf-8")
        done = subprocess.run([python, path], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{done.stderr}\n{code}")
    return {"code": blake2b(code.encode(), digest_size=8).hexdigest(), "printed": done.stdout}


def main() -> None:
    cases = {}
    for name, experiment in CASES.items():
        library = name.partition(" ")[0]
        if library != "optax":
            print(name)
            cases[name] = recorded(to_code(experiment, library), sys.argv[1])
    Path(__file__).with_name("code.json").write_text(json.dumps({"cases": cases}, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
