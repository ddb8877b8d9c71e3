"""A share and how sure it is: the score interval of Wilson (1927), which stays inside 0 and 1 and works for small n."""

from __future__ import annotations

from functools import lru_cache

from dsar.study.result import Share

LEVEL = 0.95


def share(k: int | None, n: int | None) -> Share:
    """`k` of `n` with its interval; without one where `k` or `n` is not shown, or `n` is nothing."""
    if k is None or n is None or n == 0:
        return Share(k=k if n else None, n=n)
    low, high = wilson(k, n)
    return Share(k=k, n=n, low=low, high=high)


@lru_cache(maxsize=4096)
def wilson(k: int, n: int) -> tuple[float, float]:
    """The bounds at 95 per cent for `k` of `n`, n > 0."""
    from scipy.stats import binomtest  # noqa: PLC0415 - heavy, loaded on use

    found = binomtest(k, n).proportion_ci(confidence_level=LEVEL, method="wilson")
    return float(found.low), float(found.high)
