"""The entry: `streamlit run app.py`. Serves the player's files beside the pages and warms the compiler."""

import logging
import threading
from contextlib import asynccontextmanager

import streamlit as st

from ui import all_routes, give_back_memory, keep_compiled, warm_up

logger = logging.getLogger("fall_line")


def on_script_error(error: Exception) -> bool:
    """Says what happened without a traceback, which goes to the log; the controls stay where they are."""
    logger.error("a page failed", exc_info=error)
    st.error(
        "Something went wrong while drawing this page. The controls still work: change the last one back, or reload to "
        "start again from the link.",
        icon=":material/error:",
    )
    return True


@asynccontextmanager
async def lifespan(_: st.App):
    """Compiles what the first visitor sees while the server is already answering."""
    give_back_memory()
    keep_compiled()
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    yield {}


app = st.App(
    "ui/main.py",
    routes=all_routes(st.get_option("server.baseUrlPath")),
    lifespan=lifespan,
    on_script_error=on_script_error,
)
