#!/usr/bin/env python3
"""Print the figures that training recorded, a line a section: recorded_figures.py tests/quality.toml

`[corpus."news424"]` becomes `held_out_news424 F1 0.9400 clean 0.3900`, `[language."fundus de"]` `language_fundus_de …`.
Needs Python 3.9 and nothing else.
"""
import re
import sys

KINDS = {"corpus": "held_out", "language": "language", "text": "text", "kinds": "kinds", "pitches": "pitches"}


def main():
    head, figures = None, []
    for line in [*open(sys.argv[1], encoding="utf-8"), "[end]"]:
        section = re.match(r'\[(?:(\w+)\."([^"]+)"|end)\]', line)
        if section:
            if head:
                print(head, *figures)
            kind, name = section.groups()
            head, figures = kind and f"{KINDS[kind]}_{name.replace(' ', '_')}", []
        figure = re.match(r"(\w+) = (\d+\.\d+)$", line.strip())
        if figure and head:
            figures.append(" ".join(figure.groups()))


main()
