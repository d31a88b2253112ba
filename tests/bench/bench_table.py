# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""What a bench found, as rows of a table. It measures nothing itself."""

import dataclasses
import os
import statistics


class BenchError(Exception):
    """Something that could not be measured, in words for the person at the terminal."""


@dataclasses.dataclass
class Goal:
    """A bound for the ratio of ours to theirs or, with a unit, for our own number."""

    at_least: float | None = None
    at_most: float | None = None
    unit: str | None = None

    def __str__(self):
        sign, bound = ("≥", self.at_least) if self.at_least is not None else ("≤", self.at_most)
        return f"{sign} {bound:,g} {self.unit or '×'}"

    def is_reached(self, value):
        return value >= self.at_least if self.at_least is not None else value <= self.at_most


@dataclasses.dataclass
class Row:
    """One comparison. Several samples of a side are taken in turns with the other's; the median counts."""

    what: str
    ours: list[float]
    unit: str
    theirs: list[float] | None = None
    goal: Goal | None = None

    @property
    def our_number(self):
        return statistics.median(self.ours)

    @property
    def ratio(self):
        return self.our_number / statistics.median(self.theirs) if self.theirs else None

    def cells(self):
        verdict = ""
        if self.goal:
            judged = self.our_number if self.goal.unit else self.ratio
            verdict = "reached" if self.goal.is_reached(judged) else "not reached"
        return [
            self.what,
            f"{write_number(self.our_number)} {self.unit}",
            f"{write_number(statistics.median(self.theirs))} {self.unit}" if self.theirs else "",
            f"{write_number(self.ratio)} ×" if self.theirs else "",
            str(self.goal or ""),
            verdict,
        ]


def write_number(value):
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def print_table(suite, rows):
    """In Markdown, so that it can be laid into docs/performance.md as it is."""
    table = [[suite, "ours", "theirs", "ours ÷ theirs", "goal", ""], *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    table.insert(1, ["-" * width for width in widths])
    print()
    for line in table:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |")
    print(flush=True)


def describe_machine():
    model = "a processor without a name"
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    with open("/proc/meminfo", encoding="utf-8") as lines:
        gigabytes = int(lines.readline().split()[1]) / 1024 / 1024
    return f"{len(os.sched_getaffinity(0))} cores of {model}, {gigabytes:.0f} GiB"
