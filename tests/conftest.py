"""What all tests share: shapes checked at the rooms' borders, and JAX set up as in the app, but stricter."""

from contextlib import contextmanager
from pathlib import Path

import jax
import pytest
from jaxtyping import install_import_hook

CHECKED = (
    *("experiments.batches", "experiments.simulation", "experiments.suggested_rate", "experiments.verdicts"),
    *("surfaces.grid", "surfaces.critical_points", "player.figures", "player.payload"),
)
install_import_hook(CHECKED, "beartype.beartype")

import experiments  # noqa: E402
from landscapes import LANDSCAPES  # noqa: E402
from optimizers import OPTIMIZERS  # noqa: E402
from ui.warm_up import keep_compiled  # noqa: E402

assert experiments
jax.config.update("jax_numpy_rank_promotion", "raise")
# As in the app, what one process has compiled, the others need not compile again. Without a bound, since there are so
# many programs that keeping to one would take as long as compiling some of them.
keep_compiled(Path(__file__).parents[1] / ".pytest_cache" / "programs", most=-1)


# The groups that take longest come first: at the end, all processes have short ones left to share.
LONG_GROUPS = ("browser", "load", "verdicts", "programs-in-optax")


def pytest_collection_modifyitems(items):
    """Keeps the tests of one rule, and those of one surface, in one process, which compiles it once."""
    for item in items:
        if "callspec" in vars(item) and not item.get_closest_marker("xdist_group"):
            group = next(filter(None, map(group_of, item.callspec.params.values())), None)
            if group:
                item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=rank)


def rank(item: pytest.Item) -> int:
    """How early a test comes: that of its group among the long ones."""
    mark = item.get_closest_marker("xdist_group")
    return LONG_GROUPS.index(mark.args[0]) if mark and mark.args[0] in LONG_GROUPS else len(LONG_GROUPS)


def group_of(value: object) -> str | None:
    """The group of an entry of the catalogues, or of its slug."""
    slug = getattr(value, "slug", value)
    if isinstance(slug, str) and slug in OPTIMIZERS:
        return f"optimizer-{slug}"
    return f"landscape-{slug}" if isinstance(slug, str) and slug in LANDSCAPES else None


@pytest.fixture(scope="session")
def address():
    """One server of the app for all browser tests."""
    from tests.browser import server

    with server() as running:
        yield running


@pytest.fixture(scope="session")
def prefixed():
    """Another one, behind a path, as a proxy may put it; its address, the path included."""
    from tests.browser import server

    with server("--server.baseUrlPath=class/one") as running:
        yield f"{running}/class/one"


@pytest.fixture(scope="session")
def pages():
    """A server of the pages that the tests need beside the app's own."""
    from tests.browser import server

    with server(script="tests/pages.py") as running:
        yield running


@pytest.fixture(scope="session")
def chromium():
    """What launches browsers."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def browser(chromium):
    """One browser for all tests that need contexts of their own."""
    from tests.browser import FLAGS, browser_path

    launched = chromium.launch(executable_path=browser_path(), args=FLAGS)
    yield launched
    launched.close()


# Streamlit keeps in the profile that a sidebar was folded away, as it is on a phone: no test inherits that from another.
FORGET_SIDEBAR = """if (location.protocol === "http:" && !sessionStorage.getItem("seen")) {
  sessionStorage.setItem("seen", "yes")
  for (const name of Object.keys(localStorage)) if (name.startsWith("stSidebar")) localStorage.removeItem(name)
}"""


@pytest.fixture(scope="session")
def context(chromium, tmp_path_factory):
    """One context for all pages that need no other, with a profile on disk: there the browser keeps what it has compiled
    of a script, without which plotly.js takes two seconds of every visit."""
    from tests.browser import FLAGS, browser_path

    shared = chromium.launch_persistent_context(
        tmp_path_factory.mktemp("profile"),
        executable_path=browser_path(),
        args=FLAGS,
        viewport={"width": 1280, "height": 720},
        reduced_motion="reduce",
    )
    shared.set_default_timeout(60_000)
    shared.add_init_script(FORGET_SIDEBAR)
    yield shared
    shared.close()


@pytest.fixture
def page(context):
    """A page; at the end, whatever the console said against it fails the test."""
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    with console_complaints(opened) as complaints:
        yield opened
        opened.close()
    assert complaints == []


@pytest.fixture(scope="session")
def kept_page(context):
    """Where the page is kept that tests share which leave it as they found it; opening one takes seconds."""
    kept: list = []
    yield kept
    for page in kept:
        page.close()


@pytest.fixture
def opened(kept_page, context, address):
    """A page that shows the short experiment to its end: the one that the test before left, if it could be restored."""
    from tests.browser import page_state, restore, visit

    if not kept_page:
        kept_page.append(context.new_page())
        kept_page[0].set_default_timeout(60_000)
        visit(kept_page[0], address)
    page = kept_page[0]
    before = page_state(page)
    with console_complaints(page) as complaints:
        yield page
        restore(page, before)
        if page_state(page) != before:
            kept_page.clear()
            page.close()
    assert complaints == []


@contextmanager
def console_complaints(page):
    """What the console says against a page meanwhile, other than of Streamlit's search for its own path."""
    from tests.browser import HARMLESS

    complaints: list[str] = []

    def note_error(error):
        complaints.append(str(error))

    def note_message(message):
        harmless = "/_stcore/" in message.location["url"] or any(text in message.text for text in HARMLESS)
        if message.type in ("error", "warning") and not harmless:
            complaints.append(message.text)

    page.on("pageerror", note_error)
    page.on("console", note_message)
    yield complaints
    page.remove_listener("pageerror", note_error)
    page.remove_listener("console", note_message)
