#!/usr/bin/env bash
# Measures our readers and the public Python tools for the same returns, in one run, on the same files.
#
#   against_python.sh FOLDER [PYTHON-FOLDER]
#
# FOLDER has one population in each sub-folder, as the generator of test data writes it:
#   gen_returns.py --children 10000 --seed 1 --formats 903,cin,csww --out FOLDER/10000
#   gen_returns.py --children 10000 --seed 1 --lac-share 1.0 --formats 903 --out FOLDER/10000_in_care
# PYTHON-FOLDER is where the tools are installed from PyPI, once; a temporary folder if none is given.
# The tools are given as much as their own reading, and then their rules of the year, which are what
# their users wait for. We have no rules of theirs: compare reading with reading.
set -euo pipefail

folder=$(realpath "$1")
tools=${2:-$(mktemp -d)}
here=$(cd "$(dirname "$0")/../../.." && pwd)

if [ ! -x "$tools/bin/python" ]; then
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet csc-validator-be-cin==0.1.13 csc-validator-be-903==0.1.17
fi

echo "== ours (release)"
(cd "$here" && cargo bench --quiet --package quarterlight-import --bench returns -- "$folder")

echo "== Python: population, return, part, CPU s so far, peak kB"
for population in "$folder"/*/; do
  name=$(basename "$population")
  if [ -f "$population/cin_census.xml" ]; then
    "$tools/bin/python" - "$name" "$population/cin_census.xml" 2>/dev/null <<'PYTHON' || echo "$name, CIN census, failed"
import importlib, resource, sys, time, xml.etree.ElementTree as ET
name, path = sys.argv[1:]
from cin_validator import cin_validator as tool
registry = importlib.import_module("cin_validator.rules.cin2025_26").registry
def say(part, start):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{name}, CIN census, {part}, {time.process_time() - start:.2f}, {peak}", flush=True)
start = time.process_time()
data = tool.process_data(tool.convert_data(ET.parse(path).getroot()))
say("read", start)
tool.CinValidator(data, registry)
say("read and rules", start)
PYTHON
  fi
  if [ -d "$population/903" ]; then
    "$tools/bin/python" - "$name" "$population/903" 2>/dev/null <<'PYTHON' || echo "$name, SSDA903, failed"
import importlib, logging, pathlib, resource, sys, time
name, path = sys.argv[1:]
from lac_validator import lac_validator as tool
from lac_validator.ingress import read_from_text
logging.disable(logging.CRITICAL)
registry = importlib.import_module("lac_validator.rules.lac2025_26").registry
files = [{"name": file.name, "file_content": file.read_bytes(), "description": "This year"}
         for file in sorted(pathlib.Path(path).glob("*.csv"))]
def say(part, start):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{name}, SSDA903, {part}, {time.process_time() - start:.2f}, {peak}", flush=True)
start = time.process_time()
read_from_text(raw_files=files)
say("read", start)
start = time.process_time()
metadata = {"collectionYear": "2025", "localAuthority": "E09000015"}
tool.LacValidator(metadata=metadata, files=files, registry=registry)
say("read and rules", start)
PYTHON
  fi
done
