"""Paths made small: what changes little from step to step is written as changes, which gzip makes half of."""

import base64
from typing import Any

import numpy as np
from jaxtyping import Float

from player.payload import single


def pack(values: Float[np.ndarray, "paths points *parts"]) -> dict[str, Any]:
    """Numbers in single precision: of their bits the change from point to point, of these all lowest bytes first.

    `unpack` in web/packing.js is its inverse.
    """
    bits = np.ascontiguousarray(np.moveaxis(single(values), 1, -1)).view("<u4")
    changes = np.diff(bits, axis=-1, prepend=np.zeros_like(bits[..., :1]))
    planes = np.ascontiguousarray(changes).view(np.uint8).reshape(-1, 4).T
    return {"packed": base64.b64encode(planes.tobytes()).decode("ascii"), "shape": list(values.shape)}
