"""What all tests share: shapes checked at the rooms' borders, and JAX set up as in the app, but stricter."""

import jax
from jaxtyping import install_import_hook

CHECKED = ("batches", "simulation", "surface", "critical_points", "telling_rate", "verdicts")
install_import_hook(
    [f"experiments.{name}" for name in CHECKED] + ["ui.figures", "ui.player.payload"], "beartype.beartype"
)

import experiments  # noqa: E402

assert experiments
jax.config.update("jax_numpy_rank_promotion", "raise")
