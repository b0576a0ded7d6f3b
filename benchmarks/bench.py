"""The figures of section 6 of the design: `python -m benchmarks.bench [section ...]`. Prints; asserts nothing."""

import argparse
import importlib

from benchmarks.report import machine

SECTIONS = {
    "engine": ("engine", "six optimizers × 500 steps against PyTorch and optax without jit"),
    "starts": ("many_starts", "65,536 starts × 300 Adam steps against C"),
    "compilations": ("compilations", "XLA compilations per slider"),
    "first_picture": ("first_picture", "server start to first picture, cold and warm"),
    "slider": ("slider", "slider to new paths, and bytes, against st.plotly_chart with frames"),
    "frames": ("frames", "frames a second while playing"),
}


def main() -> None:
    """Runs the named sections, all of them if none is named."""
    described = "\n".join(f"  {name:14} {words}" for name, (_, words) in SECTIONS.items())
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.bench",
        description=f"{__doc__}\n\nsections:\n{described}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sections", nargs="*", metavar="section", choices=[*SECTIONS], default=[])
    chosen = parser.parse_args().sections or list(SECTIONS)
    print(machine(), flush=True)
    for name in chosen:
        module, _ = SECTIONS[name]
        # Imported only now: a section that needs no browser runs without one.
        getattr(importlib.import_module(f"benchmarks.{module}"), module)()


if __name__ == "__main__":
    main()
