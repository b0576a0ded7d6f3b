"""The course as pages for any static host: they open from a disk, and no link in them is dead."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import expect

from experiments import simulate
from exports.site import address, build, can_be_tried, formatted, main, words
from lessons import GLOSSARY, LESSONS
from player.payload import digest
from tests.browser import PLAYER, attribute, in_browser, wait_for_paths
from tests.conftest import console_complaints

pytestmark = in_browser  # all of them: the site is made once
FEW = ("zigzag", "rare_features", "adam_fails")  # the last one is the largest


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site with the pages of a few lessons alone, which are made like all others."""
    folder = tmp_path_factory.mktemp("site")
    build(folder, lessons=[LESSONS[slug] for slug in FEW])
    return folder


class Addresses(HTMLParser):
    """What a page leads to and asks for, and the places in it that can be led to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.feed(re.sub(r"<script>.*?</script>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL))

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.links += [given[name] for name in ("href", "src") if given.get(name)]
        self.places |= {given["id"]} if given.get("id") else set()


def test_no_link_is_dead(site):
    pages = {path: Addresses(path) for path in site.rglob("*.html")}
    made = {address(LESSONS[slug]) for slug in FEW}
    all_lessons = {address(lesson) for lesson in LESSONS.values()}
    assert len(pages) == 2 + len(FEW)
    for path, found in pages.items():
        assert found.links
        for link in found.links:
            target, _, place = link.partition("#")
            led = (path.parent / target).resolve()
            name = led.relative_to(site.resolve()).as_posix()
            assert led.is_file() or name in all_lessons - made, f"{path.name} leads to {link}"
            assert not place or place in pages[led].places, f"{path.name} leads to {link}"


def test_the_licences_of_what_the_pages_bring_are_beside_them(site):
    text = (site / "licenses.txt").read_text(encoding="utf-8")
    for named in ("plotly.js", "Plotly", "KaTeX", "Khan Academy", "Fall Line", "Permission is hereby granted"):
        assert named in text


def test_every_lesson_and_every_word_is_in_a_list(site):
    index, glossary = ((site / name).read_text(encoding="utf-8") for name in ("index.html", "glossary.html"))
    for lesson in LESSONS.values():
        assert f'href="{address(lesson)}"' in index
        assert lesson.label in unescape(index)
    for term in GLOSSARY.values():
        assert f'id="{term.slug}"' in glossary


def test_a_lesson_is_below_a_megabyte_and_the_libraries_are_there_once(site):
    for slug in FEW:
        assert (site / address(LESSONS[slug])).stat().st_size < 1e6
        assert "fallLineLibraries =" not in (site / address(LESSONS[slug])).read_text(encoding="utf-8")
    assert (site / "libraries.js").stat().st_size < 3e6


@pytest.mark.parametrize("slug", LESSONS)
def test_a_page_has_all_that_the_lesson_says(slug):
    lesson = LESSONS[slug]
    text = unescape(re.sub(r"<[^>]+>", "", words(lesson)))
    for said in (lesson.question, lesson.watch, lesson.explanation, *(answer.text for answer in lesson.answers)):
        assert said.replace("*", "") in text
    assert "*" not in text
    assert (lesson.try_next.replace("*", "") in text) == can_be_tried(lesson)


def test_titles_say_what_a_page_is_about(site):
    texts = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    titles = [re.findall("<title>(.*?)</title>", text) for text in texts]
    assert all(len(found) == 1 for found in titles)
    assert len({found[0] for found in titles}) == len(titles)
    assert all(text.count('<meta name="description"') == 1 for text in texts)


def test_a_lesson_opens_from_a_disk_and_waits_for_its_question(site, context):
    page = context.new_page()
    with console_complaints(page) as complaints:
        page.goto((site / address(LESSONS["zigzag"])).as_uri())
        wait_for_paths(page)
        assert attribute(page, "digest") == digest(simulate(LESSONS["zigzag"].experiment))
        expect(page.locator(PLAYER)).to_have_attribute("data-step", "0")
        page.get_by_test_id("player-play").click()
        expect(page.locator(PLAYER)).to_have_attribute("data-step", "80")
        page.get_by_text("What happens, and why").click()
        expect(page.get_by_text("Almost straight down").last).to_be_visible()
    assert complaints == []
    page.close()


def test_the_glossary_typesets_its_formulas(site, context):
    page = context.new_page()
    page.goto((site / "glossary.html").as_uri())
    formulas = sum(bool(term.formula) for term in GLOSSARY.values())
    expect(page.locator("[data-latex] .katex-html")).to_have_count(formulas)
    page.close()


def test_what_is_typed_like_html_stays_text():
    assert formatted("a < b & **c**, *d*") == "a &lt; b &amp; <b>c</b>, <i>d</i>"


def test_the_command_asks_for_a_folder(capsys):
    assert main([]) == 2
    assert "python -m exports.site FOLDER" in capsys.readouterr().err
