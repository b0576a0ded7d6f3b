"""Whichever room is imported first, JAX computes in double precision and keeps the loop of a run one kernel."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from numerics import with_whole_loops

ROOT = Path(__file__).parents[1]
OURS = "xla_cpu_small_while_loop_byte_threshold=131072"
THEIRS = "--xla_cpu_enable_fast_math=false --xla_backend_extra_options=xla_cpu_optimize_for_size"
FIRST_IMPORT = """
import json, os, {room}
import jax, jax.numpy as jnp
loop = jax.jit(lambda x: jax.lax.fori_loop(0, 5, lambda _, y: 1.1 * y + jnp.sin(y), x))
program = loop.lower(jnp.ones(300)).compile().as_text()
print(json.dumps([str(jnp.ones(1).dtype), "xla_cpu_small_call" in program, os.environ["XLA_FLAGS"]]))
"""


def started(program, flags):
    environment = {name: value for name, value in os.environ.items() if name != "XLA_FLAGS"}
    environment |= {} if flags is None else {"XLA_FLAGS": flags}
    return subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize(
    "room", ["landscapes", "optimizers", "schedules", "surfaces", "experiments", "lessons", "player", "ui.state"]
)
def test_the_first_import_sets_jax_up(room):
    both = [started(FIRST_IMPORT.format(room=room), flags) for flags in (None, THEIRS)]
    without, with_theirs = (json.loads(process.communicate()[0]) for process in both)
    assert without == ["float64", True, f"--xla_backend_extra_options={OURS}"]
    assert with_theirs == ["float64", True, f"{THEIRS},{OURS}"]


def test_without_a_room_jax_is_otherwise():
    """What the test above finds is not there by itself."""
    process = started(FIRST_IMPORT.format(room="sys"), "")
    assert json.loads(process.communicate()[0]) == ["float32", False, ""]


@pytest.mark.parametrize(
    ("theirs", "together"),
    [
        ("", f"--xla_backend_extra_options={OURS}"),
        ("--xla_dump_to=there", f"--xla_dump_to=there --xla_backend_extra_options={OURS}"),
        ("--xla_backend_extra_options=", f"--xla_backend_extra_options={OURS}"),
        ("--xla_backend_extra_options=a=1,b --c=2", f"--xla_backend_extra_options=a=1,b,{OURS} --c=2"),
        ("--xla_backend_extra_options='a=1'", f"--xla_backend_extra_options='a=1,{OURS}'"),
        ('--c --xla_backend_extra_options="a"', f'--c --xla_backend_extra_options="a,{OURS}"'),
    ],
)
def test_flags_of_the_user_are_kept_beside_ours(theirs, together):
    assert with_whole_loops(theirs) == together
    assert with_whole_loops(together) == together


def test_a_threshold_of_the_user_stays():
    theirs = "--xla_backend_extra_options=xla_cpu_small_while_loop_byte_threshold=1,a=1"
    assert with_whole_loops(theirs) == theirs


def test_flags_in_a_file_are_read(tmp_path):
    file = tmp_path / "flags"
    file.write_text("--xla_dump_to=there\n--xla_backend_extra_options=a=1\n")
    assert with_whole_loops(str(file)) == f"--xla_dump_to=there\n--xla_backend_extra_options=a=1,{OURS}\n"
