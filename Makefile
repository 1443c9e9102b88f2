# The same commands as dev.py, for those who type make.
run test lint bench:; python3 dev.py $@
.PHONY: run test lint bench
