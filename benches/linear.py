#!/usr/bin/env python3
"""Whether the time for a hostile page grows with its size: linear.py BINARY HOSTILE [--small 2] [--large 20] [--most 12]

HOSTILE is the program that writes the pages to a folder (`HOSTILE FOLDER --mb N`). Each page is cleaned by itself in both
sizes, in MB. The CPU time of the larger one may be --most times that of the smaller one; each is the best of three runs.
"""
import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 3
# Seconds after which a page counts as hung.
LIMIT = 120
# Pages whose time is that of starting the program, or that do not grow with the size.
FIXED = {"bomb.html.gz", "empty.html"}


def cpu_seconds(command):
    """The CPU time of a command; infinite where it hangs or is ended by a signal."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return float("inf")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 3, 4):
        return float("inf")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def best(binary, page):
    command = [binary, "--to", "text", "--threads", "1", "--max-size", "200MB", str(page)]
    return min(cpu_seconds(command) for _ in range(RUNS))


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("binary")
    a.add_argument("hostile")
    a.add_argument("--small", type=float, default=2)
    a.add_argument("--large", type=float, default=20)
    a.add_argument("--most", type=float, default=12)
    args = a.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        folders = {size: Path(folder) / str(size) for size in (args.small, args.large)}
        for size, pages in folders.items():
            subprocess.run([sys.executable, args.hostile, str(pages), "--mb", str(size)], check=True)
        for small in sorted(folders[args.small].iterdir()):
            if small.name in FIXED:
                continue
            times = [best(args.binary, small), best(args.binary, folders[args.large] / small.name)]
            ratio = times[1] / max(times[0], 0.01)
            grows = ratio > args.most
            bad += grows
            print(f"{small.name:<28} {times[0]:7.2f} s {times[1]:7.2f} s  {ratio:5.1f}{'  TOO SLOW' if grows else ''}", flush=True)
    print(f"linear: {bad} pages take over {args.most:g} times as long at {args.large:g} MB as at {args.small:g} MB")
    sys.exit(bool(bad))


main()
