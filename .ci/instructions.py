#!/usr/bin/env python3
"""Instructions that the program takes for the fixtures: instructions.py BINARY [--record]

Counts them with valgrind's callgrind, which the load of the machine does not touch, and compares with the counts in
instructions.toml: the table of the phrases' words, made at the start, and a page on average. Threads that wait do not count. More than 5 % above is an error; more than 5 % below is
too, since the next loss would go unseen: record the new count with --record. The counts belong to one compiler: with
another one they are printed and not compared.
"""
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / ".ci" / "instructions.toml"
TOLERANCE = 0.05


# The functions inside of which instructions count.
COUNTED = {"start": "*lexicon::triggers::Triggers::of*", "page": "*run::page::PageWorker::work*"}


def instructions(binary, pages, counted):
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--toggle-collect={counted}", binary]
    command += ["--threads", "1", "--to", "jsonl", str(pages), "-o", "/dev/null"]
    done = subprocess.run(command, capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if not found or found[1] == "0":
        sys.exit(f"instructions: valgrind gave no count:\n{done.stderr}")
    return int(found[1])


def counts(binary):
    fixtures = sorted(ROOT.glob("fixtures/*/page.html"))
    with tempfile.TemporaryDirectory() as folder:
        for page in fixtures:
            shutil.copy(page, Path(folder, f"{page.parent.name}.html"))
        found = {name: instructions(binary, folder, counted) for name, counted in COUNTED.items()}
    return {"start": found["start"], "page": found["page"] // len(fixtures)}


def compiler():
    return subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.strip()


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--record"]
    if len(arguments) != 1:
        sys.exit(__doc__)
    if not shutil.which("valgrind"):
        print("instructions: skipped, valgrind is not there")
        return
    now = counts(arguments[0])
    if "--record" in sys.argv:
        lines = [f'compiler = "{compiler()}"'] + [f"{name} = {count}" for name, count in now.items()]
        RECORD.write_text("# Instructions, by `.ci/instructions.py BINARY --record`.\n" + "\n".join(lines) + "\n")
        return
    recorded = tomllib.loads(RECORD.read_text())
    bad = False
    for name, count in now.items():
        change = count / recorded[name] - 1
        print(f"{name:<6} {count:>12,} instructions, recorded {recorded[name]:,}: {100 * change:+.1f} %")
        bad |= abs(change) > TOLERANCE
    if recorded["compiler"] != compiler():
        print(f"instructions: not compared, the record is of {recorded['compiler']}")
    elif bad:
        sys.exit("instructions: over 5 % off; if that is meant, record it with --record")


main()
