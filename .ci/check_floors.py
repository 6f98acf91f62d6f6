#!/usr/bin/env python3
"""Compare figures with the floors: check_floors.py FLOORS.toml FIGURES.txt

A line of FIGURES is a corpus and its figures: `news424 n=424 F1 0.91  P 0.90`. A figure that is missing fails.
Needs Python 3.9 and nothing else.
"""
import re
import sys


def floors(path):
    """(corpus, figure, kind, limit) for each line of the file, whose form is the plainest of TOML."""
    for line in open(path, encoding="utf-8"):
        line = line.split("#")[0].strip()
        if line.startswith("["):
            kind, corpus = line.strip("[]").split(".")
        elif line:
            figure, limit = (part.strip() for part in line.split("="))
            yield corpus, figure, kind, float(limit)


def figures(path):
    found = {}
    for line in open(path, encoding="utf-8"):
        corpus, _, rest = line.partition(" ")
        for figure, value in re.findall(r"(\w+) (\d+\.\d+)", rest):
            found[corpus, figure] = float(value)
    return found


def main():
    found, failed = figures(sys.argv[2]), 0
    for corpus, figure, kind, limit in floors(sys.argv[1]):
        value = found.get((corpus, figure))
        ok = value is not None and (value >= limit if kind == "at_least" else value <= limit)
        failed += not ok
        shown = "missing" if value is None else f"{value:.3f}"
        print(f"{'ok  ' if ok else 'FAIL'} {corpus:<19} {figure:<8} {shown:>8}  {kind.replace('_', ' ')} {limit:g}")
    sys.exit(f"{failed} figures are beyond their floors" if failed else 0)


if __name__ == "__main__":
    main()
