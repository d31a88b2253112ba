# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""The other ends of the app in display tests: a real roundsd and the conference page's server.

Both are processes of their own on ports of their own.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import urllib.error
import urllib.request

from rounds_ui import BUILD, DEADLINE, SOURCE, wait_for

PASSWORD = "demo-password"


def read_address(process, log):
    """The address of the line that a server prints once it answers."""
    line = process.stdout.readline()
    if "listening on " not in line:
        raise AssertionError(f"the server did not start: {log.read_text()}")
    return line.split("listening on ")[1].strip()


def end(process):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=DEADLINE)
    process.stdout.close()


class Server:
    """A roundsd with demo data on a port of its own, kept over restarts."""

    def __init__(self, folder, clock, environment=None):
        self.folder = pathlib.Path(folder)
        self.log = self.folder / "roundsd.log"
        self.environment = {**clock.environment, "ROUNDS_CHEAP_PASSWORDS": "1", **(environment or {})}
        self.port = 0
        self.start()

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [BUILD / "src/server/roundsd", "serve", "--demo", "--port", str(self.port),
                 "--data", self.folder / "data"],
                stdout=subprocess.PIPE, stderr=log, text=True, cwd=self.folder,
                env={**os.environ, **self.environment})
        self.url = read_address(self.process, self.log)
        self.port = int(self.url.rsplit(":", 1)[1])

    def kill(self):
        """As a power cut would."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        end(self.process)

    def call(self, method, path, body=None, token=None):
        """One request: (status, the answer's data, or the whole answer on a failure)."""
        request = urllib.request.Request(
            self.url + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json",
                     **({"Authorization": f"Bearer {token}"} if token else {})})
        try:
            with urllib.request.urlopen(request, timeout=DEADLINE) as answer:
                return answer.status, json.load(answer).get("data", {})
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def sign_in(self, account):
        return Person(self, account)


class Person:
    """Somebody signed in at a server by the API, beside the app."""

    def __init__(self, server, account):
        self.server = server
        status, data = server.call("POST", "/api/auth/login",
                                   {"email": f"{account}@example.org", "password": PASSWORD})
        assert status == 200, data
        self.token, self.user = data["accessToken"], data["user"]
        self.id = self.user["id"]

    def get(self, path):
        status, data = self.server.call("GET", path, token=self.token)
        assert status == 200, (path, status, data)
        return data

    def send(self, method, path, body=None):
        status, data = self.server.call(method, path, body, self.token)
        assert status in (200, 201), (path, status, data)
        return data

    def records(self, kind):
        """All appointments or meetings that this person may see, as the server has them."""
        return self.get(f"/api/{kind}/user/{self.id}")[kind]

    def find(self, kind, **fields):
        """The one record of these values, or None."""
        found = [record for record in self.records(kind)
                 if all(record.get(key) == value for key, value in fields.items())]
        assert len(found) < 2, f"{len(found)} {kind} have {fields}"
        return found[0] if found else None

    def wait_for(self, kind, what, condition=bool, **fields):
        """Waits until the server has a record of these values for which condition holds."""
        def look():
            record = self.find(kind, **fields)
            return record if record is not None and condition(record) else None
        return wait_for(look, what)


class Conference:
    """The conference page on the genuine transport, kept over restarts; see tests/conference."""

    def __init__(self, folder):
        self.log = pathlib.Path(folder) / "conference.log"
        self.port = 0
        self.start()

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, SOURCE / "tests/conference/conference-server.py", str(self.port)],
                stdout=subprocess.PIPE, stderr=log, text=True)
        self.url = read_address(self.process, self.log)
        self.domain = self.url.split("://")[1]
        self.port = int(self.domain.rsplit(":", 1)[1])

    def stop(self):
        end(self.process)

    def tell(self, event, **details):
        """A script event for the page; it has to be open."""
        body = json.dumps({"event": event, **details}).encode()
        with urllib.request.urlopen(self.url + "/control", body, timeout=DEADLINE) as answer:
            assert json.load(answer)["listeners"] == 1, "no conference page is open"

    def reports(self, kind):
        with urllib.request.urlopen(self.url + "/reports", timeout=DEADLINE) as answer:
            return [report for report in json.load(answer) if report["kind"] == kind]

    def wait_for_report(self, kind):
        return wait_for(lambda: self.reports(kind), f"the page reports {kind}")[-1]
