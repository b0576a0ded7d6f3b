"""Records how PyTorch trains a small network, in double precision: writes network.json next to itself.

Not a test, and PyTorch is no dependency of the project. Recorded with PyTorch 2.13 on a CPU by
`python tests/recorded/record_network.py`. Examples and first weights are drawn here, so that nothing of ours is in it.
"""

import json
from collections.abc import Callable
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
STEPS = 200
KEPT = (0, 1, 2, 3, 10, 50, 100, 200)
CALLS: dict[str, Callable] = {
    "gradient_descent": lambda weights, learning_rate: torch.optim.SGD(weights, lr=learning_rate),
    "momentum": lambda weights, learning_rate, momentum: torch.optim.SGD(weights, lr=learning_rate, momentum=momentum),
    "rmsprop": lambda weights, learning_rate, decay, eps: torch.optim.RMSprop(
        weights, lr=learning_rate, alpha=decay, eps=eps
    ),
    "adam": lambda weights, learning_rate, b1, b2, eps: torch.optim.Adam(
        weights, lr=learning_rate, betas=(b1, b2), eps=eps
    ),
}
RUNS = {
    "gradient_descent": {"learning_rate": 0.3},
    "momentum": {"learning_rate": 0.05, "momentum": 0.85},
    "rmsprop": {"learning_rate": 0.005, "decay": 0.95, "eps": 1e-3},
    "adam": {"learning_rate": 0.02, "b1": 0.85, "b2": 0.99, "eps": 1e-4},
}
ACTIVATIONS = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU, "sigmoid": torch.nn.Sigmoid, "gelu": torch.nn.GELU}
# Every activation and both losses with Adam; every rule with tanh and cross entropy.
CASES = [(rule, "tanh", "cross_entropy") for rule in RUNS] + [
    ("adam", "relu", "cross_entropy"),
    ("adam", "sigmoid", "squared"),
    ("adam", "gelu", "squared"),
]
L2 = 0.01


def network(activation):
    """Two inputs, hidden layers of four and three units, one output; the same first weights every time."""
    torch.manual_seed(3)
    layers = torch.nn.Sequential(
        *(torch.nn.Linear(2, 4), ACTIVATIONS[activation](), torch.nn.Linear(4, 3), ACTIVATIONS[activation]()),
        torch.nn.Linear(3, 1),
    )
    return layers


def loss_of(model, kind, inputs, targets):
    """Of classes −1 and +1, with half of L2 times the squared weights, biases left out."""
    outputs = model(inputs)[:, 0]
    penalty = sum((weights**2).sum() for weights in model.parameters() if weights.ndim == 2)
    data = torch.nn.functional.softplus(-targets * outputs) if kind == "cross_entropy" else (outputs - targets) ** 2 / 2
    return data.mean() + L2 / 2 * penalty


def record(rule, activation, kind, inputs, targets):
    """The weights before the first step and after each, and the losses there, at the steps in KEPT."""
    model = network(activation)
    optimizer = CALLS[rule](model.parameters(), **RUNS[rule])
    weights, losses = [], []
    for step in range(STEPS + 1):
        optimizer.zero_grad()
        loss = loss_of(model, kind, inputs, targets)
        loss.backward()
        if step in KEPT:
            weights.append(torch.nn.utils.parameters_to_vector(model.parameters()).tolist())
            losses.append(loss.item())
        optimizer.step()
    return {"weights": weights, "losses": losses}


def main():
    torch.manual_seed(1)
    inputs = torch.randn(30, 2)
    targets = torch.sign(inputs[:, 0] * inputs[:, 1] + 0.3 * torch.randn(30))
    cases = [
        {
            "optimizer": rule,
            "hyperparameters": RUNS[rule],
            "activation": activation,
            "loss": kind,
            **record(rule, activation, kind, inputs, targets),
        }
        for rule, activation, kind in CASES
    ]
    shared = {
        "version": torch.__version__,
        "steps": list(KEPT),
        "l2": L2,
        "inputs": inputs.tolist(),
        "targets": targets.tolist(),
    }
    lines = ",\n".join(f"  {json.dumps(case)}" for case in cases)
    text = f'{json.dumps(shared)[:-1]}, "cases": [\n{lines}\n]}}\n'
    Path(__file__).with_name("network.json").write_text(text)


if __name__ == "__main__":
    main()
