#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Three nodes behind nginx and behind Caddy, each with the file that is shipped for it, while nodes are killed and
restarted under load: no POST with an Idempotency-Key fails, and none is carried out twice, with a key or without.

Run beside a PostgreSQL (with-postgres). What is not installed is skipped; ROUNDS_PROXY_RUNS says how many times a
node goes. ROUNDS_NGINX and ROUNDS_CADDY name programs that lie elsewhere."""

import http.client
import itertools
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

DATA = pathlib.Path(__file__).resolve().parents[2] / "data" / "roundsd"
N_NODES = 3
N_WRITERS = 6
ACKS_BETWEEN = 40
CADDY_THAT_REPEATS = (2, 8)  # earlier ones cannot send a body twice


class Node:
    """A roundsd that can be killed and comes back where it was."""

    def __init__(self, database):
        self.database = database
        self.port = 0
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [os.environ["ROUNDSD"], "serve", "--demo", "--port", str(self.port), "--database", self.database],
            env={**os.environ, "ROUNDS_CHEAP_PASSWORDS": "1"}, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("listening on "):
            raise RuntimeError("a node does not start")
        self.port = int(line.rsplit(":", 1)[1])

    def end(self, how):
        self.process.send_signal(how)
        self.process.wait()
        self.process.stdout.close()


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def replace(text, *pairs):
    for pattern, instead in pairs:
        text, n_found = re.subn(pattern, lambda _, instead=instead: instead, text, flags=re.MULTILINE)
        if n_found == 0:
            raise RuntimeError(f"the shipped file has no {pattern}")
    return text


class Nginx:
    name = "nginx"

    def __init__(self, folder, nodes):
        self.port = free_port()
        servers = "".join(f"    server 127.0.0.1:{node.port} max_fails=0;\n" for node in nodes)
        server = replace((DATA / "nginx.conf").read_text(),
                         (r"^ *server unix:.*\n", servers),
                         (r"listen 443 ssl;", f"listen 127.0.0.1:{self.port} ssl;"),
                         (r"^ *listen \[::\]:443 ssl;\n", ""),
                         (r"/etc/ssl/rounds/fullchain\.pem", f"{folder}/certificate.pem"),
                         (r"/etc/ssl/rounds/privkey\.pem", f"{folder}/key.pem"))
        paths = "".join(f"{what}_temp_path {folder}/{what};\n"
                        for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (folder / "nginx.conf").write_text(f"daemon off;\nmaster_process off;\npid {folder}/nginx.pid;\n"
                                           f"error_log {folder}/nginx.log;\nevents {{}}\n"
                                           f"http {{\naccess_log off;\n{paths}{server}}}\n")
        command = [self.program(), "-p", str(folder), "-e", f"{folder}/nginx.log", "-c", f"{folder}/nginx.conf"]
        subprocess.run([*command, "-t", "-q"], check=True)
        self.process = subprocess.Popen(command)

    @staticmethod
    def program():
        return os.environ.get("ROUNDS_NGINX") or shutil.which("nginx")

    @staticmethod
    def reason_to_skip():
        return None if Nginx.program() else "nginx is not installed"


class Caddy:
    name = "Caddy"

    def __init__(self, folder, nodes):
        self.port = free_port()
        addresses = " ".join(f"127.0.0.1:{node.port}" for node in nodes)
        site = replace((DATA / "Caddyfile").read_text(),
                       (r"^rounds\.example\.org \{", f"https://localhost:{self.port} {{\n"
                        f"\ttls {folder}/certificate.pem {folder}/key.pem"),
                       (r"reverse_proxy unix//run/roundsd\.sock \{", f"reverse_proxy {addresses} {{"))
        (folder / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https disable_redirects\n"
                                          "\tpersist_config off\n}\n" + site)
        command = [self.program(), "run", "--adapter", "caddyfile", "--config", f"{folder}/Caddyfile"]
        with (folder / "caddy.log").open("w") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log,
                                            env={**os.environ, "HOME": str(folder)})

    @staticmethod
    def program():
        return os.environ.get("ROUNDS_CADDY") or shutil.which("caddy")

    @staticmethod
    def reason_to_skip():
        if not Caddy.program():
            return "Caddy is not installed"
        said = subprocess.run([Caddy.program(), "version"], capture_output=True, text=True, check=True).stdout
        found = tuple(int(part) for part in re.match(r"v?(\d+)\.(\d+)", said).groups())
        return None if found >= CADDY_THAT_REPEATS else f"Caddy {said.strip()} is too old to send a body twice"


class Client:
    """One connection at a time through the proxy; each thread has its own client."""

    def __init__(self, port, token=None):
        self.port = port
        self.token = token
        self.connection = None

    def call(self, method, path, body=None, key=None):
        """Status and data; 0 when the proxy itself did not answer."""
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if key:
            headers["Idempotency-Key"] = key
        try:
            if self.connection is None:
                # The certificate is this test's own.
                context = ssl._create_unverified_context()
                self.connection = http.client.HTTPSConnection("localhost", self.port, timeout=60, context=context)
            self.connection.request(method, path, json.dumps(body) if body else None, headers)
            answer = self.connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection = None
            return 0, {}
        is_json = answer.headers.get_content_type() == "application/json"
        return answer.status, json.loads(text).get("data", {}) if is_json else {}


class Storm:
    """Writers that go on until they are told to end, and what became of what they wrote."""

    def __init__(self, port, token, people):
        self.port, self.token, self.people = port, token, people
        self.changed = threading.Condition()
        self.acked, self.failed, self.unsure = set(), [], set()
        self.slowest = 0
        self.ending = False

    def write(self, number):
        client = Client(self.port, self.token)
        keyed = number > 0  # the first has no keys: a client of the guide
        for i in itertools.count():
            title = f"storm-{number}-{i}"
            began = time.monotonic()
            status, _ = client.call("POST", "/api/meetings", {"participants": self.people, "title": title},
                                    title if keyed else None)
            with self.changed:
                if status == 201:
                    self.acked.add(title)
                elif keyed:
                    self.failed.append((title, status))
                else:
                    self.unsure.add(title)
                self.slowest = max(self.slowest, time.monotonic() - began)
                self.changed.notify_all()
                if self.ending:
                    return

    def wait_for_acks(self):
        with self.changed:
            wanted = len(self.acked) + ACKS_BETWEEN
            if not self.changed.wait_for(lambda: len(self.acked) >= wanted, timeout=60):
                raise RuntimeError("nothing is answered any more")

    def run(self, disturb):
        threads = [threading.Thread(target=self.write, args=[number], daemon=True) for number in range(N_WRITERS)]
        for thread in threads:
            thread.start()
        try:
            disturb()
        finally:
            with self.changed:
                self.ending = True
            for thread in threads:
                thread.join()


def disturb(storm, nodes):
    ways = itertools.cycle((signal.SIGKILL, signal.SIGTERM))
    victims = itertools.cycle(nodes)
    for _ in range(int(os.environ.get("ROUNDS_PROXY_RUNS", "4"))):
        storm.wait_for_acks()
        victim = next(victims)
        victim.end(next(ways))
        storm.wait_for_acks()
        victim.start()
    storm.wait_for_acks()


def check(storm, client, owner):
    status, data = client.call("GET", f"/api/meetings/user/{owner}")
    assert status == 200, f"the list: {status}"
    found = [meeting["title"] for meeting in data["meetings"] if meeting["title"].startswith("storm-")]
    print(f"# {len(storm.acked)} answered, {len(storm.failed)} with a key failed, "
          f"{len(storm.unsure)} without one, the slowest took {storm.slowest:.2f} s")
    assert len(found) == len(set(found)), "something was done twice"
    assert storm.acked <= set(found), f"lost: {sorted(storm.acked - set(found))[:5]}"
    assert set(found) <= storm.acked | storm.unsure, "there is what nobody was told of"
    assert not storm.failed, f"failed: {storm.failed[:5]}"


def sign_in(port, account):
    client = Client(port)
    body = {"email": f"{account}@example.org", "password": "demo-password"}
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        status, data = client.call("POST", "/api/auth/login", body)
        if status == 200:
            return data["accessToken"], data["user"]["id"]
        time.sleep(0.05)  # a proxy that starts says nothing when it is there
    raise RuntimeError("nobody can sign in")


def try_proxy(kind, folder, nodes):
    proxy = kind(folder, nodes)
    try:
        token, doctor = sign_in(proxy.port, "doctor")
        _, colleague = sign_in(proxy.port, "doctor2")
        storm = Storm(proxy.port, token, [doctor, colleague])
        storm.run(lambda: disturb(storm, nodes))
        check(storm, Client(proxy.port, token), doctor)
    finally:
        proxy.process.terminate()
        proxy.process.wait()


def make_certificate(folder):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-subj", "/CN=localhost", "-days", "2", "-keyout", folder / "key.pem",
                    "-out", folder / "certificate.pem"], check=True, capture_output=True)


def make_database(name):
    server = os.environ["ROUNDS_TEST_POSTGRES"]
    subprocess.run(["psql", "-q", "-c", f"CREATE DATABASE {name}", server], check=True)
    return server.replace("/postgres?", f"/{name}?")


def run_case(kind):
    with tempfile.TemporaryDirectory(prefix="rounds-proxy-", dir=os.environ.get("TMPDIR")) as name:
        folder = pathlib.Path(name)
        make_certificate(folder)
        database = make_database(f"proxy_{kind.name.lower()}_{os.getpid()}")
        nodes = []
        try:
            for _ in range(N_NODES):
                nodes.append(Node(database))
            try_proxy(kind, folder, nodes)
        finally:
            for node in nodes:
                if node.process.poll() is None:
                    node.end(signal.SIGTERM)


def main():
    failed = False
    print("1..2")
    for number, kind in enumerate((Nginx, Caddy), 1):
        reason = kind.reason_to_skip()
        if reason:
            print(f"ok {number} {kind.name} # SKIP {reason}", flush=True)
            continue
        try:
            run_case(kind)
            print(f"ok {number} {kind.name}", flush=True)
        except (AssertionError, RuntimeError, subprocess.SubprocessError) as error:
            print(f"# {error}\nnot ok {number} {kind.name}", flush=True)
            failed = True
    return failed


if __name__ == "__main__":
    sys.exit(main())
