"""The box for a formula of one's own: typeset while it is typed, drawn when it is done, and what is wrong with it where."""

import streamlit as st

from experiments import landscape_of
from formulas import MAX_LENGTH, FormulaError, parse, to_latex
from surfaces import EXAMPLE, VIEW, FormulaLandscape, formula_landscape
from ui import state
from ui.messages import escaped
from ui.widgets import number, row

KEY = "formula_text"
HELP = (
    "A formula in x and y, such as `sin(x)*y + 0.1*(x^2 + y^2)`. It may use + - * / ^, pi, e, and sin, cos, tan, asin, "
    "acos, atan, sinh, cosh, tanh, exp, ln, log10, sqrt, abs, sign, floor, min, max, atan2, hypot. Enter draws it."
)
EXCERPT = 15  # characters shown on each side of a mistake

# Streamlit's field speaks when its text is committed; this listens to it while it is being typed in.
LISTENER = f"""
export default function (component) {{
  const root = component.parentElement
  const ofField = event => event.target instanceof Element && event.target.matches(".st-key-{KEY} input")
  root.formulaListener?.abort()
  root.formulaListener = new AbortController()
  const options = {{ capture: true, signal: root.formulaListener.signal }}
  let timer
  document.addEventListener("input", event => {{
    if (!ofField(event)) return
    clearTimeout(timer)
    timer = setTimeout(() => component.setTriggerValue("draft", event.target.value), 120)
  }}, options)
  const committed = event => {{
    if (ofField(event) && (event.type === "focusout" || event.key === "Enter")) clearTimeout(timer)
  }}
  document.addEventListener("keydown", committed, options)
  document.addEventListener("focusout", committed, options)
  document.querySelector(".st-key-formula_preview")?.setAttribute("aria-live", "polite")
  return () => root.formulaListener.abort()
}}
"""
_listener = st.components.v2.component(
    "fall_line_formula_listener", html="<span></span>", js=LISTENER, isolate_styles=False
)


def choose_formula() -> None:
    """Shows the formula that was last on the page, at first an example."""
    state.set_landscape(formula_landscape(*st.session_state.get("last_formula", (EXAMPLE, VIEW))))


def formula_box() -> None:
    """The text, what it means, and the view, where the surface is a formula."""
    landscape = landscape_of(state.experiment())
    if not isinstance(landscape, FormulaLandscape) or state.display().locked:
        return
    shown = (landscape.text, landscape.view)
    if KEY not in st.session_state or st.session_state.get("last_formula") != shown:
        st.session_state[KEY] = landscape.text
        st.session_state.update(last_formula=shown, formula_draft=None, formula_problem=None)
    with st.container(key="formula_box", gap="small"):
        st.text_input("Formula in x and y", key=KEY, help=HELP, autocomplete="off", on_change=_draw_typed)
        _preview()
        _view_controls(landscape)


def _draw_typed() -> None:
    """Draws what was typed; if it can't be, everything stays and the box says why."""
    landscape = landscape_of(state.experiment())
    assert isinstance(landscape, FormulaLandscape)
    st.session_state.update(formula_draft=None, formula_problem=None)
    try:
        typed = formula_landscape(st.session_state[KEY], landscape.view)
    except FormulaError as error:
        st.session_state.formula_problem = (error.reason, error.position)
        return
    st.session_state[KEY] = typed.text
    if typed != landscape:
        state.set_landscape(typed)


@st.fragment
def _preview() -> None:
    """The formula as mathematics, or the place of the mistake; alone on the page, it follows the typing."""
    draft, problem = st.session_state.get("formula_draft"), st.session_state.get("formula_problem")
    text = st.session_state.get(KEY, "") if draft is None else draft
    with st.container(key="formula_preview", gap=None):
        if problem and draft is None:
            st.error(_as_sentence(*problem))
            _show_place(text, problem[1])
        else:
            _show_meaning(text)
        _listener(key="formula_listener", on_draft_change=_keep_draft)


def _keep_draft() -> None:
    draft = st.session_state.formula_listener.draft
    if draft is not None:
        st.session_state.formula_draft = draft[: MAX_LENGTH + 1]


def _show_meaning(text: str) -> None:
    try:
        expression = parse(text)
    except FormulaError as error:
        st.caption(_as_sentence(error.reason, error.position))
        _show_place(text, error.position)
        return
    st.markdown(f"$f(x, y) = {to_latex(expression)}$")


def _as_sentence(reason: str, position: int | None) -> str:
    sentence = reason if position is None else f"at character {position}: {reason}"
    return escaped(sentence[0].upper() + sentence[1:] + ".")


def _show_place(text: str, position: int | None) -> None:
    """The text around a mistake, and a mark below it."""
    if position is not None and text.strip():
        st.code("\n".join(place_of(text, position)), language=None)


def place_of(text: str, position: int) -> tuple[str, str]:
    """A piece of `text` around the character at `position`, counted from 1, and a line with a mark below it."""
    first = max(0, min(position - 1, len(text)) - EXCERPT)
    last = position - 1 + EXCERPT
    before, after = "…" if first else "", "…" if last < len(text) else ""
    piece = text[first:last].replace("\t", " ").replace("\n", " ")
    return before + piece + after, " " * (len(before) + position - 1 - first) + "^"


def _view_controls(landscape: FormulaLandscape) -> None:
    """From where to where the surface is drawn."""
    with row():
        for side, name in enumerate("xy"):
            for end, word in enumerate(("from", "to")):
                number(f"${name}$ {word}", f"formula_view_{name}_{word}", landscape.view[side][end], _moves(side, end))


def _moves(side: int, end: int):
    def commit(value: float) -> None:
        landscape = landscape_of(state.experiment())
        assert isinstance(landscape, FormulaLandscape)
        view = [list(interval) for interval in landscape.view]
        view[side][end] = value
        state.redraw_page()
        state.set_fields(landscape=formula_landscape(landscape.text, view))

    return commit
