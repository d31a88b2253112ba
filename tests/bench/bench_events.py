# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Many WebSocket clients on one roundsd: how long an event takes to reach them all, and what they cost."""

import contextlib
import hashlib
import os
import pathlib
import re
import resource
import sqlite3
import subprocess
import tempfile
import time

from bench_processes import die_with_parent, start_roundsd
from bench_table import BenchError, Goal, Row

CLIENTS_OF_ONE = 25  # people have several devices; 32 is the most
EVENTS = 40


def make_people(folder, hospital, count):
    """Staff who are signed in, written beside the server; hashing a password each would take an hour."""
    now = int(time.time() * 1_000_000)
    end = now + 86_400_000_000
    tokens = []
    with contextlib.closing(sqlite3.connect(folder / "rounds.db", timeout=30)) as db, db:
        for number in range(count):
            person, session = f"{0xbe0000 + number:024x}", f"{0xce0000 + number:024x}"
            token = f"bench-token-{number:031d}"
            db.execute("INSERT INTO users (id, name, email, role, hospital_id, created_at, updated_at)"
                       " VALUES (?, ?, ?, 'hospital', ?, ?, ?)",
                       (person, f"Person {number}", f"person{number}@example.org", hospital, now, now))
            db.execute("INSERT INTO sessions (id, user_id, created_at, expires_at, last_used_at, address)"
                       " VALUES (?, ?, ?, ?, ?, '127.0.0.1')", (session, person, now, end, now))
            db.execute("INSERT INTO session_tokens (access_hash, session_id, state, created_at, access_expires_at)"
                       " VALUES (?, ?, 'current', ?, ?)",
                       (hashlib.blake2b(token.encode(), digest_size=32).digest(), session, now, end))
            tokens.append(token)
    return tokens


class Clients:
    """All WebSockets, in a program of their own: bench-sockets.c."""

    def __init__(self, build, port, tokens, count):
        self.process = subprocess.Popen([build / "tests/bench/bench-sockets"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        preexec_fn=die_with_parent)
        self.tell(f"{port} {count} {CLIENTS_OF_ONE}", *tokens, "")
        self.hear("open")

    def tell(self, *lines):
        self.process.stdin.write("".join(line + "\n" for line in lines))
        self.process.stdin.flush()

    def hear(self, expected=None):
        line = self.process.stdout.readline().strip()
        if not line or (expected and line != expected):
            raise BenchError(f"the clients failed: {self.process.communicate()[1][-1000:]}")
        return line

    def settle(self):
        """Until nothing has come for a while: states come behind the news."""
        self.tell("quiet")
        self.hear("quiet")

    def measure_processor(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.process.kill()
        self.process.communicate()


def measure_event(server, path, number, clients):
    """Milliseconds from before the write is sent until it is answered, and until each client has read that there is
    something."""
    clients.tell("event")
    clients.hear("waiting")
    began = time.clock_gettime_ns(time.CLOCK_MONOTONIC) / 1000
    server.call("PATCH", path, {"notes": f"Event {number}"})
    answered = time.clock_gettime_ns(time.CLOCK_MONOTONIC) / 1000
    return (answered - began) / 1000, [(float(moment) - began) / 1000 for moment in clients.hear().split()]


def measure_throughput(server, path, seconds):
    command = ["wrk", "--threads", "1", "--connections", "16", "--duration", f"{seconds}s",
               "--header", f"Authorization: Bearer {server.token}", server.uri + path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if done.returncode != 0 or not found or "Non-2xx" in done.stdout:
        raise BenchError(f"wrk failed: {done.stderr or done.stdout}")
    return float(found.group(1))


def book(server):
    hospital = server.call("GET", "/api/users/me")["user"]["hospital"]
    made = server.call("POST", "/api/appointments", {
        "hospital": hospital, "department": "Cardiology", "appointmentType": "virtual",
        "appointmentDate": "2031-01-15", "appointmentTime": "10:00 AM", "reasonForVisit": "Bench",
        "patientDetails": {"fullName": "Somebody", "email": "somebody@example.org", "age": 40}})
    return hospital, f"/api/appointments/{made['appointment']['id']}"


def run(options):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    count = min(options.clients, hard - 256)
    with tempfile.TemporaryDirectory(prefix="rounds-bench-") as name:
        folder = pathlib.Path(name)
        with start_roundsd(options.build, folder, demo=True) as server:
            server.sign_in("doctor@example.org")
            hospital, path = book(server)
            tokens = make_people(folder, hospital, -(-count // CLIENTS_OF_ONE))
            return measure(server, path, tokens, count, options)


def measure(server, path, tokens, count, options):
    quiet = [measure_throughput(server, path, options.seconds) for _ in range(options.rounds)]
    memory = server.measure_memory()
    with Clients(options.build, server.port, tokens, count) as clients:
        clients.settle()
        each = (server.measure_memory() - memory) * 1024 / count
        beside = [measure_throughput(server, path, options.seconds) for _ in range(options.rounds)]
        clients.settle()
        processor, theirs = server.measure_processor(), clients.measure_processor()
        writes, times = [], []
        for number in range(EVENTS):
            written, heard = measure_event(server, path, number, clients)
            writes.append(written)
            times += heard
            clients.settle()
        processor = (server.measure_processor() - processor) * 1000 / EVENTS
        theirs = (clients.measure_processor() - theirs) * 1000 / EVENTS
    times.sort()
    pick = lambda part: [times[min(int(len(times) * part), len(times) - 1)]]
    return [
        Row("WebSocket clients", [float(count)], "at once", goal=Goal(at_least=10_000, unit="at once")),
        Row("event to client, median", pick(0.5), "ms"),
        Row("event to client, p99", pick(0.99), "ms", goal=Goal(at_most=250, unit="ms")),
        Row("event to client, the last of all", pick(1), "ms"),
        Row("until the write was answered, the slowest", [max(writes)], "ms"),
        Row("event to all clients: processor time", [processor], "ms"),
        Row("the same, what the clients take", [theirs], "ms"),
        Row("memory of a client", [each], "KiB", goal=Goal(at_most=16, unit="KiB")),
        Row("get appointment beside them, and without", beside, "/s", theirs=quiet, goal=Goal(at_least=0.95)),
    ]
