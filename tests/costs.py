"""Bounds on what something costs, in processor seconds of the test's own thread: what else runs says nothing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

# A machine may be so many times slower than the one a bound was written on. What the bounds guard against,
# time that grows with the square of the input, is worse by far more.
SLOW = 4


@contextmanager
def costs_at_most(seconds: float) -> Iterator[None]:
    began = time.thread_time()
    yield
    assert time.thread_time() - began < SLOW * seconds
