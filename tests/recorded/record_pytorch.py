"""Records what PyTorch's optimizers do, in double precision, as an oracle for ours: writes pytorch.json next to itself.

Not a test, and PyTorch is no dependency of the project. Recorded with PyTorch 2.13 on a CPU by
`python tests/recorded/record_pytorch.py`. Hyperparameters bear this project's names; `CALLS` says how PyTorch calls them.
"""

import json
from collections.abc import Callable
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)  # else NAdam's product of momenta is of single precision
STEPS = 200
KEPT = (0, 1, 2, 3, 5, 10, 20, 50, 100, 150, 200)
SURFACES = {
    "rosenbrock": (lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2, (-0.4, 2.3)),
    "himmelblau": (lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2, (-0.7, -1.1)),
}
CALLS: dict[str, Callable] = {
    "gradient_descent": lambda points, learning_rate: torch.optim.SGD(points, lr=learning_rate),
    "momentum": lambda points, learning_rate, momentum: torch.optim.SGD(points, lr=learning_rate, momentum=momentum),
    "nesterov": lambda points, learning_rate, momentum: torch.optim.SGD(
        points, lr=learning_rate, momentum=momentum, nesterov=True
    ),
    "adagrad": lambda points, learning_rate, eps: torch.optim.Adagrad(points, lr=learning_rate, eps=eps),
    "rmsprop": lambda points, learning_rate, decay, eps: torch.optim.RMSprop(
        points, lr=learning_rate, alpha=decay, eps=eps
    ),
    "adadelta": lambda points, learning_rate, rho, eps: torch.optim.Adadelta(
        points, lr=learning_rate, rho=rho, eps=eps
    ),
    "adam": lambda points, learning_rate, b1, b2, eps: torch.optim.Adam(
        points, lr=learning_rate, betas=(b1, b2), eps=eps
    ),
    "adamax": lambda points, learning_rate, b1, b2, eps: torch.optim.Adamax(
        points, lr=learning_rate, betas=(b1, b2), eps=eps
    ),
    "radam": lambda points, learning_rate, b1, b2, eps: torch.optim.RAdam(
        points, lr=learning_rate, betas=(b1, b2), eps=eps
    ),
    "centered_rmsprop": lambda points, learning_rate, decay, eps: torch.optim.RMSprop(
        points, lr=learning_rate, alpha=decay, eps=eps, centered=True
    ),
    "rprop": lambda points, learning_rate, shrink, grow, shortest, longest: torch.optim.Rprop(
        points, lr=learning_rate, etas=(shrink, grow), step_sizes=(shortest, longest)
    ),
    "adam_l2": lambda points, learning_rate, b1, b2, eps, weight_decay: torch.optim.Adam(
        points, lr=learning_rate, betas=(b1, b2), eps=eps, weight_decay=weight_decay
    ),
    "amsgrad": lambda points, learning_rate, b1, b2, eps, maximum: torch.optim.Adam(
        points, lr=learning_rate, betas=(b1, b2), eps=eps, amsgrad=True
    ),
    "nadam": lambda points, learning_rate, b1, b2, eps, growth: torch.optim.NAdam(
        points, lr=learning_rate, betas=(b1, b2), eps=eps
    ),
    "adamw": lambda points, learning_rate, b1, b2, eps, weight_decay: torch.optim.AdamW(
        points, lr=learning_rate, betas=(b1, b2), eps=eps, weight_decay=weight_decay
    ),
}
# Large ones of ε show on which side of the root it stands. RAdam's is tiny: PyTorch adds it before the bias correction, the
# paper and this project after it. Centered RMSprop has small rates: near the minimum it leaps, and rounding with it.
CASES = {
    "gradient_descent": ("gradient_descent", {"learning_rate": 0.00037}),
    "momentum": ("momentum", {"learning_rate": 0.00023, "momentum": 0.83}),
    "nesterov": ("nesterov", {"learning_rate": 0.00019, "momentum": 0.87}),
    "adagrad": ("adagrad", {"learning_rate": 0.23, "eps": 3e-7}),
    "adagrad-large-eps": ("adagrad", {"learning_rate": 0.31, "eps": 7.3}),
    "rmsprop": ("rmsprop", {"learning_rate": 0.0023, "decay": 0.93, "eps": 2e-6}),
    "rmsprop-large-eps": ("rmsprop", {"learning_rate": 0.0057, "decay": 0.81, "eps": 1.9}),
    "adadelta": ("adadelta", {"learning_rate": 0.77, "rho": 0.94, "eps": 3e-5}),
    "adam": ("adam", {"learning_rate": 0.021, "b1": 0.84, "b2": 0.987, "eps": 3e-3}),
    "adamax": ("adamax", {"learning_rate": 0.019, "b1": 0.86, "b2": 0.983, "eps": 2e-3}),
    "radam": ("radam", {"learning_rate": 0.0003, "b1": 0.87, "b2": 0.98, "eps": 3e-13}),
    "centered_rmsprop": ("centered_rmsprop", {"learning_rate": 0.0019, "decay": 0.91, "eps": 0.13}),
    "centered_rmsprop-large-eps": ("centered_rmsprop", {"learning_rate": 0.0023, "decay": 0.83, "eps": 2.3}),
    "rprop": (
        "rprop",
        {"learning_rate": 0.013, "shrink": 0.43, "grow": 1.31, "shortest": 3e-7, "longest": 0.29},
    ),
    "rprop-narrow": (
        "rprop",
        {"learning_rate": 0.013, "shrink": 0.61, "grow": 1.13, "shortest": 2e-3, "longest": 0.021},
    ),
    "adam_l2": ("adam_l2", {"learning_rate": 0.019, "b1": 0.86, "b2": 0.989, "eps": 4e-4, "weight_decay": 0.31}),
    "amsgrad": ("amsgrad", {"learning_rate": 0.023, "b1": 0.87, "b2": 0.93, "eps": 3e-4, "maximum": 1.0}),
    "nadam": ("nadam", {"learning_rate": 0.011, "b1": 0.85, "b2": 0.985, "eps": 2e-3, "growth": 1.0}),
    "adamw": ("adamw", {"learning_rate": 0.017, "b1": 0.88, "b2": 0.991, "eps": 5e-4, "weight_decay": 0.23}),
}


def record(optimizer, hyperparameters, surface):
    """The position before the first step and after each, at the steps in KEPT."""
    loss, start = SURFACES[surface]
    point = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    rule = CALLS[optimizer]([point], **hyperparameters)
    positions = [point.tolist()]
    for _ in range(STEPS):
        rule.zero_grad()
        loss(*point).backward()
        rule.step()
        positions.append(point.tolist())
    return [positions[step] for step in KEPT]


def main():
    cases = {
        f"{name}-{surface}": {
            "optimizer": optimizer,
            "hyperparameters": hyperparameters,
            "landscape": surface,
            "positions": record(optimizer, hyperparameters, surface),
        }
        for name, (optimizer, hyperparameters) in CASES.items()
        for surface in SURFACES
    }
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(case)}" for name, case in cases.items())
    text = f'{{"version": "{torch.__version__}", "steps": {list(KEPT)}, "cases": {{\n{lines}\n}}}}\n'
    Path(__file__).with_name("pytorch.json").write_text(text)


if __name__ == "__main__":
    main()
