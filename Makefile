# make run: the app.  make test: everything that must hold.  make bench: the numbers.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench browser node clean

run: $(VENV)/app.stamp
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: check
	$(BIN)/python -m pytest

check: $(VENV)/dev.stamp browser node
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/dev.stamp browser
	$(BIN)/python -m benchmarks.bench

# The browser tests need Chromium: installed where that is possible without asking, else the tests say what to install.
browser:
	@if command -v chromium >/dev/null || command -v google-chrome >/dev/null || [ -n "$$FALL_LINE_BROWSER" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -q && apt-get install -qy chromium; \
	else echo "No Chromium found. Install it (apt install chromium; brew install --cask chromium) or set FALL_LINE_BROWSER to its path."; fi

# The player's pure parts are tested by node's own runner: node is installed in the same way.
node:
	@if command -v node >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -q && apt-get install -qy nodejs; \
	else echo "No Node.js found. Install version 18 or newer (apt install nodejs; brew install node)."; fi

$(VENV)/app.stamp: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/app.stamp

clean:
	rm -rf $(VENV)
