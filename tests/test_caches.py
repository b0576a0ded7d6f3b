"""What was computed is kept within bounds, and computed once, however many threads ask for it at the same time."""

import gc
import os
import random
import subprocess
import sys
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import jax
import numpy as np
import pytest

from caches import bytes_of, cached
from experiments import Experiment, Run, Trajectory, formula_landscape, simulate, verdicts
from experiments.compiled_run import compiled_run
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from player import payload as payloads
from player import recent
from surfaces import FormulaLandscape, programs, surface
from surfaces.programs import kept_with_landscape
from tests.test_compilation import compilations
from ui.cache_folder import cache_folder, pictures_folder

ASKING = 8
KIB = 2**10
ROOT = Path(__file__).parents[1]


def all_at_once(ask):
    """What ASKING threads get that ask at the same time."""
    together = threading.Barrier(ASKING)

    def one(number):
        together.wait()
        return ask(number)

    with ThreadPoolExecutor(ASKING) as threads:
        return list(threads.map(one, range(ASKING)))


def test_what_many_threads_ask_for_is_computed_once():
    made = []

    @cached(3)
    def compute(name):
        made.append(name)
        time.sleep(0.05)  # long enough for all others to come by
        return [name]

    results = all_at_once(lambda _: compute("a"))
    assert made == ["a"]
    assert all(result is results[0] for result in results)


def test_different_arguments_do_not_wait_for_one_another():
    together = threading.Barrier(ASKING)

    @cached(ASKING)
    def compute(number):
        together.wait(timeout=10)  # passed only if all of them are being computed at the same time
        return number

    assert all_at_once(compute) == list(range(ASKING))


def test_what_raises_is_not_kept_and_leaves_nobody_waiting():
    failed: list[bool] = []

    @cached(3)
    def compute():
        time.sleep(0.02)
        if not failed:
            failed.append(True)
            raise ValueError("not yet")
        return "done"

    def ask(_):
        try:
            return compute()
        except ValueError as error:
            return str(error)

    assert sorted(all_at_once(ask)) == ["done"] * (ASKING - 1) + ["not yet"]


def test_what_was_asked_for_longest_ago_goes_first():
    made = []

    @cached(2)
    def compute(name):
        made.append(name)
        return name

    for name in "abacab":
        compute(name)
    assert "".join(made) == "abcb"


def test_a_cache_with_a_size_holds_that_much_and_no_result_that_is_larger():
    made = []

    @cached(10 * KIB, bytes_of)
    def compute(kibibytes, name):
        made.append(name)
        return np.zeros(kibibytes * KIB, np.uint8)

    for kibibytes, name in ((4, "a"), (4, "b"), (4, "c"), (4, "b"), (4, "a"), (11, "d"), (11, "d"), (4, "a")):
        compute(kibibytes, name)
    assert "".join(made) == "abcadd"
    assert compute.cache_info().currsize == 8 * KIB


def test_bytes_are_those_of_arrays_and_texts_wherever_they_are():
    @dataclass
    class Holder:
        array: np.ndarray
        name: str

    assert bytes_of(np.zeros((3, 5))) == 120
    nested = {"a": [Holder(np.zeros(1000), "x" * 500), (b"y" * 250,)], "b": None}
    assert 8750 <= bytes_of(nested) <= 8850


LARGE = Experiment("rosenbrock", steps=10_000, runs=tuple(Run(slug) for slug in list(OPTIMIZERS)[:8]))


def test_a_trajectory_takes_no_more_than_is_counted():
    """The record of a run is as long as that of the longest, and must not be held by what is shown of it."""
    short = simulate(replace(LARGE, steps=20))
    arrays = [value for value in vars(short).values() if isinstance(value, np.ndarray)]
    arrays += [field for state in short.states for field in state.values()]
    owners = {id(owner): owner for owner in map(owner_of, arrays)}
    assert sum(owner.nbytes for owner in owners.values()) <= 1.2 * bytes_of(short)


def owner_of(array):
    while array.base is not None:
        array = array.base
    return array


def test_the_player_keeps_large_trajectories_within_its_bound():
    one = bytes_of(simulate(LARGE))
    assert 2 * one <= recent.TRAJECTORIES
    keeps = cached(3.5 * one, bytes_of)(simulate)
    for seed in range(6):
        assert isinstance(keeps(replace(LARGE, seed=seed)), Trajectory)
    assert keeps.cache_info().currsize == 3 * one


def test_the_same_picture_asked_for_by_a_class_is_simulated_once(monkeypatch):
    simulated = []

    def counted(experiment):
        simulated.append(experiment)
        time.sleep(0.05)
        return simulate(experiment)

    monkeypatch.setattr(recent, "simulate", counted)
    experiment = Experiment("rosenbrock", steps=33, seed=11, runs=(Run("adam"),))
    drawn = all_at_once(lambda _: recent.recent_payload(experiment, "log"))
    assert simulated == [experiment]
    assert all(picture is drawn[0] for picture in drawn)
    trajectory = simulate(experiment)
    assert (
        drawn[0]["digest"]
        == payloads.payload(experiment, trajectory, verdicts(experiment, trajectory), "log")["digest"]
    )


def test_one_program_is_made_for_all_who_ask_and_compiled_once():
    """Eight threads on a surface that nobody has seen: one loop of a run, compiled once."""
    landscape = replace(LANDSCAPES["quadratic"], slug="asked for by many")
    optimizer = OPTIMIZERS["adam"]
    made = all_at_once(lambda _: compiled_run(landscape, optimizer))
    assert all(program is made[0] for program in made)
    simulate(Experiment("quadratic", runs=(Run("adam"),)))
    before = len(compilations)
    ends = all_at_once(lambda seed: simulate(Experiment(landscape, seed=seed, runs=(Run("adam"),))).positions[0, -1])
    assert len(compilations) == before + 1
    assert all((end == ends[0]).all() for end in ends)


class Program:
    """Something that holds its landscape, as a compiled loop does."""

    def __init__(self, landscape):
        self.landscape = landscape


def test_programs_of_formulas_are_let_go_and_drive_out_none_of_the_catalogue(monkeypatch):
    monkeypatch.setattr(programs, "_typed", cached(10)(programs._made))
    alive: list[weakref.ref] = []

    @kept_with_landscape
    def compiled(landscape, name):
        program = Program(landscape)
        alive.append(weakref.ref(program))
        return program

    first = compiled(LANDSCAPES["quadratic"], "a")
    bare = formula_landscape("x*y")
    for number in range(30):
        landscape = replace(bare, text=f"{number}*x")
        assert compiled(landscape, "a") is compiled(replace(landscape), "a")
        compiled(landscape, "b")
    del landscape
    gc.collect()
    assert len(alive) == 61
    assert sum(program() is not None for program in alive[1:]) == 10
    assert compiled(LANDSCAPES["quadratic"], "a") is first


def test_programs_of_the_catalogue_are_bounded_too(monkeypatch):
    monkeypatch.setattr(programs, "_of_catalogue", cached(5)(programs._made))
    made = []

    @kept_with_landscape
    def make(landscape, number):
        made.append(number)
        return number

    quadratic = LANDSCAPES["quadratic"]
    assert [make(quadratic, number) for number in range(8)] == list(range(8))
    make(quadratic, 7)
    assert made == list(range(8)), "what was asked for last is still there"
    make(quadratic, 0)
    assert made[8:] == [0], "what was let go is made again"


def test_many_formulas_leave_no_more_programs_behind_than_a_few_do(monkeypatch):
    monkeypatch.setattr(programs, "_typed", cached(24)(programs._made))
    bare = formula_landscape("x*y")
    generator = random.Random(7)

    def drawn(count: int) -> int:
        for _ in range(count):
            factor = generator.random()
            landscape = replace(bare, text=f"{factor}*x", loss=lambda position, factor=factor: factor * position[0])
            assert isinstance(landscape, FormulaLandscape)
            surface(landscape, {}, resolution=5)
        del landscape
        gc.collect()
        return len(jax.devices()[0].client.live_executables())

    full = drawn(24)
    assert drawn(32) <= full + 2


def test_how_many_programs_were_made_is_counted():
    @kept_with_landscape
    def make(landscape, name):
        return name

    before = programs.programs_made()
    for name in "abab":
        make(LANDSCAPES["quadratic"], name)
    assert programs.programs_made() == before + 2


@pytest.mark.parametrize("most", [0])
def test_a_cache_without_room_still_answers(most):
    assert cached(most)(lambda name: name * 2)("a") == "aa"


def test_what_outlives_the_server_stands_where_the_user_keeps_caches(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "fall-line"
    assert pictures_folder().parent == cache_folder()


PROGRAM_AFTER_PROGRAM = """
import jax, sys, warnings
warnings.simplefilter("error")
from ui.warm_up import keep_compiled
keep_compiled(most=int(sys.argv[1]))
for factor in sys.argv[2:]:
    jax.jit(lambda x: x * float(factor))(2.0)
"""


def kept_on_disk(folder, most, *factors):
    """The sizes of the programs on disk after a process has compiled one for each factor."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder)}
    command = [sys.executable, "-c", PROGRAM_AFTER_PROGRAM, str(most), *factors]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return {path.name: path.stat().st_size for path in folder.glob("fall-line/programs/*-cache")}


def test_programs_on_disk_take_no_more_than_they_may(tmp_path):
    first = kept_on_disk(tmp_path, 2**20, "1.5", "2.5", "3.5")
    assert len(first) == 3
    # A crash left a program without its date.
    (tmp_path / "fall-line" / "programs" / "crashed-cache").write_bytes(b"")
    most = int(2.5 * max(first.values()))
    last = kept_on_disk(tmp_path, most, "4.5")
    assert sum(last.values()) <= most
    assert len(last) == 2
    assert len(last.keys() - first.keys()) == 1
