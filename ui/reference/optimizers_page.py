"""Optimizers: the family tree of the rules, and one rule's card."""

import inspect
import re
from functools import cache
from pathlib import Path

import streamlit as st

import optimizers
from optimizers import LEFT_OUT, OPTIMIZERS, ByHand, Optimizer
from ui.glossary import definitions, with_terms
from ui.messages import escaped
from ui.reference.family_tree import family_tree, svg
from ui.reference.marks import open_link, picture, style, symbols
from ui.reference.openings import BASELINE, COMMON_STEPS

FOLDER = Path(__file__).parent
FIRST_SHOWN = "adam"  # half of the others lead to it or come from it
TREE = "family_tree"


def optimizers_page() -> None:
    """The page."""
    style()
    st.title("Optimizers: a family tree", anchor=False)
    slug = chosen_rule()
    tree_side, card_side = st.columns([8, 5], gap="medium")
    with tree_side:
        show_tree(slug)
    with card_side, st.container(key="rule_card"):
        show_card(OPTIMIZERS[slug])
    with st.expander("What is not here, and why"):
        st.markdown("\n".join(f"- **{escaped(name)}.** {escaped(reason)}" for name, reason in LEFT_OUT.items()))
    definitions()


def chosen_rule() -> str:
    """The rule that the address names; if there is none of that name, the first shown, and a word about it."""
    slug = st.query_params.get("rule", FIRST_SHOWN)
    if slug in OPTIMIZERS:
        return slug
    st.warning(f"There is no rule {escaped(repr(slug[:40]))}; there are {', '.join(map(escaped, OPTIMIZERS))}.")
    return FIRST_SHOWN


def choose(slug: str) -> None:
    """Shows the card of another rule."""
    st.query_params["rule"] = slug


def show_tree(slug: str) -> None:
    """The tree; a click on a rule chooses it."""

    def clicked() -> None:
        if st.session_state[TREE].rule in OPTIMIZERS:
            choose(st.session_state[TREE].rule)

    _component()(key=TREE, data={"chosen": slug}, on_rule_change=clicked)
    st.markdown(
        f'<p class="fall-line-small">{len(OPTIMIZERS)} rules, the oldest at the top. A line leads from each rule down to '
        "those that build on it. Choose one to read its card: thick lines lead to it from its ancestors, thin blue ones "
        "from it to its descendants.</p>",
        unsafe_allow_html=True,
    )


@cache
def _component():
    """Registered on the first visit, since drawing the tree takes a moment."""
    drawing = svg(family_tree(OPTIMIZERS), OPTIMIZERS)
    return st.components.v2.component(
        "fall_line_family_tree",
        html=f'<div class="fall-line-tree">{drawing}</div>',
        css=(FOLDER / "family_tree.css").read_text(),
        js=(FOLDER / "family_tree.js").read_text(),
        isolate_styles=False,
    )


def show_card(rule: Optimizer) -> None:
    """Everything about one rule."""
    st.header(f"{rule.label} · {rule.year}", anchor=False)
    beside = "" if rule.slug == BASELINE else "; thin and orange, that of gradient descent"
    chosen = "".join(f", with {name.replace('_', ' ')} {value:g}," for name, value in rule.pictured_with.items())
    caption = f"The path of {rule.label}{chosen} in {COMMON_STEPS} steps down a ravine{beside}."
    seen: set[str] = set()
    st.markdown(
        f'<div class="fall-line-lead"><a href="fall-line/open/optimizer/{rule.slug}" target="_self" rel="opener">'
        f"{picture('optimizer', rule, caption)}</a><div>\n\n{with_terms(rule.teaches, seen)}\n\n"
        f'<p class="fall-line-small">{caption}</p>'
        f"{open_link('optimizer', rule)}</div></div>",
        unsafe_allow_html=True,
    )
    st.latex(rule.formula)
    show_relatives(rule, seen)
    st.markdown(symbols(rule.hyperparameters))
    st.markdown(
        f"**Why these defaults.** {with_terms(rule.defaults, seen)} The rates are for surfaces of this size; *Open in "
        "Compare* finds one that suits.",
        unsafe_allow_html=True,
    )
    show_source(rule)
    show_promises(rule)
    st.markdown(f"**Paper.** {escaped(rule.reference)}")


def show_source(rule: Optimizer) -> None:
    """The step of a rule that is written out, as it runs; and the whole file, folded away."""
    if isinstance(rule.make, ByHand):
        st.markdown("**The source that runs**, and from which one step in numbers is shown.")
        st.code(inspect.getsource(rule.make.step), language="python")
    with st.expander("The whole file" if isinstance(rule.make, ByHand) else "The source that runs"):
        for name, text in sources(rule.slug):
            st.caption(f"`optimizers/{name}.py`")
            st.code(text, language="python")


def show_promises(rule: Optimizer) -> None:
    """What the tests see the rule keep to."""
    if rule.promises:
        st.markdown(
            "**Properties that are tested.**\n\n" + "\n".join(f"- {promise.words}" for promise in rule.promises)
        )


@cache
def sources(name: str) -> tuple[tuple[str, str], ...]:
    """The file of a rule, and those of other rules that it takes parts from, by name."""
    text = (Path(optimizers.__file__).parent / f"{name}.py").read_text(encoding="utf-8")
    others = re.findall(r"^from optimizers\.([a-z]\w*) import", text, re.MULTILINE)
    return tuple(dict([(name, text), *(part for other in others for part in sources(other))]).items())


def show_relatives(rule: Optimizer, seen: set[str]) -> None:
    """Whom the rule builds on, what it changed, and who built on it."""
    if rule.changes:
        st.markdown(f"**What it changed.** {with_terms(rule.changes, seen)}", unsafe_allow_html=True)
    children = [slug for slug, other in OPTIMIZERS.items() if rule.slug in other.builds_on]
    for title, slugs in (("Builds on", rule.builds_on), ("Led to", sorted(children, key=lambda s: OPTIMIZERS[s].year))):
        if slugs:
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                st.markdown(f"**{title}**", width="content")
                for slug in slugs:
                    st.button(
                        OPTIMIZERS[slug].label, key=f"{rule.slug}_{title}_{slug}", help=OPTIMIZERS[slug].changes or None,
                        on_click=choose, args=(slug,),
                    )  # fmt: skip
