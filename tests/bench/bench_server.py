# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""roundsd beside an Express server with the same routes, rules and rows, loaded by turns by bench-load, or by wrk."""

import contextlib
import dataclasses
import json
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile

from bench_processes import PASSWORD, install_express, slow_disk, start_express, start_roundsd
from bench_table import BenchError, Goal, Row

SCRIPT = pathlib.Path(__file__).resolve().parent / "load.lua"
DOCTOR = "doctor@example.org"
LISTED = 1000
MOST_REQUESTS = 500_000  # in one measurement, whatever its time
# What a commit waits for where a flush is honest: a disk without a battery, or one on the network.
FLUSH_MILLISECONDS = 2
WARM = 500  # calls before anything is measured on servers that have done nothing yet
MANY = 128  # connections, so that there is something to share a commit
LONGER = 3  # a server with one thread answers so many in one go: there have to be several


@dataclasses.dataclass
class Load:
    what: str
    method: str
    paths: list[str]
    body: dict | None = None
    connections: int = 32
    times: int = 1  # as long as the others
    goal: Goal | None = None


def fill(server):
    """Exactly a thousand appointments for the doctor: the demo's, and as many more, half of them virtual."""
    doctor = server.sign_in(DOCTOR)
    hospital = server.call("GET", "/api/users/me")["user"]["hospital"]
    missing = LISTED - len(server.call("GET", f"/api/appointments/user/{doctor}")["appointments"])
    if missing < 0:
        raise BenchError("the demo's doctor has more than a thousand appointments by now")
    for number in range(missing):
        day, slot = divmod(number, 16)
        server.call("POST", "/api/appointments", {
            "hospital": hospital,
            "department": "Cardiology",
            "appointmentType": "virtual" if number % 2 == 0 else "in-person",
            "appointmentDate": f"2031-{1 + day // 28:02}-{1 + day % 28:02}",
            "appointmentTime": f"{8 + slot // 2:02}:{30 * (slot % 2):02}",
            "reasonForVisit": "Follow-up after a change of the medication, blood pressure diary to be discussed",
            "patientDetails": {"fullName": f"Patient {number}", "email": f"patient{number}@bench.example.org",
                               "phoneNumber": "+49 30 23125 000", "age": 20 + number % 60, "gender": "Female"},
        })


def copy_database(source, target):
    target.mkdir()
    with contextlib.closing(sqlite3.connect(source / "rounds.db")) as old, \
            contextlib.closing(sqlite3.connect(target / "rounds.db")) as new:
        old.backup(new)


def plan_loads(server, doctor):
    own = server.call("GET", f"/api/meetings/user/{doctor}")["meetings"]
    people = server.call("GET", f"/api/appointments/user/{doctor}")["appointments"]
    patient = next(record["patient"] for record in people if "patient" in record)
    meeting = {
        "participants": [doctor, patient],
        "roleContext": "patient-doctor",
        "title": "Weekly review",
        "description": "Medication, blood pressure diary, next steps",
        "scheduledAt": "2031-06-15T14:00:00Z",
        "meetingType": "video",
    }
    return [
        Load("create meeting", "POST", ["/api/meetings"], meeting, goal=Goal(at_least=20)),
        Load("get meeting", "GET", [f"/api/meetings/{record['id']}" for record in own], goal=Goal(at_least=30)),
        Load("list 1,000 appointments", "GET", [f"/api/appointments/user/{doctor}"], connections=4,
             goal=Goal(at_least=8)),
        Load("sign in", "POST", ["/api/auth/login"], {"email": DOCTOR, "password": PASSWORD}, connections=4),
    ]


def outline(value):
    """What of an answer has to be the same on both sides: the members' names, and how many there are."""
    if isinstance(value, dict):
        return {name: outline(member) for name, member in value.items()}
    if isinstance(value, list):
        return [outline(element) for element in value]
    return type(value).__name__


def compare_answers(ours, theirs, loads):
    """So that nobody is faster by saying less."""
    for load in loads:
        answers = [server.call(load.method, load.paths[0], load.body) for server in (ours, theirs)]
        if load.what == "sign in":
            continue  # how a token looks is each one's own matter
        if outline(answers[0]) != outline(answers[1]):
            raise BenchError(f"{load.what}: the two servers answer with different members")


def make_command(server, load, seconds, options):
    if options.wrk:
        return ["wrk", "--threads", "1", "--connections", str(load.connections), "--duration", f"{seconds}s",
                "--timeout", "20s", "--script", SCRIPT, server.uri, "--", str(MOST_REQUESTS)]
    return [options.build / "tests/bench/bench-load", server.place, str(load.connections), str(seconds),
            str(MOST_REQUESTS)]


def measure(server, load, seconds, options):
    """(answers a second, processor seconds for each)."""
    lines = [load.method, server.token if load.what != "sign in" else "",
             json.dumps(load.body) if load.body else "", *load.paths]
    before = server.measure_processor()
    done = subprocess.run(make_command(server, load, seconds, options), input="\n".join(lines) + "\n",
                          capture_output=True, text=True, timeout=seconds + 60, check=False)
    used = server.measure_processor() - before
    if done.returncode != 0:
        raise BenchError(f"the load failed: {done.stderr or done.stdout}")
    result = json.loads(done.stdout.splitlines()[-1])
    if result["requests"] == 0 or result["refused"] > 0 or result["broken"] > 0:
        raise BenchError(f"{server.name}, {load.what}: {result['requests']} answers, {result['refused']} refusals, "
                         f"{result['broken']} broken connections")
    return result["requests"] / result["microseconds"] * 1e6, used / result["requests"]


def measure_load(ours, theirs, load, options):
    samples = {ours: [], theirs: []}
    for number in range(options.rounds):
        # Whoever is first in one round is second in the next.
        for server in (ours, theirs) if number % 2 == 0 else (theirs, ours):
            samples[server].append(measure(server, load, options.seconds * load.times, options))
    return [
        Row(load.what, [rate for rate, _ in samples[ours]], "/s", [rate for rate, _ in samples[theirs]], load.goal),
        Row(f"{load.what}: processor time", [used * 1e6 for _, used in samples[ours]], "µs",
            [used * 1e6 for _, used in samples[theirs]]),
    ]


def compare_over_sockets(ours, theirs, options):
    """As behind a web server on the same machine, which takes TLS and TCP off them."""
    doctor = ours.sign_in(DOCTOR)
    theirs.sign_in(DOCTOR)
    load, known = (plan_loads(server, doctor)[1] for server in (ours, theirs))
    # Each has new ones of its own by now.
    both = sorted(set(load.paths) & set(known.paths))
    load = dataclasses.replace(load, what=f"{load.what}, over a Unix socket", paths=both, times=LONGER)
    compare_answers(ours, theirs, [load])
    for server in (ours, theirs):
        for _ in range(WARM):
            server.call(load.method, load.paths[0])
    return measure_load(ours, theirs, load, options)


def compare_on_slow_disk(ours, theirs, options):
    doctor = ours.sign_in(DOCTOR)
    theirs.sign_in(DOCTOR)
    create = plan_loads(ours, doctor)[0]
    load = dataclasses.replace(create, what=f"{create.what}, where a flush takes {FLUSH_MILLISECONDS} ms more",
                               connections=MANY, times=LONGER)
    compare_answers(ours, theirs, [load])
    # Both were started just now, and Node translates what it runs often.
    for server in (ours, theirs):
        for _ in range(WARM):
            server.call(load.method, load.paths[0], load.body)
    return measure_load(ours, theirs, load, options)


def compare(ours, theirs, options):
    doctor = ours.sign_in(DOCTOR)
    theirs.sign_in(DOCTOR)
    loads = plan_loads(ours, doctor)
    compare_answers(ours, theirs, loads)
    memory = [Row("memory at rest", [ours.measure_memory_at_rest()], "MiB", [theirs.measure_memory_at_rest()],
                  Goal(at_most=0.2))]
    rows = []
    for load in loads:
        rows += measure_load(ours, theirs, load, options)
    memory.append(Row("memory after the load", [ours.measure_memory_at_rest()], "MiB",
                      [theirs.measure_memory_at_rest()]))
    return rows + memory


def run(options):
    if options.wrk and shutil.which("wrk") is None:
        raise BenchError("wrk is not installed")
    if not (options.build / "tests/bench/bench-load").exists():
        raise BenchError("bench-load has not been built")
    installed = install_express(options.cache)
    # In the build folder: what lies in /tmp may lie in memory, and a commit would cost nothing.
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.build) as folder:
        folder = pathlib.Path(folder)
        (folder / "ours").mkdir()
        with start_roundsd(options.build, folder / "ours", demo=True) as server:
            fill(server)
        copy_database(folder / "ours", folder / "theirs")
        with start_roundsd(options.build, folder / "ours") as ours, \
                start_express(installed, folder / "theirs") as theirs:
            rows = compare(ours, theirs, options)
        # wrk knows no such sockets.
        if not options.wrk:
            with start_roundsd(options.build, folder / "ours", socket=str(folder / "ours/http")) as ours, \
                    start_express(installed, folder / "theirs", socket=str(folder / "theirs/http")) as theirs:
                rows += compare_over_sockets(ours, theirs, options)
        disk = slow_disk(options.build, FLUSH_MILLISECONDS)
        with start_roundsd(options.build, folder / "ours", disk=disk) as ours, \
                start_express(installed, folder / "theirs", disk=disk) as theirs:
            return rows + compare_on_slow_disk(ours, theirs, options)
