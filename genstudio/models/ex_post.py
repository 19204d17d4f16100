"""A prior for autoencoders: a Gaussian fitted to the codes of the training pieces (ex-post density estimation, Ghosh et al. 2020).

An autoencoder is trained without a prior, so nothing says how codes to sample from are distributed; draws from N(0, I) would lie
where no code of a piece lies. The Gaussian is fitted after the training and stored with the weights.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from genstudio.errors import ModelError

__all__ = ["CodeGaussian"]

_FULL = 512  # dimensions of the largest code with a full covariance; that of larger codes is diagonal
_RIDGE = 1e-4  # added to the variances, in mean variances


class CodeGaussian(nn.Module):
    """N(mean, covariance) of codes, as a linear map from N(0, I).

    Args:
        dims: size of z.

    Attributes:
        mean: [dims].
        factor: lower triangular [dims, dims], where ``factor @ factor.T`` is the covariance; for a diagonal covariance of large
            codes [dims], the standard deviations. Zero before :meth:`fit`.
    """

    mean: Tensor
    factor: Tensor

    def __init__(self, dims: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(dims))
        self.register_buffer("factor", torch.zeros(dims, dims) if dims <= _FULL else torch.zeros(dims))

    @torch.no_grad()
    def fit(self, codes: NDArray[np.float32]) -> None:
        """Estimate the moments of ``codes`` [pieces, dims]; with no more pieces than dimensions the covariance is diagonal."""
        values = np.asarray(codes, np.float64)
        moved = values - values.mean(0)
        variance = moved.var(0)
        ridge = _RIDGE * max(1e-6, float(variance.mean()))
        self.mean.copy_(torch.from_numpy(values.mean(0)))
        roots = np.sqrt(variance + ridge)
        if self.factor.dim() == 1:
            self.factor.copy_(torch.from_numpy(roots))
        elif len(values) <= values.shape[1]:
            self.factor.copy_(torch.from_numpy(np.diag(roots)))
        else:
            covariance = moved.T @ moved / len(values) + ridge * np.eye(values.shape[1])
            self.factor.copy_(torch.from_numpy(np.linalg.cholesky(covariance)))

    def codes(self, u: Tensor) -> Tensor:
        """Map standard normal ``u`` [n, dims] to codes [n, dims].

        Raises:
            ModelError: the Gaussian is not fitted yet.
        """
        self._check_fitted()
        return self.mean + (u * self.factor if self.factor.dim() == 1 else u @ self.factor.T)

    def standard(self, z: Tensor) -> Tensor:
        """Map codes [n, dims] to standard normal coordinates [n, dims]: the inverse of :meth:`codes`."""
        self._check_fitted()
        moved = z - self.mean
        if self.factor.dim() == 1:
            return moved / self.factor
        solved: Tensor = torch.linalg.solve_triangular(self.factor, moved.T, upper=False).T
        return solved

    def _check_fitted(self) -> None:
        if not bool(self.factor.any()):
            raise ModelError("this autoencoder knows no distribution of its codes yet; train it for some steps before sampling.")
