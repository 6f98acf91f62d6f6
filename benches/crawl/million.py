#!/usr/bin/env python3
"""A long list: memory along the way, the size of the state, and how soon a resumed run fetches.

    million.py BINARIES [--count 1000000] [--hosts 1000]
"""
import argparse, subprocess, sys, tempfile, time
from pathlib import Path

from stub import Stub, crawl_command, environment, rss_mib


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("binaries", type=Path)
    a.add_argument("--count", type=int, default=1_000_000)
    a.add_argument("--hosts", type=int, default=1000)
    args = a.parse_args()
    with tempfile.TemporaryDirectory() as folder, Stub(args.binaries) as stub:
        folder = Path(folder)
        urls, output = folder / "urls.txt", folder / "out.jsonl"
        with urls.open("w") as out:
            for number in range(args.count):
                out.write(f"http://h{number % args.hosts}.example:{stub.port}/news/2026/11/26/a-story-with-a-name/{number}\n")
        hosts = [part for host in range(args.hosts) for part in ("--resolve", f"h{host}.example=127.0.0.1")]
        command = crawl_command(args.binaries, urls, output, *hosts)
        watch(command, output, args.count)
        size = sum(path.stat().st_size for path in folder.glob("out.jsonl.state*"))
        print(f"state {size / args.count:.0f} bytes an address")
        with urls.open("a") as out:
            out.write(f"http://h0.example:{stub.port}/the-last-one/1\n")
        resume(command, output)


def watch(command, output, count):
    """Runs the crawl; prints its memory at each tenth."""
    process = subprocess.Popen(command, env=environment())
    started, mark, done, position = time.perf_counter(), count // 10, 0, 0
    at = {}
    while process.poll() is None:
        time.sleep(0.5)
        if output.exists():
            with output.open("rb") as records:
                records.seek(position)
                while chunk := records.read(1 << 20):
                    done += chunk.count(b"\n")
                    position += len(chunk)
        if done >= mark and process.poll() is None:
            at[done] = rss_mib(process.pid)
            print(f"{done:>9} records  {time.perf_counter() - started:6.0f} s  {at[done]:6.1f} MiB", flush=True)
            mark = done - done % (count // 10) + count // 10
    with output.open("rb") as records:
        done = sum(chunk.count(b"\n") for chunk in iter(lambda: records.read(1 << 20), b""))
    if process.returncode != 0 or done != count:
        sys.exit(f"exit {process.returncode}, {done} of {count} records")
    memory = list(at.values())
    if len(memory) > 1:
        print(f"memory at the end / at the first tenth = {memory[-1] / memory[0]:.2f}")


def resume(command, output):
    """Resumes the finished crawl, one address longer; prints how long it took until that one was done."""
    before = output.stat().st_size
    started = time.perf_counter()
    process = subprocess.Popen([*command, "--resume"], env=environment())
    while process.poll() is None and output.stat().st_size == before:
        time.sleep(0.01)
    print(f"resumed: the first page was done after {time.perf_counter() - started:.1f} s")
    process.wait()


if __name__ == "__main__":
    main()
