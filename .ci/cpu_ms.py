#!/usr/bin/env python3
"""Milliseconds of CPU a page: cpu_ms.py BINARY PAGES

Runs the program on one thread three times and takes the best: the seconds of all stages of --stats but fetching,
divided by the pages. Reading and writing count.
"""
import json
import subprocess
import sys

RUNS = 3


def cpu_ms(binary, pages):
    command = [binary, "--threads", "1", "--stats", "--to", "jsonl", pages, "-o", "/dev/null"]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    stats = json.loads(done.stderr.strip().splitlines()[-1])
    seconds = sum(s for stage, s in stats["seconds"].items() if stage not in ("wall", "fetch"))
    return 1000 * seconds / stats["pages"]


print(f"{min(cpu_ms(*sys.argv[1:]) for _ in range(RUNS)):.3f}")
