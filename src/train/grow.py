"""Grows boosted trees with LightGBM for cleancopy-train and writes them as text.

    grow.py FOLDER

FOLDER holds `options.json` and, as little-endian 32-bit floats, `rows` (a block after the other), `labels` (1 or 0) and
`weights`. Standard output gets each tree as lines: `split FEATURE THRESHOLD MEAN`, then its left side, then its right
side; `leaf VALUE`. Several seeds make several forests, each of which counts its share.
"""
import json
import sys
from pathlib import Path

import lightgbm
import numpy


def write(node, share, lines):
    if "split_feature" not in node:
        lines.append(f"leaf {node['leaf_value'] * share!r}")
        return
    threshold = float(numpy.float32(node["threshold"]))
    lines.append(f"split {node['split_feature']} {threshold!r} {node['internal_value'] * share!r}")
    write(node["left_child"], share, lines)
    write(node["right_child"], share, lines)


def main():
    folder = Path(sys.argv[1])
    options = json.loads((folder / "options.json").read_text())

    def read(name):
        return numpy.fromfile(folder / name, dtype="<f4")

    rows = read("rows").reshape(-1, options["features"])
    blocks = lightgbm.Dataset(rows, read("labels"), weight=read("weights"), free_raw_data=False)
    lines = []
    for seed in range(options["seeds"]):
        parameters = {
            "objective": "binary",
            "boost_from_average": False,
            "learning_rate": options["rate"],
            "num_leaves": options["leaves"],
            "min_data_in_leaf": options["blocks_a_leaf"],
            "lambda_l2": 5.0,
            "feature_fraction": 0.5,
            "bagging_fraction": 0.8,
            "bagging_freq": 1,
            "max_bin": 255,
            "seed": 7 + 100 * seed,
            "deterministic": True,
            "force_col_wise": True,
            "num_threads": 2,
            "verbose": -1,
        }
        for tree in lightgbm.train(parameters, blocks, options["trees"]).dump_model()["tree_info"]:
            write(tree["tree_structure"], 1 / options["seeds"], lines)
    print("\n".join(lines))


main()
