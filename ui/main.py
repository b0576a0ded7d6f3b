"""The pages and how one gets from one to another."""

import streamlit as st

from ui.compare import compare

st.set_page_config(page_title="Fall Line", page_icon="⛰️", layout="wide", initial_sidebar_state=330)

st.navigation(
    [st.Page(compare, title="Compare", icon=":material/stacked_line_chart:", default=True)], position="top"
).run()
