"""Two replicas behind nginx, as a class uses them: one is lost in the middle of a lesson, and nobody loses a picture."""

import re
import urllib.request

from playwright.sync_api import Page

from deploy import class_server
from tests.browser import (
    attribute,
    free_port,
    in_browser,
    type_into,
    visit,
    wait_for_other_paths,
    wait_until_connected_again,
)

pytestmark = in_browser


def replica_of(page: Page) -> int:
    """Which of the two replicas a browser was given."""
    (given,) = (cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "replica")
    return ["first", "second"].index(given)


def test_when_a_replica_is_lost_its_pages_return_from_their_links_on_the_other(context):
    with class_server(free_port(), (free_port(), free_port())) as server, context.new_page() as page:
        sockets: list = []
        page.on("websocket", lambda socket: sockets.append(socket))
        visit(page, server.address)
        before = attribute(page, "digest")
        type_into(page, "run1_learning_rate_exact", "0.0123")
        changed = wait_for_other_paths(page, before)
        page.wait_for_url(re.compile("0.0123"))
        lost = server.replicas[replica_of(page)]
        lost.kill()
        lost.wait()
        wait_until_connected_again(page, sockets)
        assert attribute(page, "digest") == changed
        type_into(page, "run1_learning_rate_exact", "0.0234")
        wait_for_other_paths(page, changed)


def test_both_replicas_are_given_to_browsers_and_a_browser_keeps_its_own():
    with class_server(free_port(), (free_port(), free_port())) as server:
        cookies = [cookie_of(server.address) for _ in range(40)]
        assert {cookie.partition(";")[0] for cookie in cookies} == {"replica=first", "replica=second"}
        assert cookie_of(server.address, "replica=second") == ""
        with urllib.request.urlopen(server.address.removesuffix("class")) as answer:
            assert answer.url == f"{server.address}/"


def cookie_of(address: str, known: str = "") -> str:
    """What a browser with a cookie, or without one, is given."""
    request = urllib.request.Request(f"{address}/", headers={"Cookie": known} if known else {})
    with urllib.request.urlopen(request) as answer:
        return answer.headers["Set-Cookie"] or ""
