from collections.abc import Sequence
from typing import Literal

class ConfidenceInterval:
    low: float
    high: float

class BinomTestResult:
    def proportion_ci(
        self, confidence_level: float = ..., method: Literal["exact", "wilson", "wilsoncc"] = ...
    ) -> ConfidenceInterval: ...

def binomtest(k: int, n: int, p: float = ..., alternative: str = ...) -> BinomTestResult: ...

class CensoredData:
    def __init__(self, uncensored: Sequence[float] | None = ..., *, right: Sequence[float] | None = ...) -> None: ...

class Band:
    low: EmpiricalDistributionFunction
    high: EmpiricalDistributionFunction

class EmpiricalDistributionFunction:
    quantiles: Sequence[float]
    probabilities: Sequence[float]
    def confidence_interval(
        self, confidence_level: float = ..., *, method: Literal["linear", "log-log"] = ...
    ) -> Band: ...

class ECDFResult:
    cdf: EmpiricalDistributionFunction
    sf: EmpiricalDistributionFunction

def ecdf(sample: CensoredData | Sequence[float]) -> ECDFResult: ...
