"""A browser tab without a browser: Streamlit's messages over its websocket, and the player's requests over HTTP."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE = 60.0  # seconds without an answer, after which a tab counts as lost
EVENTS_OF = "$$STREAMLIT_INTERNAL_KEY_"  # before the name of a component that reports an event
WHOLE_PAGE = ""  # in place of a fragment's name


class Answer(NamedTuple):
    """Seconds from the request to the player's data, None if there were none, and to the end of the script's run."""

    data: float | None
    finished: float


class PageError(Exception):
    """The page showed an error, or the server said that a run of its script failed."""


@dataclass
class Visitor:
    """One tab: what is on its page, and what it sends back.

    Like a browser it returns the state of every widget with each request, in the fragment that holds the moved one.
    """

    socket: ClientConnection
    address: str
    cookie: str = ""  # by which a proxy knows to which replica the tab belongs
    page: str = ""
    page_hash: str = ""
    query: str = ""
    player: str = ""  # the name of the player's component
    payload: str = ""  # what it was last sent, as JSON
    widgets: dict[str, dict[str, WidgetState]] = field(default_factory=dict)  # by fragment, then by the widget's name
    sliders: dict[str, tuple[str, Slider]] = field(default_factory=dict)  # by key: the fragment, and the slider
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)  # by key: the fragment, and the widget's name

    async def open(self, page: str = "", query: str = "") -> Answer:
        """Asks for a whole page."""
        self.page, self.page_hash, self.query = page, "", query
        return await self.send(WHOLE_PAGE)

    async def move(self, key: str, by: int) -> Answer:
        """Moves the slider whose key begins with `key`; at the end of its range it turns back."""
        fragment, slider = next(found for name, found in self.sliders.items() if name.startswith(key))
        place = int(slider.default[0]) + by
        chosen = slider.options[place if 0 <= place < len(slider.options) else place - 2 * by]
        moved = WidgetState(id=slider.id)
        moved.string_array_value.data.append(chosen)
        self.widgets[fragment][slider.id] = moved
        return await self.send(fragment)

    async def press(self, key: str) -> Answer:
        """Presses the button whose key is `key`."""
        fragment, identity = self.buttons[key]
        return await self.send(fragment, WidgetState(id=identity, trigger_value=True))

    async def act(self, name: str, value: Any) -> Answer:
        """Does in the player what it reports under a name, such as dragging the start."""
        event = WidgetState(id=f"{EVENTS_OF}{self.player}__events")
        event.json_trigger_value = json.dumps([{"event": name, "value": value}])
        return await self.send(WHOLE_PAGE, event)

    async def fetch(self, path: str, method: str = "GET") -> tuple[int, bytes]:
        """Status and body of a request below the server's address."""
        where = urlsplit(self.address)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        lines = [
            f"{method} {where.path}/{path} HTTP/1.1",
            "Content-Length: 0",
            f"Cookie: {self.cookie}",
            f"Host: {where.netloc}",
            "Accept-Encoding: gzip",
            "Connection: close",
        ]
        try:
            writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
            head, _, body = (await asyncio.wait_for(reader.read(), PATIENCE)).partition(b"\r\n\r\n")
        finally:
            writer.close()
        return int(head.split(b" ", 2)[1]), body

    async def send(self, fragment: str, *events: WidgetState) -> Answer:
        """Asks for a run of the script, or of one fragment of it, with what the widgets say now and with events."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_name, asked.page_script_hash = self.query, self.page, self.page_hash
        asked.fragment_id = fragment
        asked.widget_states.widgets.extend(state for states in self.widgets.values() for state in states.values())
        asked.widget_states.widgets.extend(events)
        asked.context_info.timezone, asked.context_info.url = "UTC", f"{self.address}/{self.page}"
        begun = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        return await self._answer(begun)

    async def _answer(self, begun: float) -> Answer:
        """Reads until the script has run to its end, which a page that asks to be run again reaches the second time."""
        data, reported, wrong = None, None, []
        while True:
            message = ForwardMsg()
            message.ParseFromString(await asyncio.wait_for(self.socket.recv(decode=False), PATIENCE))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._begin(list(message.metadata.run.fragment_ids), message.new_session.page_script_hash)
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "delta":
                wrong += complaints_of(message.delta)
                if self._take(message.delta) and data is None:
                    data = time.perf_counter() - begun
                    serial = json.loads(self.payload)["serial"]
                    reported = asyncio.create_task(self.fetch(f"fall-line/drawn?serial={serial}", "POST"))
            elif kind == "session_event":
                wrong.append(str(message.session_event))
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                if reported:
                    await reported
                if wrong:
                    raise PageError("; ".join(wrong)[:500])
                return Answer(data, time.perf_counter() - begun)

    def _begin(self, fragments: list[str], page_hash: str) -> None:
        """Forgets the widgets that are about to be drawn anew."""
        self.page_hash = page_hash
        if not fragments:
            self.sliders.clear()
        for fragment in fragments or list(self.widgets):
            self.widgets.pop(fragment, None)

    def _take(self, delta: Delta) -> bool:
        """Draws one element; whether it held data for the player."""
        if delta.WhichOneof("type") != "new_element":
            return False
        kind = delta.new_element.WhichOneof("type") or ""
        element: Any = getattr(delta.new_element, kind, None)
        if kind in STATES:
            state = WidgetState(id=element.id)
            STATES[kind](element, state)
            self.widgets.setdefault(delta.fragment_id, {})[element.id] = state
        if kind == "button":
            self.buttons[element.id.split("-", 2)[-1]] = delta.fragment_id, element.id
        if kind == "slider":
            self.sliders[element.id.split("-", 2)[-1]] = delta.fragment_id, element
        if kind == "bidi_component" and '"digest"' in element.json:
            self.payload = element.json
            self.player = self.player if delta.fragment_id else element.id
            return True
        return False


def complaints_of(delta: Delta) -> list[str]:
    """What an element says that went wrong on the server's side; that a person typed nonsense is not meant."""
    element = delta.new_element
    kind = element.WhichOneof("type")
    if kind == "exception":
        return [f"{element.exception.type}: {element.exception.message}"]
    return [element.alert.body] if kind == "alert" and element.alert.format == Alert.ERROR else []


@asynccontextmanager
async def visitor(address: str) -> AsyncIterator[Visitor]:
    """A tab that is connected to the server and has asked for nothing yet."""
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    cookie = await cookie_of(address)
    protocol = Subprotocol("streamlit")
    headers = {"Cookie": cookie}
    async with connect(
        stream, subprotocols=[protocol], additional_headers=headers, max_size=None, open_timeout=PATIENCE
    ) as socket:
        yield Visitor(socket, address, cookie)


async def cookie_of(address: str) -> str:
    """What a browser is given to keep with the first page that it asks for; empty if nothing."""
    where = urlsplit(address)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    try:
        writer.write(f"GET {where.path}/ HTTP/1.1\r\nHost: {where.netloc}\r\nConnection: close\r\n\r\n".encode())
        head, _, _ = (await asyncio.wait_for(reader.read(), PATIENCE)).partition(b"\r\n\r\n")
    finally:
        writer.close()
    lines = (line.partition(b":") for line in head.split(b"\r\n"))
    given = next((value for name, _, value in lines if name.strip().lower() == b"set-cookie"), b"")
    return given.partition(b";")[0].strip().decode()


def _slider_state(slider: Any, state: WidgetState) -> None:
    if slider.type == Slider.SELECT_SLIDER:
        state.string_array_value.data.extend(slider.options[int(index)] for index in slider.default)
    else:
        state.double_array_value.data.extend(slider.default)


def _text_state(field: Any, state: WidgetState) -> None:
    state.string_value = field.default


def _selectbox_state(box: Any, state: WidgetState) -> None:
    state.string_value = box.options[box.default]


def _button_group_state(group: Any, state: WidgetState) -> None:
    state.string_array_value.data.extend(group.options[index].content for index in group.default)


def _component_state(component: Any, state: WidgetState) -> None:
    state.json_value = "{}"


STATES: dict[str, Callable[[Any, WidgetState], None]] = {
    "slider": _slider_state,
    "text_input": _text_state,
    "selectbox": _selectbox_state,
    "button_group": _button_group_state,
    "bidi_component": _component_state,
}
