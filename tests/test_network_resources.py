"""The largest that the page of networks allows, in a process of its own."""

import json
import subprocess
import sys

from networks.experiment import MOST_LAYERS, MOST_POINTS, MOST_RUNS, MOST_STEPS, MOST_UNITS
from tests.node import ROOT

GIBIBYTE = 2**30
ALLOWED = (
    20.0  # seconds of two processors, which is ten on a machine that does nothing else; what is compiled once apart
)
LARGEST = f"""
import json, re, time
from dataclasses import replace
from pathlib import Path
from experiments import Run
from networks import NetworkExperiment
from player import plane_document, recent_boundaries, recent_network_payload

runs = tuple(Run("adam", {{"learning_rate": 0.001 * 2**run}}) for run in range({MOST_RUNS}))
size = {{"hidden": ({MOST_UNITS},) * {MOST_LAYERS}, "points": {MOST_POINTS}, "held_out": 0.1, "steps": {MOST_STEPS}}}
largest = NetworkExperiment("spirals", runs=runs, **size)
recent_network_payload(replace(largest, steps=1), "pca", "training", "log")
compiled = time.process_time()
recent_network_payload(largest, "pca", "training", "log")
plane_document(largest, "pca", "training", "log", "light")
recent_boundaries(largest)
# What getrusage tells has begun with the size of the process that started this one.
largest_size = 1024 * int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
print(json.dumps([largest_size, time.process_time() - compiled]))
"""


def test_the_largest_networks_fit_into_memory_and_into_ten_seconds():
    done = subprocess.run([sys.executable, "-c", LARGEST], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    memory, seconds = json.loads(done.stdout)
    assert memory < GIBIBYTE
    assert seconds < ALLOWED
