"""The pages and how one gets from one to another."""

import streamlit as st

from ui import state
from ui.compare import compare_page
from ui.course import lessons_page
from ui.network.page import network_page
from ui.reference.landscapes_page import landscapes_page
from ui.reference.optimizers_page import optimizers_page
from ui.reference.schedules_page import schedules_page
from ui.sweeps import sweeps_page

st.set_page_config(page_title="Fall Line", page_icon="⛰️", layout="wide", initial_sidebar_state=330)

page = st.navigation(
    [
        st.Page(lessons_page, title="Lessons", icon=":material/school:", url_path="lessons"),
        compare_page(),
        sweeps_page(),
        st.Page(network_page, title="Network", icon=":material/hub:", url_path="network"),
        st.Page(optimizers_page, title="Optimizers", icon=":material/account_tree:", url_path="optimizers"),
        st.Page(landscapes_page, title="Landscapes", icon=":material/landscape:", url_path="landscapes"),
        st.Page(schedules_page, title="Schedules", icon=":material/trending_down:", url_path="schedules"),
    ],
    position="hidden" if st.context.is_embedded else "top",
)
state.remember_page(page.url_path)
page.run()
