"""Reduce on plateau: the only schedule that watches the loss."""

import numpy as np

from catalogue import Parameter
from schedules._schedule import Schedule


def multiplier(step, steps, factor, patience):
    """1 at every step: the engine lowers the rate while it runs, see `experiments.simulation`."""
    return np.ones_like(np.asarray(step, float))


reduce_on_plateau = Schedule(
    slug="reduce_on_plateau",
    label="Reduce on plateau",
    multiplier=multiplier,
    parameters={
        "factor": Parameter(
            default=0.5,
            low=0.01,
            high=0.99,
            symbol=r"\gamma",
            help="What the rate is multiplied by when the loss stalls.",
        ),
        "patience": Parameter(
            default=10.0,
            low=1.0,
            high=200.0,
            symbol="p",
            log=True,
            help="How many steps may pass without a lower loss before the rate falls.",
        ),
    },
    formula=(
        r"\eta_{t+1} = \begin{cases} \gamma\, \eta_t & \text{no lower loss for more than } p \text{ steps} \\"
        r" \eta_t & \text{otherwise} \end{cases}"
    ),
    reference="PyTorch, torch.optim.lr_scheduler.ReduceLROnPlateau; an old hand rule of training neural networks",
    teaches="The rate is lowered only when it has to be: once the loss jumps back and forth instead of falling.",
    twin=None,
    reacts=True,
)
