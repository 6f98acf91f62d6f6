#!/usr/bin/env python3
"""Pages a second of a crawl on this machine, beside trafilatura's own bulk command on the same list.

    throughput.py BINARIES [PAGES] [--count 4000] [--trafilatura PYTHON]

BINARIES is the folder of the built program (target/release). PAGES is a folder of pages; without it all are small ones.
PYTHON is one that has trafilatura installed; it gets the first COUNT/8 addresses, as it takes long.
"""
import argparse, json, re, subprocess, tempfile, time
from pathlib import Path

from stub import Stub, crawl_command, environment


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("binaries", type=Path)
    a.add_argument("pages", type=Path, nargs="?")
    a.add_argument("--count", type=int, default=4000)
    a.add_argument("--trafilatura", metavar="PYTHON", type=Path)
    args = a.parse_args()
    with tempfile.TemporaryDirectory() as folder, Stub(args.binaries, args.pages) as stub:
        folder = Path(folder)
        urls = [f"http://127.0.0.1:{stub.port}/story/{number}" for number in range(args.count)]
        ours = ours_per_second(args.binaries, folder, urls, stub)
        if args.trafilatura:
            theirs = theirs_per_second(args.trafilatura, folder, urls[: args.count // 8])
            print(f"trafilatura   {theirs:8.1f} pages/s   cleancopy / trafilatura = {ours / theirs:.1f}")


def ours_per_second(binaries, folder, urls, stub):
    listed, output = folder / "urls.txt", folder / "out.jsonl"
    listed.write_text("\n".join(urls) + "\n")
    before, started = stub.cpu_seconds(), time.perf_counter()
    run = subprocess.run(["/usr/bin/env", "time", "-f", "%U %S", *crawl_command(binaries, listed, output, "--stats")],
                         capture_output=True, text=True, env=environment(), check=True)
    seconds, server = time.perf_counter() - started, stub.cpu_seconds() - before
    lines = run.stderr.strip().splitlines()
    stats = json.loads(next(line for line in lines if line.startswith("{")))
    cpu = sum(map(float, lines[-1].split()))
    cleaning = sum(stats["seconds"][stage] for stage in ("decode", "segment", "judge"))
    written = sum(1 for _ in output.open())
    assert written == len(urls) and stats["failed"] == 0, (written, stats)
    rate = len(urls) / seconds
    print(f"cleancopy     {rate:8.1f} pages/s   {seconds:.1f} s, processor {cpu:.1f} s (server {server:.1f} s), "
          f"of which decode, segment and judge {cleaning:.1f} s = {cleaning / cpu:.0%}")
    return rate


def theirs_per_second(python, folder, urls):
    listed, output = folder / "their-urls.txt", folder / "theirs"
    listed.write_text("\n".join(urls) + "\n")
    output.mkdir()
    settings = subprocess.run([str(python), "-c", "import trafilatura; print(trafilatura.__path__[0])"], check=True,
                              capture_output=True, text=True).stdout.strip()
    # All pages are of one host, and of this machine: it would wait between them, and refuse them.
    without_pauses = re.sub(r"SLEEP_TIME = .*", "SLEEP_TIME = 0", Path(settings, "settings.cfg").read_text())
    without_pauses = without_pauses.replace("SSRF_PROTECTION = on", "SSRF_PROTECTION = off")
    (folder / "settings.cfg").write_text(without_pauses)
    command = [str(python), "-m", "trafilatura.cli", "--config-file", str(folder / "settings.cfg"), "-i", str(listed), "-o", str(output), "--json", "--parallel", "2"]
    started = time.perf_counter()
    # Its exit code tells of single pages; what counts is what it wrote.
    subprocess.run(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - started
    written = sum(1 for _ in output.rglob("*.json"))
    print(f"trafilatura   {written} of {len(urls)} pages written in {seconds:.1f} s")
    return len(urls) / seconds


if __name__ == "__main__":
    main()
