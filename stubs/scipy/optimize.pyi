from collections.abc import Sequence

class OptimizeResult:
    fun: float

def linprog(
    c: Sequence[float],
    *,
    A_eq: Sequence[Sequence[float]] | None = ...,  # noqa: N803 - scipy's own name
    b_eq: Sequence[float] | None = ...,
) -> OptimizeResult: ...
