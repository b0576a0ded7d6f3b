"""A page that fails."""

import streamlit as st

st.slider("A control", 0, 10, key="control")
raise RuntimeError("the secret of the page")
