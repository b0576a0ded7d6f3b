"""The same runs as a loop over `torch.optim`, eager: read as JSON, timed, written as JSON. Needs only PyTorch."""

import json
import sys
import time
from typing import Any

import torch

RULES = {
    "gradient_descent": (torch.optim.SGD, {}, {}),
    "momentum": (torch.optim.SGD, {"momentum": "momentum"}, {}),
    "nesterov": (torch.optim.SGD, {"momentum": "momentum"}, {"nesterov": True}),
    "adagrad": (torch.optim.Adagrad, {"eps": "eps"}, {}),
    "rmsprop": (torch.optim.RMSprop, {"decay": "alpha", "eps": "eps"}, {}),
    "adam": (torch.optim.Adam, {"eps": "eps"}, {}),
}


def optimizer_for(slug: str, numbers: dict[str, float], position: torch.Tensor) -> torch.optim.Optimizer:
    """The torch.optim rule with the same numbers under its own names."""
    rule, names, fixed = RULES[slug]
    arguments: dict[str, Any] = {theirs: numbers[ours] for ours, theirs in names.items()} | fixed
    if slug == "adam":
        arguments["betas"] = (numbers["b1"], numbers["b2"])
    return rule([position], lr=numbers["learning_rate"], **arguments)


def race(runs: list[dict], start: list[float], steps: int) -> list[list[float]]:
    """Runs every rule from `start` on Rosenbrock's valley and returns the end points; the paths are not recorded."""
    ends = []
    for run in runs:
        position = torch.tensor(start, dtype=torch.float64, requires_grad=True)
        optimizer = optimizer_for(run["optimizer"], run["hyperparameters"], position)
        for _ in range(steps):
            optimizer.zero_grad()
            loss = (1 - position[0]) ** 2 + 100 * (position[1] - position[0] ** 2) ** 2
            loss.backward()
            optimizer.step()
        ends.append(position.tolist())
    return ends


def main() -> None:
    """One race to warm up, then `repeats` timed ones."""
    order = json.load(sys.stdin)
    race(order["runs"], order["start"], 20)
    times, ends = [], []
    for _ in range(order["repeats"]):
        begun = time.perf_counter()
        ends = race(order["runs"], order["start"], order["steps"])
        times.append(time.perf_counter() - begun)
    json.dump({"times": times, "ends": ends, "version": torch.__version__}, sys.stdout)


if __name__ == "__main__":
    main()
