"""The figures of section 6 of the design: `python -m benchmarks.bench [section ...]`. Prints; asserts nothing."""

import argparse
import importlib

from benchmarks.report import machine

SECTIONS = {
    "engine": ("engine", "six optimizers × 500 steps against PyTorch and optax without jit"),
    "starts": ("many_starts", "65,536 starts × 300 Adam steps against C"),
    "basins": ("sweep_maps", "basins of attraction: coarse, fine, and a slider beside them"),
    "compilations": ("compilations", "XLA compilations per slider"),
    "compile_time": ("compile_time", "compiling one rule on one surface, cold and from disk"),
    "first_picture": ("first_picture", "server start to first picture, cold and warm"),
    "slider": ("slider", "slider to new paths, and bytes, against st.plotly_chart with frames"),
    "frames": ("frames", "frames a second while playing"),
    "redraws": ("redraws", "the surface turned, a dragged learning rate, and memory over many redraws"),
    "reference": ("reference", "the reference pages, first and second load"),
    "load": ("load", "a class of 1 to 120 sessions at one server"),
    "replicas": ("replicas", "a lecture hall at two replicas behind nginx"),
    "soak": ("soak", "half an hour of a class: memory, errors"),
    "networks": ("network_training", "training a network against PyTorch, and what is drawn of it"),
    "verdicts": ("verdicts", "verdicts against an observer: the confusion matrix"),
    "formula_memory": ("formula_memory", "memory over a hundred formulas"),
}
LONG = {"soak"}  # only if it is named


def main() -> None:
    """Runs the named sections; if none is named, all but those that take half an hour."""
    described = "\n".join(f"  {name:15} {words}" for name, (_, words) in SECTIONS.items())
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.bench",
        description=f"{__doc__}\n\nsections:\n{described}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sections", nargs="*", metavar="section")
    chosen = parser.parse_args().sections or [name for name in SECTIONS if name not in LONG]
    if unknown := [name for name in chosen if name not in SECTIONS]:
        parser.error(f"no section {unknown[0]!r}; there are {', '.join(SECTIONS)}")
    print(machine(), flush=True)
    for name in chosen:
        run_section(name)


def run_section(name: str) -> None:
    """Imports a section only now: one that needs no browser runs without Playwright, and the others say so."""
    try:
        section = importlib.import_module(f"benchmarks.{SECTIONS[name][0]}")
    except ModuleNotFoundError as missing:
        print(f"\n{name}: left out, {missing.name} is not installed\n", flush=True)
        return
    getattr(section, SECTIONS[name][0])()


if __name__ == "__main__":
    main()
