"""The course: every claim holds in its lesson's picture and breaks where the phenomenon is gone; words, topics, glossary."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from experiments import draws_batches, landscape_of, optimizer_of, simulate
from landscapes import LANDSCAPES
from lessons import CHAPTERS, GLOSSARY, LESSONS, Answer, Choice, marked

EVERY_LESSON = pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
CLAIMS = [(lesson, claim) for lesson in LESSONS.values() for claim in lesson.claims]
EVERY_CLAIM = pytest.mark.parametrize(
    ("lesson", "claim"), CLAIMS, ids=[f"{lesson.slug}-{claim.evidence.__name__}" for lesson, claim in CLAIMS]
)
# Links and menus of the first version have these.
FIRST_NINE = ("ravine", "learning_rate", "saddle_escape", "noise_and_decay", "clipping", "sharp_minima", "mini_batches",
              "rare_features", "rotation")  # fmt: skip
# What a course on optimizers has to treat, and the lessons that do.
TOPICS = {
    "learning rate": ("learning_rate",),
    "too small": ("small_rate",),
    "too large": ("learning_rate", "stability_limit"),
    "decay": ("noise_and_decay", "four_decays"),
    "stochastic": ("mini_batches",),
    "mini-batch": ("mini_batches",),
    "full batch": ("mini_batches",),
    "momentum": ("momentum_ravine", "too_much_momentum", "nesterov", "two_conventions"),
    "Adagrad and sparse data": ("rare_features", "one_rate"),
    "diminishing rates": ("adagrad_fades",),
    "RMSprop": ("rmsprop",),
    "Adam": ("adam",),
    "bias correction": ("bias_correction",),
    "clipping": ("clipping",),
    "local minima": ("local_minima",),
    "saddle": ("saddle_escape",),
    "oscillation": ("zigzag", "stability_limit"),
    "noise and sharp minima": ("sharp_minima",),
    "generalization": ("held_out", "sharp_minima"),
    "defaults that depend on the rule": ("same_rate",),
}


def evidence(claim, experiment):
    return claim(experiment, simulate(experiment))


def texts(lesson):
    """Everything that a lesson says before it computes anything."""
    answers = [answer.text for answer in lesson.answers]
    return [lesson.question, *answers, lesson.watch, lesson.explanation, lesson.try_next]


# Claims


@EVERY_CLAIM
def test_a_claim_holds_in_its_picture_and_says_so_in_numbers(lesson, claim):
    found = evidence(claim, lesson.experiment)
    assert found.holds, found.words
    assert re.search(r"\d", found.words)
    assert 20 < len(found.words) < 170


@EVERY_CLAIM
def test_a_claim_breaks_where_the_phenomenon_is_gone_and_says_something_else(lesson, claim):
    broken = evidence(claim, claim.broken_by)
    assert not broken.holds, broken.words
    assert broken.words != evidence(claim, lesson.experiment).words


@EVERY_CLAIM
def test_what_breaks_a_claim_is_within_a_students_reach(lesson, claim):
    """The same rules on one of the lesson's surfaces, with other numbers."""
    assert claim.broken_by.landscape == lesson.experiment.landscape
    rules = [[optimizer_of(run) for run in experiment.runs] for experiment in (lesson.experiment, claim.broken_by)]
    assert rules[0] == rules[1]


WITH_CHANCE = [lesson for lesson in LESSONS.values() if lesson.experiment.noise or draws_batches(lesson.experiment)]


@pytest.mark.parametrize("lesson", WITH_CHANCE, ids=lambda lesson: lesson.slug)
def test_where_chance_plays_a_part_the_claims_hold_for_all_the_seeds_that_are_stated(lesson):
    assert lesson.seeds >= 20
    for seed in range(lesson.seeds):
        drawn = replace(lesson.experiment, seed=seed)
        trajectory = simulate(drawn)
        for claim in lesson.claims:
            found = claim(drawn, trajectory)
            assert found.holds, (seed, found.words)


def test_lessons_without_chance_state_no_seeds():
    assert [lesson.slug for lesson in LESSONS.values() if lesson.seeds > 1] == [lesson.slug for lesson in WITH_CHANCE]


# What a student may change


def options(control, experiment):
    """The ends of a control, and its middle; of a choice all it offers."""
    if isinstance(control, Choice):
        return list(control.options)
    if control.field == "seed":
        return [0, 1, 12]
    if control.field == "batch_size":
        training = landscape_of(experiment).training
        assert training is not None
        return [1, len(training), 7]
    declared = control.declared(experiment)
    return [declared.low, declared.high, (declared.low * declared.high) ** 0.5]


@EVERY_LESSON
def test_every_control_changes_the_picture_and_every_claim_has_an_answer(lesson):
    before = simulate(lesson.experiment).positions.tobytes()
    for control in lesson.controls:
        changed = [control.changed(lesson.experiment, value) for value in options(control, lesson.experiment)]
        trajectories = [simulate(experiment) for experiment in changed]
        assert any(trajectory.positions.tobytes() != before for trajectory in trajectories), control.name
        for experiment, trajectory in zip(changed, trajectories, strict=True):
            found = [claim(experiment, trajectory) for claim in lesson.claims]
            assert all(isinstance(one.holds, bool) for one in found)
            assert not any(re.search(r"\bnan\b|\binf\b", one.words) for one in found), found


@EVERY_LESSON
@pytest.mark.parametrize("steps", [1, 2, 30])
def test_every_claim_has_an_answer_for_a_short_run_too(lesson, steps):
    short = replace(lesson.experiment, steps=steps)
    for claim in lesson.claims:
        assert len(evidence(claim, short).words) > 20


@EVERY_LESSON
def test_a_control_shows_what_it_was_set_to(lesson):
    for control in lesson.controls:
        for value in options(control, lesson.experiment):
            assert control.value(control.changed(lesson.experiment, value)) == value


@EVERY_LESSON
def test_the_shipped_numbers_lie_on_their_sliders(lesson):
    for control in lesson.controls:
        if isinstance(control, Choice) or control.field in ("seed", "batch_size"):
            continue
        declared = control.declared(lesson.experiment)
        assert declared.low <= control.value(lesson.experiment) <= declared.high, control.name


# The course


def test_the_course_has_five_chapters_in_their_order():
    places = [(lesson.chapter, lesson.place) for lesson in LESSONS.values()]
    assert places == sorted(set(places))
    assert len(LESSONS) >= 24
    assert min(Counter(lesson.chapter for lesson in LESSONS.values()).values()) >= 4
    assert {lesson.chapter for lesson in LESSONS.values()} == set(range(1, len(CHAPTERS) + 1))


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_a_lesson(topic):
    assert all(slug in LESSONS for slug in TOPICS[topic])


@pytest.mark.parametrize("slug", FIRST_NINE)
def test_the_first_lessons_keep_their_names(slug):
    assert slug in LESSONS


def test_no_two_lessons_show_the_same():
    experiments = [lesson.experiment for lesson in LESSONS.values()]
    assert len(set(experiments)) == len(experiments)


@EVERY_LESSON
def test_a_lessons_words_fit_the_page(lesson):
    assert len(lesson.label) <= 40
    assert len(lesson.question) <= 125
    assert all(len(answer.text) <= 88 for answer in lesson.answers)
    assert all(len(text) <= 130 for text in (lesson.watch, lesson.try_next))
    assert 120 < len(lesson.explanation) < 350
    assert 2 <= lesson.minutes <= 10


@EVERY_LESSON
def test_a_lesson_speaks_in_whole_sentences(lesson):
    for text in texts(lesson):
        assert text == " ".join(text.split())
        assert re.search(r"[.?…]$", text), text
        assert text[0].isupper() or not text[0].isalpha(), text


def test_the_right_answer_has_no_place_of_its_own():
    places = Counter(next(i for i, answer in enumerate(lesson.answers) if answer.right) for lesson in LESSONS.values())
    assert max(places.values()) < 0.7 * len(LESSONS)
    assert len(places) >= 3


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"chapter": 6}, "chapter is 6; allowed: 1 to 5"),
        ({"answers": (Answer("Yes.", right=True),)}, "two to four answers, one of them right"),
        ({"answers": (Answer("Yes."), Answer("No."))}, "two to four answers, one of them right"),
        ({"controls": ()}, "0 controls; allowed: 1 to 3"),
        ({"claims": ()}, "needs a claim"),
    ],
    ids=["chapter", "one answer", "no right answer", "no control", "no claim"],
)
def test_a_lesson_that_lacks_something_is_refused(change, complaint):
    with pytest.raises(ValueError, match=complaint):
        replace(LESSONS["ravine"], **change)


# The glossary


def terms_in(text):
    return [term.slug for _, term in marked(text) if term]


def test_the_glossary_has_the_words_of_a_course():
    assert {"learning_rate", "schedule", "momentum", "first_moment", "second_moment", "bias_correction", "ravine", "saddle",
            "plateau", "basin", "batch", "epoch", "clipping", "weight_decay", "condition_number", "generalization",
            "sharpness"} <= set(GLOSSARY)  # fmt: skip


@pytest.mark.parametrize("term", GLOSSARY.values(), ids=GLOSSARY)
def test_a_word_has_one_sentence_a_formula_or_picture_and_a_lesson_that_shows_it(term):
    assert re.fullmatch(r"[A-Z].{20,110}\.", term.sentence)
    assert bool(term.formula) != bool(term.picture)
    assert not term.picture or term.picture in LANDSCAPES
    assert term.word in term.forms
    assert term.lesson in LESSONS


@EVERY_LESSON
def test_every_lesson_uses_a_word_of_the_glossary(lesson):
    assert any(terms_in(text) for text in texts(lesson))


def test_words_are_marked_where_they_first_stand_and_nothing_is_lost():
    text = "A ravine, two Ravines and a learning rate; ravine-like, $ravine$, `saddle`, <b>plateau</b>, [basin](x)."
    pieces = list(marked(text))
    assert "".join(piece for piece, _ in pieces) == text
    assert [(piece, term.slug) for piece, term in pieces if term] == [
        ("ravine", "ravine"), ("learning rate", "learning_rate"), ("plateau", "plateau"),
    ]  # fmt: skip
