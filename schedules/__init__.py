"""The learning-rate schedules, one file each. `SCHEDULES` maps slugs to declarations."""

from collections.abc import Mapping
from typing import cast

import numerics  # noqa: F401 - sets JAX up
from catalogue import discover
from schedules._schedule import Schedule

SCHEDULES = cast(Mapping[str, Schedule], discover(__name__))

__all__ = ["SCHEDULES", "Schedule"]
