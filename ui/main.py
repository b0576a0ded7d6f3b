"""The pages and how one gets from one to another."""

import streamlit as st

from ui.compare import compare
from ui.state import note_page

st.set_page_config(page_title="Fall Line", page_icon="⛰️", layout="wide", initial_sidebar_state=330)

page = st.navigation(
    [st.Page(compare, title="Compare", icon=":material/stacked_line_chart:", default=True)], position="top"
)
note_page(page.url_path)
page.run()
