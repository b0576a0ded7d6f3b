"""The words of the course, one declaration each: a sentence, a formula or a picture, and the lesson that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class Term:
    """One word.

    Args:
      slug: in addresses of the page, such as the anchor of its definition.
      word: as it stands in a list.
      forms: how it appears in texts, whatever the case of its first letter; longer forms first.
      sentence: what it means, in Markdown.
      formula: LaTeX, or none.
      picture: the slug of a landscape whose picture shows it, or none.
      lesson: the slug of the lesson that shows it.
    """

    slug: str
    word: str
    forms: tuple[str, ...]
    sentence: str
    formula: str = ""
    picture: str = ""
    lesson: str


TERMS = (
    Term(
        slug="gradient",
        word="gradient",
        forms=("gradients", "gradient"),
        sentence="The slope in every direction at once. It points where the loss rises fastest.",
        formula=r"g = \nabla f(\theta)",
        lesson="zigzag",
    ),
    Term(
        slug="arrives",
        word="arrives",
        forms=("arrives", "arrived", "arrive"),
        sentence="A run arrives when its loss has fallen to 1 % of its height above the minimum, for good.",
        formula=r"f(\theta_t) - f^* \le 0.01\,\left(f(\theta_0) - f^*\right)",
        lesson="small_rate",
    ),
    Term(
        slug="curvature",
        word="curvature",
        forms=("curvature", "curved"),
        sentence="How fast the slope changes along a direction; λ is the largest over all directions.",
        formula=r"\lambda_{\max}\left(\nabla^2 f\right)",
        lesson="stability_limit",
    ),
    Term(
        slug="noise",
        word="noise",
        forms=("noise", "noisy"),
        sentence="A random error in the gradient, for instance because it is computed on a small batch.",
        formula=r"g_t = \nabla f(\theta_t) + \varepsilon_t",
        lesson="noise_and_decay",
    ),
    Term(
        slug="learning_rate",
        word="learning rate",
        forms=("learning rates", "learning rate"),
        sentence="The factor η by which the slope is multiplied to make a step.",
        formula=r"\theta_{t+1} = \theta_t - \eta\, g_t",
        lesson="small_rate",
    ),
    Term(
        slug="schedule",
        word="schedule",
        forms=("schedules", "schedule"),
        sentence="A plan of how the learning rate changes over a run: constant, falling, rising first.",
        formula=r"\eta_t = \eta \cdot s(t)",
        lesson="four_decays",
    ),
    Term(
        slug="momentum",
        word="momentum",
        forms=("momentum",),
        sentence="A velocity that adds up past gradients: what agrees is amplified, what alternates cancels.",
        formula=r"m_t = \beta\, m_{t-1} + g_t",
        lesson="momentum_ravine",
    ),
    Term(
        slug="first_moment",
        word="first moment",
        forms=("first moments", "first moment"),
        sentence="A running average of the gradients: the direction of a step of Adam.",
        formula=r"m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, g_t",
        lesson="two_conventions",
    ),
    Term(
        slug="second_moment",
        word="second moment",
        forms=("second moments", "second moment"),
        sentence="A running average of the squared gradients, whose root scales the steps of RMSprop and Adam.",
        formula=r"v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2",
        lesson="adam",
    ),
    Term(
        slug="bias_correction",
        word="bias correction",
        forms=("bias corrections", "bias correction", "bias-corrected"),
        sentence="Averages that start at 0 are too small at first; dividing by 1 − βᵗ puts that right.",
        formula=r"\hat m_t = \frac{m_t}{1 - \beta_1^t}",
        lesson="bias_correction",
    ),
    Term(
        slug="ravine",
        word="ravine",
        forms=("ravines", "ravine"),
        sentence="A valley that is much steeper across than along.",
        picture="quadratic",
        lesson="zigzag",
    ),
    Term(
        slug="saddle",
        word="saddle",
        forms=("saddle points", "saddle point", "saddles", "saddle"),
        sentence="A point without a slope that is a minimum in one direction and a maximum in another.",
        picture="saddle",
        lesson="saddle_escape",
    ),
    Term(
        slug="plateau",
        word="plateau",
        forms=("plateaus", "plateau"),
        sentence="A region that is almost flat, where the gradient nearly vanishes.",
        picture="plateau",
        lesson="plateau",
    ),
    Term(
        slug="basin",
        word="basin",
        forms=("basins", "basin"),
        sentence="All starts from which a rule ends in the same minimum.",
        picture="himmelblau",
        lesson="local_minima",
    ),
    Term(
        slug="batch",
        word="batch",
        forms=("mini-batches", "mini-batch", "full batch", "batches", "batch"),
        sentence="The examples that a gradient is averaged over: one, a few (a mini-batch), or all (a full batch).",
        formula=r"g_t = \frac{1}{|B|} \sum_{i \in B} \nabla \ell_i(\theta_t)",
        lesson="mini_batches",
    ),
    Term(
        slug="epoch",
        word="epoch",
        forms=("epochs", "epoch"),
        sentence="As many steps as it takes to use every example once.",
        formula=r"\frac{n}{|B|} \text{ steps}",
        lesson="mini_batches",
    ),
    Term(
        slug="clipping",
        word="clipping",
        forms=("clipping", "clipped", "clips"),
        sentence="Shortening a gradient that is longer than a limit c, without turning it.",
        formula=r"g \leftarrow g \cdot \min\left(1, \frac{c}{\lVert g \rVert}\right)",
        lesson="clipping",
    ),
    Term(
        slug="weight_decay",
        word="weight decay",
        forms=("weight decay",),
        sentence="Pulling every weight a little towards 0 at each step.",
        formula=r"\theta \leftarrow \theta - \eta \lambda\, \theta",
        lesson="weight_decay",
    ),
    Term(
        slug="condition_number",
        word="condition number",
        forms=("condition numbers", "condition number"),
        sentence="The largest curvature over the smallest: how narrow a ravine is.",
        formula=r"\kappa = \frac{\lambda_{\max}}{\lambda_{\min}}",
        lesson="zigzag",
    ),
    Term(
        slug="generalization",
        word="generalization",
        forms=("generalization", "generalizes", "generalize"),
        sentence="Doing well on examples that were not used in training.",
        formula=r"L_{\text{held out}} \approx L_{\text{training}}",
        lesson="held_out",
    ),
    Term(
        slug="sharpness",
        word="sharpness",
        forms=("sharpness",),
        sentence="The largest curvature at a point. A sharp minimum rises steeply around its lowest point.",
        picture="sharp_and_flat",
        lesson="sharp_minima",
    ),
)
GLOSSARY: Mapping[str, Term] = MappingProxyType({term.slug: term for term in TERMS})
