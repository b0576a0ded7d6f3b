"""The app: pages, controls, what is served beside them, and the mount of the player. Only here is Streamlit known."""

from ui.memory import give_back_memory
from ui.routes import all_routes
from ui.warm_up import keep_compiled, warm_up

__all__ = ["all_routes", "give_back_memory", "keep_compiled", "warm_up"]
