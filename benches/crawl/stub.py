"""The stub server and a crawl of it, for the benches."""
import os, re, subprocess
from pathlib import Path

HOSTS_AT_ONCE = 1000


class Stub:
    """`stub_server`, as long as the block lasts."""

    def __init__(self, binaries, folder=None):
        self.command = [str(Path(binaries) / "examples/stub_server"), "127.0.0.1:0"] + ([str(folder)] if folder else [])

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().rsplit(":", 1)[1])
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def cpu_seconds(self):
        return cpu_seconds(self.process.pid)


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rss_mib(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def environment():
    return {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}


def crawl_command(binaries, urls, output, *more):
    return [str(Path(binaries) / "cleancopy"), "-i", str(urls), "-o", str(output), "--allow-private",
            "--host-request-interval", "0", "--host-concurrency", "64", "--quiet", "--no-progress", *more]
