# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""The suites that are C programs: what they print becomes rows, with the goals."""

import json
import pathlib
import subprocess
import tempfile

from bench_table import BenchError, Goal, Row

FEW_ROWS = 1000

# Issue 4's, for 100,000 appointments.
ENGINE_GOALS = {
    "first sync, rows applied": Goal(at_least=20_000, unit="/s"),
    "first sync, beside a bare insert": Goal(at_least=0.5),
    "first sync, rows applied by pages of 500": Goal(at_least=20_000, unit="/s"),
    "nothing changed, writes to the file": Goal(at_most=0, unit="times"),
    "search as you type, p99": Goal(at_most=16, unit="ms"),
    "open to the first rows": Goal(at_most=50, unit="ms"),
    "longest stall while it is scrolled": Goal(at_most=8, unit="ms"),
}


def run_program(options, name, *arguments, limit=1200):
    """The objects that it prints, one a line."""
    command = [options.build / "tests/bench" / name, *map(str, arguments)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
    except FileNotFoundError:
        raise BenchError(f"{name} has not been built") from None
    except subprocess.TimeoutExpired:
        raise BenchError(f"{name} did not end within {limit} seconds") from None
    if done.returncode != 0:
        raise BenchError(f"{name} failed: {done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def make_rows(results, goals):
    return [Row(result["what"], result["ours"], result["unit"], result.get("theirs"), goals.get(result["what"]))
            for result in results]


def run_core(options):
    return make_rows(run_program(options, "bench-core", options.rounds), {})


def measure_memory(options, path):
    return run_program(options, "bench-engine", "memory", path)[0]["ours"]


def run_engine(options):
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.build) as folder:
        folder = pathlib.Path(folder)
        rows = make_rows(run_program(options, "bench-engine", "measure", folder, options.rows,
                                     min(options.rounds, 3)), ENGINE_GOALS)
        # Both anew: what was measured before has left words that the search would learn meanwhile.
        for name, n_rows in (("large.db", options.rows), ("small.db", FEW_ROWS)):
            run_program(options, "bench-engine", "fill", folder / name, n_rows)
        rows.append(Row(f"memory with {options.rows:,} rows, beside {FEW_ROWS:,}",
                        measure_memory(options, folder / "large.db"), "MiB",
                        measure_memory(options, folder / "small.db"), Goal(at_most=1.1)))
        return rows
