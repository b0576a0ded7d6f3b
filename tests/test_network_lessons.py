"""Lessons on networks: what each says of its picture is so, and is not where the lesson says that it goes away."""

import pytest

from networks import NETWORK_LESSONS, from_query, plane, to_query, train
from tests.test_catalogue import is_one_sentence

EACH = pytest.mark.parametrize("lesson", NETWORK_LESSONS.values(), ids=NETWORK_LESSONS)


@EACH
def test_every_claim_holds_in_the_lesson_and_breaks_where_it_says(lesson):
    training = train(lesson.experiment)
    for claim in lesson.claims:
        shown = claim(lesson.experiment, training)
        assert shown.holds, shown.words
        assert is_one_sentence(shown.words)
        broken = claim(claim.broken_by, train(claim.broken_by))
        assert not broken.holds, broken.words
    assert plane(training, resolution=2).held > 0.8


@EACH
def test_a_lesson_survives_its_link(lesson):
    other = next(one for one in NETWORK_LESSONS.values() if one is not lesson)
    assert from_query(to_query(lesson.experiment), other.experiment) == (lesson.experiment, ())


def test_lessons_come_in_the_order_of_their_places():
    places = [lesson.place for lesson in NETWORK_LESSONS.values()]
    assert places == sorted(set(places))
