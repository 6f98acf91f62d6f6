#!/usr/bin/env python3
"""Milliseconds of CPU a page: cpu_ms.py BINARY PAGES

Runs the program on one thread and takes the best of three runs. A run's figure is the seconds of all stages of --stats
but fetching, divided by the pages; reading and writing count. The stages are timed by the clock on the wall, so on a
busy machine the CPU time of the whole process, start included, is the truer bound and is taken where it is lower.
"""
import json
import resource
import subprocess
import sys

RUNS = 3


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cpu_ms(binary, pages):
    command = [binary, "--threads", "1", "--stats", "--to", "jsonl", pages, "-o", "/dev/null"]
    before = cpu_seconds()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    process = cpu_seconds() - before
    stats = json.loads(done.stderr.strip().splitlines()[-1])
    stages = sum(s for stage, s in stats["seconds"].items() if stage not in ("wall", "fetch"))
    return 1000 * min(stages, process) / stats["pages"]


print(f"{min(cpu_ms(*sys.argv[1:]) for _ in range(RUNS)):.3f}")
