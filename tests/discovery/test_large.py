"""A gigabyte of CSV: read to its end, sampled, in memory that stays flat."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from designer.discovery.contract import Budget
from designer.discovery.reading import read_stream

ROOT = Path(__file__).parents[2]
_READ = """
import sys
from designer.discovery.reading import read_stream
from designer.discovery.contract import Budget
from designer.discovery.finder import discover
table = read_stream(sys.stdin.buffer, "large.csv", Budget(rows=20_000, reading=3_000))
found = discover(table)
pairs = [(found.names(each.left), found.columns[each.right].name) for each in found.dependencies]
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(table.seen, len(table), (("zip",), "city") in pairs, peak // 1024)
"""


class Endless:
    """A stream of rows that is made while it is read: `size` bytes of them, and then no more."""

    def __init__(self, size):
        self.left, self.row, self.rest = size, 0, b"id,zip,city,text\n"

    def read(self, size):
        while len(self.rest) < size and self.left > 0:
            made = b"".join(
                b"%d,z%d,city %d,%s\n" % (at, at % 900, at % 90, b"x" * 60) for at in range(self.row, self.row + 2_000)
            )
            self.row += 2_000
            self.left -= len(made)
            self.rest += made
        data, self.rest = self.rest[:size], self.rest[size:]
        return data


def test_memory_does_not_grow_with_the_rows():
    source = Endless(12_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    table = read_stream(source, "large.csv", Budget(rows=1_000))
    assert table.seen == source.row
    assert 1_000 <= len(table) < 2_000
    assert len(table.values[0]) < 2_001
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


@pytest.mark.slow
def test_a_gigabyte():
    process = subprocess.Popen([sys.executable, "-c", _READ], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    source = Endless(1_000_000_000)
    while data := source.read(1 << 20):
        process.stdin.write(data)
    process.stdin.close()
    seen, kept, found, megabytes = process.stdout.read().split()
    assert process.wait() == 0
    assert int(seen) == source.row
    assert 20_000 <= int(kept) < 40_000
    assert found == b"True"
    assert int(megabytes) < 200
