"""What a reader may miss here, and why it is not one more rule."""

from collections.abc import Mapping
from types import MappingProxyType

LEFT_OUT: Mapping[str, str] = MappingProxyType(
    {
        "AdaMaxW": "AdaMax with AdamW's decay; without decay it is AdaMax.",
        "COCOB": "It bets instead of stepping and has no learning rate: that slider and every schedule would do nothing.",
        "Differentially private SGD": "It clips and blurs each example's gradient to hide it, which is no way to descend.",
        "DoWG": "DoG with squared gradients weighted by the distance: the same idea, at a rate that grows faster.",
        "GaLore": "It stores a matrix's gradient at a lower rank; two parameters are no matrix, and the rest is Adam.",
        "Lookahead": "A wrapper round any rule, which pulls its path back to a slow copy every few steps.",
        "Mechanic": "A wrapper that tunes the rate of any rule, as Prodigy and DoG do here for one rule each.",
        "MoMo-Adam": "MoMo's step along Adam's direction: both are here by themselves.",
        "Muon": "It makes a matrix of momentum orthogonal; for two parameters that are no matrix it is NAdam.",
        "NAdamW": "NAdam with AdamW's decay; without decay it is NAdam.",
        "Nelder–Mead": (
            "It has no gradient and no position: it moves a triangle by comparing losses, tries up to four points in one "
            "step, and neither a learning rate nor noise in the gradient means anything to it."
        ),
        "Noisy SGD": "Gradient descent with noise that fades; noise is a control here, and the same for every rule.",
        "Optimistic Adam": "Optimistic gradient descent with NAdam's step for the gradient: both are here by themselves.",
        "Shampoo, SOAP, K-FAC": (
            "They factor the statistics of a matrix of weights, and two parameters are no matrix; Adagrad with its full "
            "matrix, which is what would be left of Shampoo, is not in optax."
        ),
        "Signum": "The sign of averaged gradients: Lion without decay, with its two memories equally long.",
        "Simplified AdEMAMix": "One average and the newest gradient on Adam's scale: QHAdam, uncorrected at the start.",
        "SM3": "It shares Adagrad's sums among rows and columns; two parameters share nothing, and Adagrad's is left.",
    }
)
