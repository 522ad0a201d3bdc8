"""CMA-ES: an evolution strategy that learns which way the ground slopes."""

from __future__ import annotations

import math

import numpy as np

from stellarator.boundary import Array


class EvolutionStrategy:
    """Covariance matrix adaptation, (mu/mu_w, lambda).

    The same seed and the same objectives give the same candidates. Source:
    N. Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv:1604.00772.
    """

    def __init__(self, size: int, population: int, sigma: float, seed: int) -> None:
        """`sigma` is the first step size, in units of the coordinates."""
        if population < 4:
            raise ValueError("the population must have at least 4 candidates")
        self.sigma = sigma
        self.mean: Array = np.zeros(size)
        self._population = population
        self._random = np.random.Generator(np.random.PCG64(seed))
        self._covariance: Array = np.eye(size)
        self._path_sigma: Array = np.zeros(size)
        self._path_c: Array = np.zeros(size)
        self._generation = 0

        parents = population // 2
        raw = math.log(parents + 0.5) - np.log(np.arange(1, parents + 1))
        self._weights: Array = raw / raw.sum()
        mu = 1 / float((self._weights**2).sum())
        n = size
        self._mu = mu
        self._c_sigma = (mu + 2) / (n + mu + 5)
        self._damping = (
            1 + 2 * max(0.0, math.sqrt((mu - 1) / (n + 1)) - 1) + self._c_sigma
        )
        self._c_c = (4 + mu / n) / (n + 4 + 2 * mu / n)
        self._c_1 = 2 / ((n + 1.3) ** 2 + mu)
        self._c_mu = min(1 - self._c_1, 2 * (mu - 2 + 1 / mu) / ((n + 2) ** 2 + mu))
        self._expected_norm = math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n))

    def ask(self) -> Array:
        """The next generation: one candidate a row."""
        root = self._root(0.5)
        noise = self._random.standard_normal((self._population, self.mean.size))
        return np.asarray(self.mean + self.sigma * noise @ root)

    def tell(self, candidates: Array, objectives: Array) -> None:
        """Learns from a generation; infinite objectives rank last.

        With too few finite ones to learn from, only the step size shrinks.
        """
        self._generation += 1
        parents = self._weights.size
        if int(np.isfinite(objectives).sum()) < parents:
            self.sigma *= 0.5
            return
        # Stable: equal objectives keep the order of their candidates.
        best = candidates[np.argsort(objectives, kind="stable")[:parents]]
        steps = (best - self.mean) / self.sigma
        step = self._weights @ steps
        self.mean = self.mean + self.sigma * step

        c, mu = self._c_sigma, self._mu
        self._path_sigma = (1 - c) * self._path_sigma + math.sqrt(c * (2 - c) * mu) * (
            self._root(-0.5) @ step
        )
        norm = float(np.linalg.norm(self._path_sigma))
        decay = math.sqrt(1 - (1 - c) ** (2 * self._generation))
        moving = norm / decay < (1.4 + 2 / (step.size + 1)) * self._expected_norm
        self._path_c = (1 - self._c_c) * self._path_c
        if moving:
            self._path_c += math.sqrt(self._c_c * (2 - self._c_c) * mu) * step
        stalled = 0.0 if moving else self._c_c * (2 - self._c_c)
        self._covariance = (
            (1 - self._c_1 - self._c_mu + self._c_1 * stalled) * self._covariance
            + self._c_1 * np.outer(self._path_c, self._path_c)
            + self._c_mu * (steps.T * self._weights) @ steps
        )
        self.sigma *= math.exp(c / self._damping * (norm / self._expected_norm - 1))

    def _root(self, power: float) -> Array:
        """A power of the covariance matrix."""
        values, vectors = np.linalg.eigh((self._covariance + self._covariance.T) / 2)
        return np.asarray((vectors * np.maximum(values, 1e-14) ** power) @ vectors.T)
