.PHONY: help setup run test lint bench models
BIN := .venv/bin
DATA ?= ../shared/data
TRAIN := $(BIN)/crimeview train
export VIDEO

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup:  ## create .venv and whatever system libraries are missing
	@installer/setup.sh run

run: setup  ## analyze VIDEO=path, or the demonstration recording, and open the window on it
	@$(BIN)/crimeview demo $${VIDEO:+"$$VIDEO"}

test:  ## the whole test suite
	@installer/setup.sh test
	@$(BIN)/python -m pytest -n logical --dist worksteal

lint:  ## format, style, types, layers
	@installer/setup.sh test
	@$(BIN)/ruff format --check && $(BIN)/ruff check && $(BIN)/mypy && $(BIN)/lint-imports --no-logo

bench:  ## every measurement of speed; QUICK=1 for the short ones, ONLY="speed memory" for some
	@installer/setup.sh test
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick) $(if $(ONLY),--only $(ONLY))

models:  ## train every model that ships anew, from the data sets in DATA, and write their cards
	@installer/setup.sh test
	@$(TRAIN) encoder --data "$(DATA)" --out models/c3d-motion-small --seeds 3 --resume
	@$(TRAIN) scorer --data "$(DATA)" --out models/c3d-motion-events --resume
	@for method in sultani rtfm milr context; do \
		$(TRAIN) scorer --features ucf --method $$method --data "$(DATA)" --out models/c3d-$$method --resume \
		|| exit 1; done
	@$(TRAIN) violence --data "$(DATA)" --out models/violence-mobilenet --seeds 3 --resume
	@for method in slic types; do \
		$(TRAIN) projection --method $$method --data "$(DATA)" --out models/c3d-projection-$$method --seeds 3 --resume \
		|| exit 1; done
	@[ -d models/blazepose-regions ] || $(BIN)/crimeview models fetch pose
	@[ -d models/yolox-nano-416 ] || $(BIN)/crimeview models import "$(DATA)/detectors/yolox_nano_416.onnx"
	@$(TRAIN) theft --data "$(DATA)/shoplifting" --detector yolox-nano-416 --out models/theft-lstm --seeds 3
	@$(TRAIN) crime-type --data "$(DATA)" --out models/c3d-crime-type --seeds 3 --resume
	@$(TRAIN) crime-type --features own --data "$(DATA)" --out models/motion-crime-type --resume
