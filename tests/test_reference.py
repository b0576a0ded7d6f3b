"""The reference pages without a browser: every entry is listed, drawn and linked, and the family tree holds together."""

import html
import inspect
import json
import re
from dataclasses import replace
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path
from urllib.parse import parse_qs

import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from experiments import Experiment, Run, from_query, suggested_rate
from experiments.experiment import optimizer_of
from exports import Picture
from landscapes import FAMILIES, LANDSCAPES
from lessons import FIRST
from optimizers import OPTIMIZERS, ByHand
from optimizers._left_out import LEFT_OUT
from player.figures import THEMES
from schedules import SCHEDULES
from tests.asgi import get
from ui.reference import landscapes_page, schedules_page, thumbnails
from ui.reference.family_tree import NODE_HEIGHT, family_tree, svg
from ui.reference.openings import BASELINE, OPENINGS, address, opening
from ui.reference.optimizers_page import sources
from ui.reference.thumbnails import HEIGHT, KINDS, VERSION, WIDTH, remove_earlier_versions, thumbnail
from ui.routes import all_routes

SCRIPT = str(Path(__file__).parent / "reference_page.py")
LARGEST = 60_000  # bytes of a picture
TREE = family_tree(OPTIMIZERS)
NODES = {node.slug: node for node in TREE.nodes}
OPENED = [(kind, slug) for kind, (entries, _) in OPENINGS.items() for slug in entries]
DRAWN = [(kind, slug) for kind, (entries, _) in KINDS.items() for slug in entries]


def page(name: str, **query: str) -> AppTest:
    app = AppTest.from_file(SCRIPT, default_timeout=60)
    app.session_state["page"] = name
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def texts(app: AppTest) -> str:
    return without_marks("\n".join(element.value for element in app.markdown))


def without_marks(text: str) -> str:
    """`text` as it is declared, before the words of the glossary were marked in it."""
    return re.sub(r'<span class="fall-line-term"[^>]*>([^<]*)</span>', r"\1", text)


@pytest.mark.parametrize("slug", OPTIMIZERS)
def test_every_rule_has_a_card(slug):
    rule, app = OPTIMIZERS[slug], page("optimizers", rule=slug)
    assert app.header[0].value == f"{rule.label} · {rule.year}"
    assert not app.warning
    assert rule.formula in app.latex[0].value
    shown, code = texts(app), [block.value for block in app.code]
    if isinstance(rule.make, ByHand):
        step = code.pop(0)
        assert step == inspect.getsource(rule.make.step).strip()
        assert step in code[0]
    assert code[0] == (Path(__file__).parents[1] / "optimizers" / f"{slug}.py").read_text(encoding="utf-8").strip()
    assert all(promise.words in shown for promise in rule.promises)
    assert rule.teaches in shown
    assert rule.changes in shown
    assert rule.defaults in shown
    assert all(f"${p.symbol}$" in shown and p.help in shown for p in rule.hyperparameters.values())
    assert {button.label for button in app.button} >= {OPTIMIZERS[parent].label for parent in rule.builds_on}


def test_a_button_leads_to_a_relative():
    app = page("optimizers", rule="adam")
    next(button for button in app.button if button.label == "AMSGrad").click().run()
    assert app.header[0].value.startswith("AMSGrad")
    assert app.query_params["rule"] in ("amsgrad", ["amsgrad"])
    assert "Adam" in {button.label for button in app.button}


def test_what_was_left_out_is_said_with_its_reason():
    shown = texts(page("optimizers")).replace("\\", "")
    assert LEFT_OUT
    assert all(name in shown and reason in shown for name, reason in LEFT_OUT.items())


@pytest.mark.parametrize("nonsense", ["nobody", "<img src=x onerror=alert(1)>", "", "ADAM"])
def test_an_unknown_rule_is_named_and_the_page_stays(nonsense):
    app = page("optimizers", rule=nonsense)
    assert "there are" in app.warning[0].value
    assert "<img" not in app.warning[0].value.replace("\\<img", "")
    assert app.header[0].value.startswith("Adam")


@pytest.mark.parametrize(
    ("name", "module", "entries"),
    [("landscapes", landscapes_page, LANDSCAPES), ("schedules", schedules_page, SCHEDULES)],
    ids=["landscapes", "schedules"],
)
def test_a_gallery_holds_every_entry(name, module, entries):
    shown = texts(page(name))
    assert shown.count('class="fall-line-card"') == len(entries)
    for entry in entries.values():
        card = without_marks(module.card(entry))
        assert card in shown
        for text in (html.escape(entry.label), html.escape(entry.teaches), entry.formula, html.escape(entry.reference)):
            assert text in card
        assert f'href="fall-line/open/{name[:-1]}/{entry.slug}"' in card
        assert re.search(r'<(img|svg)[^>]* (alt|aria-label)="[^"]{10,}"', card)


@pytest.mark.parametrize(
    ("name", "query"), [("optimizers", {"rule": "momentum"}), ("landscapes", {}), ("schedules", {})]
)
def test_the_words_of_the_glossary_are_marked_and_defined(name, query):
    shown = "\n".join(element.value for element in page(name, **query).markdown)
    marked = set(re.findall(r'data-term="(\w+)"', shown))
    assert marked
    assert all(f'id="fall-line-term-{term}"' in shown for term in marked)


def test_families_stand_in_their_order():
    shown = landscapes_page.gallery()
    places = [shown.index(f"## {family.capitalize()}") for family in FAMILIES if f"## {family.capitalize()}" in shown]
    assert places == sorted(places)
    assert len(places) == len({landscape.family for landscape in LANDSCAPES.values()})


def test_minima_are_counted():
    assert landscapes_page.minima(LANDSCAPES["himmelblau"]) == "4 global minima, lowest loss 0"
    assert landscapes_page.minima(LANDSCAPES["rosenbrock"]) == "1 global minimum, lowest loss 0"
    assert landscapes_page.minima(LANDSCAPES["three_hump_camel"]) == "1 global and 2 local minima, lowest loss 0"
    assert landscapes_page.minima(replace(LANDSCAPES["rosenbrock"], minima=(), minimum=None)) == "no minimum"


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
def test_a_curve_shows_the_multiplier(schedule):
    parameters = {name: parameter.default for name, parameter in schedule.parameters.items()}
    for step in (0, 77, schedules_page.STEPS - 1):
        expected = 1 if schedule.reacts else float(schedule.multiplier(step, schedules_page.STEPS, **parameters))
        if step == 0 or not schedule.reacts:
            assert shown_factor(schedule, step) == pytest.approx(expected, abs=1e-3)


def shown_factor(schedule, step):
    drawn = schedules_page.curve(schedule)
    points = [tuple(map(float, pair.split(","))) for pair in drawn.partition('points="')[2].partition('"')[0].split()]
    room = schedules_page.HEIGHT - 2 * schedules_page.MARGIN
    return (schedules_page.HEIGHT - schedules_page.MARGIN - points[step][1]) / room


def test_the_curve_of_a_schedule_that_watches_the_loss_falls_where_its_run_stalls():
    factors = [shown_factor(SCHEDULES["reduce_on_plateau"], step) for step in range(0, schedules_page.STEPS, 10)]
    assert factors[0] == pytest.approx(1, abs=1e-3)
    assert factors[-1] < 0.3
    assert all(after <= before + 1e-3 for before, after in pairwise(factors))


@pytest.mark.parametrize("slug", OPTIMIZERS)
def test_the_source_shown_is_all_that_runs(slug):
    """Every name of another rule that its file uses is defined in one of the files shown."""
    shown = dict(sources(slug))
    assert f'slug="{slug}"' in shown[slug]
    assert re.search(r"^def (step|make)\(", shown[slug], re.MULTILINE)
    defined = {
        name for text in shown.values() for name in re.findall(r"^(?:def|class) (\w+)|^(\w+) =", text, re.MULTILINE)
    }
    for text in shown.values():
        for imported in re.findall(r"^from optimizers\.[a-z]\w* import (.+)$", text, re.MULTILINE):
            assert {name.split(" as ")[0] for name in imported.split(", ")} <= {
                name for pair in defined for name in pair
            }


# The family tree


def test_the_tree_holds_every_rule_once():
    assert sorted(node.slug for node in TREE.nodes) == sorted(OPTIMIZERS)


def test_no_two_boxes_overlap():
    for one, other in combinations(TREE.nodes, 2):
        apart = abs(one.x - other.x) >= (one.width + other.width) / 2 or abs(one.y - other.y) >= NODE_HEIGHT
        assert apart, (one.slug, other.slug)


def test_boxes_lie_within_the_drawing():
    for node in TREE.nodes:
        assert node.width / 2 <= node.x <= TREE.width - node.width / 2
        assert NODE_HEIGHT / 2 <= node.y <= TREE.height - NODE_HEIGHT / 2


def test_every_kinship_is_drawn_once_from_parent_down_to_child():
    kinships = [(parent, child) for child, rule in OPTIMIZERS.items() for parent in rule.builds_on]
    assert sorted((edge.parent, edge.child) for edge in TREE.edges) == sorted(kinships)
    for edge in TREE.edges:
        parent, child = NODES[edge.parent], NODES[edge.child]
        assert edge.points[0] == (parent.x, parent.y + NODE_HEIGHT / 2)
        assert edge.points[-1] == (child.x, child.y - NODE_HEIGHT / 2)
        heights = [y for _, y in edge.points]
        assert heights == sorted(heights)


def test_no_line_passes_a_row_behind_a_box():
    for edge in TREE.edges:
        for x, y in edge.points[1:-1]:
            for node in TREE.nodes:
                assert abs(node.y - y) > NODE_HEIGHT / 2 or abs(node.x - x) >= node.width / 2, (edge, node.slug)


def test_years_go_down():
    for one, other in combinations(TREE.nodes, 2):
        if one.year < other.year:
            assert one.y < other.y
    assert [year for year, _ in TREE.years] == sorted({rule.year for rule in OPTIMIZERS.values()})


def test_the_drawing_links_every_rule_and_names_it():
    drawn = svg(TREE, OPTIMIZERS)
    for rule in OPTIMIZERS.values():
        assert f'href="?rule={rule.slug}"' in drawn
        assert f'aria-label="{html.escape(rule.label)}, {rule.year}"' in drawn
    assert drawn.count("<path ") == sum(len(rule.builds_on) for rule in OPTIMIZERS.values())


def test_names_cannot_break_out_of_the_drawing():
    hostile = {"adam": replace(OPTIMIZERS["adam"], label='<script>"x"', builds_on=(), changes='"><b>')}
    drawn = svg(family_tree(hostile), hostile)
    assert "<script>" not in drawn
    assert '"><b>' not in drawn


@pytest.mark.parametrize("builds_on", [("nobody",), ("lion",)], ids=["unknown", "younger"])
def test_an_impossible_parent_is_named(builds_on):
    rules = {
        "adam": replace(OPTIMIZERS["adam"], builds_on=builds_on),
        "lion": replace(OPTIMIZERS["lion"], builds_on=()),
    }
    with pytest.raises(ValueError, match=f"adam of 2014 builds on '{builds_on[0]}'"):
        family_tree(rules)


# What opens in Compare


@pytest.mark.parametrize(("kind", "slug"), OPENED)
def test_an_opening_is_a_link_without_problems(kind, slug):
    experiment = opening(kind, slug)
    read, problems = from_query(parse_qs(address(experiment)), FIRST.experiment)
    assert problems == ()
    assert read == experiment


@pytest.mark.parametrize("slug", OPTIMIZERS)
def test_a_rule_opens_beside_gradient_descent_at_its_suggested_rate(slug):
    experiment = opening("optimizer", slug)
    assert [optimizer_of(run).slug for run in experiment.runs] == list(dict.fromkeys((BASELINE, slug)))
    alone = Experiment(experiment.landscape, start=experiment.start, steps=experiment.steps)
    assert experiment.runs[-1].hyperparameters["learning_rate"] == suggested_rate(
        alone, Run(slug, OPTIMIZERS[slug].pictured_with)
    )


def test_a_surface_and_a_schedule_open_as_themselves():
    assert opening("landscape", "himmelblau").landscape == "himmelblau"
    assert [run.schedule for run in opening("schedule", "one_cycle").runs] == ["constant", "one_cycle"]
    assert opening("schedule", "one_cycle").noise > 0


@pytest.fixture
def server(tmp_path, monkeypatch):
    """The routes under a prefix, with an empty folder for pictures."""
    monkeypatch.setattr("ui.routes.reference.pictures_folder", lambda: tmp_path)
    return Starlette(routes=all_routes("/class/one/"))


def test_the_way_to_compare_is_relative_so_that_a_prefix_stays(server):
    status, headers, _ = get(server, "/class/one/fall-line/open/optimizer/adam")
    assert status == 307
    assert headers["location"].startswith("../../../?landscape=")
    query = parse_qs(headers["location"].partition("?")[2])
    assert from_query(query, FIRST.experiment) == (opening("optimizer", "adam"), ())


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("open/optimizer/nobody", "optimizer is “nobody”; allowed: "),
        ("open/person/adam", "kind is “person”; allowed: "),
        ("thumbnail/landscape/nowhere", "landscape is “nowhere”; allowed: "),
        ("thumbnail/schedule/constant", "kind is “schedule”; allowed: "),
        ("thumbnail/landscape/beale?theme=sepia", "theme is “sepia”; allowed: light, dark"),
    ],
)
def test_what_is_not_there_is_named(server, path, complaint):
    status, _, body = get(server, f"/class/one/fall-line/{path}")
    assert status == 404
    assert complaint in json.loads(body)["error"]


# Thumbnails


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("kind", "slug"), DRAWN)
def test_every_picture_is_small_and_shows_something(kind, slug, theme):
    picture = thumbnail(kind, slug, theme)
    assert len(picture) < LARGEST
    image = Image.open(BytesIO(picture))
    assert (image.format, image.size) == ("WEBP", (WIDTH, HEIGHT))
    assert np.ptp(np.asarray(image.convert("L")).astype(int)) > 60


@pytest.fixture
def forgotten(monkeypatch):
    """Nothing in memory."""
    monkeypatch.setattr(thumbnails, "_in_memory", {})


def fails(*arguments):
    raise AssertionError("computed again")


def test_a_picture_is_computed_once(forgotten, tmp_path, monkeypatch):
    first = thumbnail("optimizer", "adam", "light", tmp_path)
    monkeypatch.setattr(thumbnails, "simulate", fails)
    monkeypatch.setattr(thumbnails, "surface", fails)
    assert thumbnail("optimizer", "adam", "light", tmp_path) == first
    monkeypatch.setattr(thumbnails, "_in_memory", {})
    assert thumbnail("optimizer", "adam", "light", tmp_path) == first
    with pytest.raises(AssertionError, match="computed again"):
        thumbnail("optimizer", "lion", "light", tmp_path)


def test_without_a_place_to_write_memory_has_to_do(forgotten, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert thumbnail("landscape", "beale", "dark", blocked) == thumbnail("landscape", "beale", "dark", blocked)


def test_pictures_of_earlier_versions_are_removed(tmp_path):
    for version in ("0123456789ab", VERSION):
        (tmp_path / version).mkdir()
        (tmp_path / version / "landscape-beale-light.webp").write_bytes(b"")
    remove_earlier_versions(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [VERSION]


def test_a_picture_is_kept_by_the_browser_under_its_version(server):
    _, headers, body = get(server, f"/class/one/fall-line/thumbnail/landscape/beale?theme=dark&v={VERSION}")
    assert headers["content-type"] == "image/webp"
    assert "immutable" in headers["cache-control"]
    assert body == thumbnail("landscape", "beale", "dark")
    assert get(server, "/class/one/fall-line/thumbnail/landscape/beale")[1]["cache-control"] == "no-cache"


def test_pictures_of_runs_that_leave_the_view_are_drawn():
    wild = Experiment("rosenbrock", steps=60, runs=(Run(BASELINE, {"learning_rate": 1.0}),))
    ground = thumbnails.surface(LANDSCAPES["rosenbrock"], wild.landscape_parameters)
    picture = Picture(ground, 0.0, "light", (WIDTH, HEIGHT))
    picture.path(thumbnails.simulate(wild).positions[0], (0, 0, 0), 4)
    assert picture.finished().size == (WIDTH, HEIGHT)
