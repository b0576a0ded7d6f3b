# make run: the app.  make class: two of it behind nginx.  make site: the course as pages without a server.
# make test: everything that must hold.  make bench: the numbers.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
# Node.js and npm come with pip, beside Python.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm

.PHONY: run class site test check bench browser nginx clean

run: $(VENV)/app.stamp
	$(BIN)/streamlit run app.py --server.port $(PORT)

class: $(VENV)/app.stamp nginx
	$(BIN)/python -m deploy

# The whole course as pages for any static host, in the folder site.
site: $(VENV)/app.stamp
	$(BIN)/python -m exports.site site

test: check
	$(BIN)/python -m pytest

check: $(VENV)/dev.stamp node_modules/ci.stamp browser nginx
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(NPM) run --silent lint
	$(NPM) run --silent types

bench: $(VENV)/dev.stamp browser nginx
	$(BIN)/python -m benchmarks.bench

# The browser tests need Chromium: installed where that is possible without asking, else the tests say what to install.
browser:
	@if command -v chromium >/dev/null || command -v google-chrome >/dev/null || [ -n "$$FALL_LINE_BROWSER" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -q && apt-get install -qy chromium; \
	else echo "No Chromium found. Install it (apt install chromium; brew install --cask chromium) or set FALL_LINE_BROWSER to its path."; fi

# A class server is two replicas behind nginx, and is tested as such.
nginx:
	@if command -v nginx >/dev/null || [ -x /usr/sbin/nginx ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -q && apt-get install -qy nginx-light; \
	else echo "No nginx found. Install it: apt install nginx-light; brew install nginx."; fi

$(VENV)/app.stamp: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/app.stamp

# What the player's JavaScript is checked and tested with.
node_modules/ci.stamp: package.json package-lock.json $(VENV)/dev.stamp
	$(NPM) ci
	touch $@

clean:
	rm -rf $(VENV) node_modules
