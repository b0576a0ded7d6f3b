"""Rules that neither optax nor PyTorch has, written again from their papers in NumPy, on surfaces derived by hand."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq


class Surface(NamedTuple):
    gradient: Callable
    hessian: Callable


def rosenbrock_gradient(x, y):
    return np.array([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)])


def rosenbrock_hessian(x, y):
    return np.array([[2 - 400 * y + 1200 * x**2, -400 * x], [-400 * x, 200.0]])


def himmelblau_gradient(x, y):
    first, second = x**2 + y - 11, x + y**2 - 7
    return np.array([4 * x * first + 2 * second, 2 * first + 4 * y * second])


def himmelblau_hessian(x, y):
    return np.array([[12 * x**2 + 4 * y - 42, 4 * x + 4 * y], [4 * x + 4 * y, 12 * y**2 + 4 * x - 26]])


SURFACES_BY_HAND = {
    "rosenbrock": Surface(rosenbrock_gradient, rosenbrock_hessian),
    "himmelblau": Surface(himmelblau_gradient, himmelblau_hessian),
}


def walk(step, start, steps):
    """All positions of `step(index, position)` → the next position."""
    positions = [np.array(start, np.float64)]
    for index in range(1, steps + 1):
        positions.append(step(index, positions[-1]))
    return np.array(positions)


def qhm(surface, start, steps, learning_rate, momentum, nu):
    """Ma and Yarats 2019: the average written out as the sum over all past gradients that it is."""
    past = []

    def step(index, position):
        past.append(surface.gradient(*position))
        weights = (1 - momentum) * momentum ** np.arange(index)[::-1]
        return position - learning_rate * ((1 - nu) * past[-1] + nu * weights @ np.array(past))

    return walk(step, start, steps)


def qhadam(surface, start, steps, learning_rate, b1, b2, nu1, nu2, eps):
    """Ma and Yarats 2019, section 4: both moments as normalised sums over all past gradients."""
    past = []

    def average(values, decay):
        weights = decay ** np.arange(len(values))[::-1]
        return weights @ values / weights.sum()

    def step(index, position):
        past.append(surface.gradient(*position))
        history = np.array(past)
        direction = (1 - nu1) * history[-1] + nu1 * average(history, b1)
        square = (1 - nu2) * history[-1] ** 2 + nu2 * average(history**2, b2)
        return position - learning_rate * direction / (np.sqrt(square) + eps)

    return walk(step, start, steps)


def adam_uncorrected(surface, start, steps, learning_rate, b1, b2, eps):
    """Both moments as the sums over all past gradients that they are, with nothing divided out of their weights."""
    past = []

    def step(index, position):
        past.append(surface.gradient(*position))
        history, age = np.array(past), np.arange(index)[::-1]
        direction = (1 - b1) * b1**age @ history
        square = (1 - b2) * b2**age @ history**2
        return position - learning_rate * direction / (np.sqrt(square) + eps)

    return walk(step, start, steps)


def newton(surface, start, steps, learning_rate, damping):
    """The step in the directions of the Hessian's eigenvectors, each by its own damped curvature."""

    def step(index, position):
        curvatures, directions = np.linalg.eigh(surface.hessian(*position))
        slopes = directions.T @ surface.gradient(*position)
        return position - learning_rate * directions @ (slopes / (curvatures + damping))

    return walk(step, start, steps)


def conjugate_gradient(surface, start, steps, learning_rate):
    """Shewchuk 1994, appendix B5, with one Newton step along the line, its sign that of descent."""
    last: dict[str, np.ndarray] = {}

    def step(index, position):
        residual = -surface.gradient(*position)
        direction = residual
        if last and last["residual"] @ last["residual"] > 0:
            ratio = residual @ (residual - last["residual"]) / (last["residual"] @ last["residual"])
            if ratio > 0 and residual @ (residual + ratio * last["direction"]) > 0:
                direction = residual + ratio * last["direction"]
        last.update(residual=residual, direction=direction)
        curvature = abs(direction @ surface.hessian(*position) @ direction)
        return position + learning_rate * (residual @ direction) / (curvature or 1.0) * direction

    return walk(step, start, steps)


def nesterov_growing(surface, start, steps, learning_rate, friction):
    """As a velocity: Sutskever et al. 2013 with momentum (k - 1)/(k - 1 + r), the gradient taken where it leads."""
    x, velocity = np.array(start), np.zeros(2)
    ahead = [x]
    for k in range(1, steps + 1):
        velocity = (k - 2) / (k - 2 + friction) * velocity if k > 1 else velocity
        velocity = velocity - learning_rate * surface.gradient(*(x + velocity))
        x = x + velocity
        ahead.append(x + (k - 1) / (k - 1 + friction) * velocity)
    return np.array(ahead)


def exact_line_search(surface, start, steps, learning_rate):
    """Along each slope to the first place where the loss no longer falls, which Brent's method finds."""

    def step(index, position):
        downhill = -surface.gradient(*position)

        def slope(size):
            return surface.gradient(*(position + size * downhill)) @ downhill

        sizes = np.geomspace(1e-9, 1.0, 400) * learning_rate
        rises = [size for size in sizes if slope(size) >= 0]
        return position + (brentq(slope, 0.0, rises[0], xtol=1e-300) if rises else learning_rate) * downhill

    return walk(step, start, steps)


REFERENCES: dict[str, Callable] = {
    "qhm": qhm,
    "qhadam": qhadam,
    "adam_uncorrected": adam_uncorrected,
    "newton": newton,
    "conjugate_gradient": conjugate_gradient,
    "nesterov_growing": nesterov_growing,
    "exact_line_search": exact_line_search,
}
