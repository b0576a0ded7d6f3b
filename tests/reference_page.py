"""One of the reference pages alone, for the tests without a browser; which one, the session says."""

import streamlit as st

from ui.reference.landscapes_page import landscapes_page
from ui.reference.optimizers_page import optimizers_page
from ui.reference.schedules_page import schedules_page

{"landscapes": landscapes_page, "optimizers": optimizers_page, "schedules": schedules_page}[st.session_state.page]()
