"""What networks learn, one file each. `DATA_SETS` maps slugs to declarations."""

from collections.abc import Mapping
from typing import cast

from catalogue import discover
from networks.data._data_set import TASKS, DataSet

DATA_SETS = cast(Mapping[str, DataSet], discover(__name__))

__all__ = ["DATA_SETS", "TASKS", "DataSet"]
