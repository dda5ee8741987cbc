# Needs Python 3.11 or newer with pip, and make. Everything else is installed here:
# uv into .uv/, the project and its pinned dependencies into .venv/.
PYTHON ?= python3
UV := .uv/bin/uv
RUN := $(UV) run --frozen

export UV_PYTHON_DOWNLOADS := never

.PHONY: demo test lint format clean

demo: $(UV)
	$(RUN) --no-default-groups aligner run seeds/putin-visit-kyrgyzstan.txt

test: $(UV)
	$(RUN) pytest

lint: $(UV)
	$(RUN) --group lint ruff format --check
	$(RUN) --group lint ruff check
	$(RUN) --group lint mypy

format: $(UV)
	$(RUN) --group lint ruff format
	$(RUN) --group lint ruff check --fix

$(UV):
	$(PYTHON) -m pip install --quiet --target .uv 'uv>=0.13.9,<0.14'

clean:
	rm -rf .uv .venv
