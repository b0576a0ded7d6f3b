"""The same training as a loop over `torch.optim`, eager: read as JSON, timed, written as JSON. Needs only PyTorch."""

import json
import sys
import time
from collections.abc import Callable

import torch

torch.set_default_dtype(torch.float64)
RULES: dict[str, Callable] = {
    "gradient_descent": lambda weights, learning_rate: torch.optim.SGD(weights, lr=learning_rate),
    "momentum": lambda weights, learning_rate, momentum: torch.optim.SGD(weights, lr=learning_rate, momentum=momentum),
    "rmsprop": lambda weights, learning_rate, decay, eps: torch.optim.RMSprop(
        weights, lr=learning_rate, alpha=decay, eps=eps
    ),
    "adam": lambda weights, learning_rate, b1, b2, eps: torch.optim.Adam(
        weights, lr=learning_rate, betas=(b1, b2), eps=eps
    ),
}


def network(hidden: list[int], weights: list[float]) -> torch.nn.Sequential:
    """Two inputs, tanh in the hidden layers, one output, with these weights."""
    layers: list[torch.nn.Module] = []
    for inputs, units in zip([2, *hidden], [*hidden, 1], strict=True):
        layers += [torch.nn.Linear(inputs, units), torch.nn.Tanh()]
    model = torch.nn.Sequential(*layers[:-1])
    torch.nn.utils.vector_to_parameters(torch.tensor(weights), model.parameters())
    return model


def train(order: dict) -> list[float]:
    """Trains every run from the same weights; returns the losses before the last step. Nothing else is recorded."""
    inputs, targets = torch.tensor(order["inputs"]), (torch.tensor(order["targets"]) + 1) / 2
    loss_of, ends = torch.nn.BCEWithLogitsLoss(), []
    for run in order["runs"]:
        model = network(order["hidden"], order["weights"])
        optimizer = RULES[run["optimizer"]](model.parameters(), **run["hyperparameters"])
        for _ in range(order["steps"]):
            optimizer.zero_grad()
            loss = loss_of(model(inputs)[:, 0], targets)
            loss.backward()
            optimizer.step()
        ends.append(loss.item())
    return ends


def main() -> None:
    """One short training to warm up, then `repeats` timed ones."""
    order = json.load(sys.stdin)
    torch.set_num_threads(order["threads"])
    train({**order, "steps": 20})
    times, ends = [], []
    for _ in range(order["repeats"]):
        begun = time.perf_counter()
        ends = train(order)
        times.append(time.perf_counter() - begun)
    json.dump({"times": times, "ends": ends, "version": torch.__version__}, sys.stdout)


if __name__ == "__main__":
    main()
