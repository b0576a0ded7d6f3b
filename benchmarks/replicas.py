"""A lecture hall at two replicas behind nginx: what `load` measures, for more sessions than one process holds."""

import asyncio

from benchmarks.load import HEADER, a_class, measured, row
from benchmarks.report import print_table
from benchmarks.servers import free_ports
from deploy import class_server

CLASSES = (60, 120, 200)


def replicas() -> None:
    """Prints the table."""
    rows = []
    port, *others = free_ports(3)
    with class_server(port, (others[0], others[1])) as server:
        asyncio.run(a_class(server.address, 4, lesson=1.0))  # what is compiled once is no one's waiting time
        for sessions in CLASSES:
            rows.append(row(str(sessions), *measured(a_class(server.address, sessions), *server.replicas)))
    notes = [
        "As the load of one process; processor and memory of each replica. nginx and the driver are on the same machine.",
        "Goal at p95: data ≤ 500 at 200 sessions; nothing late or wrong.",
    ]
    print_table("replicas: a lecture hall at two replicas behind nginx", HEADER, rows, notes)
