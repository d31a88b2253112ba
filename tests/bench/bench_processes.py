# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""The two servers as processes, and one call to either. Only loopback; nothing outlives the bench."""

import contextlib
import ctypes
import hashlib
import http.client
import json
import os
import pathlib
import platform
import re
import shutil
import signal
import socket
import subprocess
import time

from bench_table import BenchError

EXPRESS = pathlib.Path(__file__).resolve().parent / "express"
PASSWORD = "demo-password"  # of every account of the demo
JITSI = {
    "JITSI_APP_ID": "rounds-bench",
    "JITSI_SECRET": "a secret of the bench, with enough bytes",
    "JITSI_DOMAIN": "meet.example.org",
}
# One account and one address ask for all that there is.
UNLIMITED = {"ROUNDS_RATE_ACCOUNT": "off", "ROUNDS_RATE_ADDRESS": "off"}


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class LocalConnection(http.client.HTTPConnection):
    """Over the Unix socket at @path."""

    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Server:
    """A server that says "listening on http://127.0.0.1:PORT", or "listening on unix:PATH", on its standard output."""

    def __init__(self, name, command, folder, environment):
        self.name = name
        self.log_path = folder / f"{name}.log"
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                command, cwd=folder, stdout=subprocess.PIPE, stderr=log, stdin=subprocess.DEVNULL, text=True,
                env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environment}, preexec_fn=die_with_parent)
        match = re.match(r"listening on (?:http://127\.0\.0\.1:(\d+)|unix:(.+))$", self.process.stdout.readline())
        if not match:
            self.process.wait()
            raise BenchError(f"{name} did not start: {self.log_path.read_text()[-2000:]}")
        self.port = int(match.group(1) or 0)
        self.socket = match.group(2)
        self.token = ""

    @property
    def uri(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def place(self):
        """For bench-load."""
        return self.socket or str(self.port)

    def connect(self):
        if self.socket:
            return LocalConnection(self.socket)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def call(self, method, path, body=None):
        """The `data` of the answer; anything but a success ends the bench."""
        connection = self.connect()
        headers = {"Content-Type": "application/json"} if body else {}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        with contextlib.closing(connection):
            connection.request(method, path, json.dumps(body) if body else None, headers)
            answer = connection.getresponse()
            document = json.loads(answer.read())
        if document.get("status") != "success":
            raise BenchError(f"{self.name}: {method} {path} answered {answer.status}: {document.get('message')}")
        return document["data"]

    def sign_in(self, email):
        data = self.call("POST", "/api/auth/login", {"email": email, "password": PASSWORD})
        self.token = data["accessToken"]
        return data["user"]["id"]

    def measure_memory(self):
        """MiB that would be free again without it: shared pages count in shares."""
        rollup = pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE).group(1)) / 1024

    def measure_memory_at_rest(self):
        """The same once it has stopped changing: both servers tidy up behind the work."""
        last = self.measure_memory()
        still = 0
        for _ in range(100):
            time.sleep(0.1)
            now = self.measure_memory()
            still = still + 1 if abs(now - last) < 0.1 else 0
            last = now
            if still == 10:
                break
        return last

    def measure_processor(self):
        """Seconds of processor time so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.stop()


def slow_disk(build, milliseconds):
    """The environment of a server to whom each flush of a file takes so long, beside what it takes anyway."""
    shim = build / "tests/bench/bench-slow-disk.so"
    if not shim.exists():
        raise BenchError("bench-slow-disk has not been built")
    return {"LD_PRELOAD": str(shim), "BENCH_FLUSH_MICROSECONDS": str(milliseconds * 1000)}


def start_roundsd(build, folder, demo=False, socket=None, disk=None):
    command = [build / "src/server/roundsd", "serve", "--data", folder, *(["--demo"] if demo else [])]
    place = {"ROUNDS_LISTEN": f"unix:{socket}" if socket else "127.0.0.1:0"}
    return Server("roundsd", command, folder, JITSI | UNLIMITED | place | (disk or {}))


def start_express(installed, folder, socket=None, disk=None):
    node = installed / f"node_modules/node-linux-{node_architecture()}/bin/node"
    if not node.exists():
        raise BenchError(f"the npm registry has no Node for {platform.machine()}")
    environment = {**JITSI, "NODE_ENV": "production", "DATABASE": str(folder / "rounds.db"),
                   "PLACE": socket or "0", **(disk or {})}
    return Server("express", [node, "--disable-warning=ExperimentalWarning", installed / "server.js"],
                  folder, environment)


def node_architecture():
    return {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())


def install_express(cache):
    """The comparison server with its packages, of the versions and checksums of the lock file; kept."""
    digest = hashlib.sha256((EXPRESS / "package-lock.json").read_bytes()).hexdigest()[:12]
    installed = cache / f"bench-express-{digest}"
    if not installed.is_dir():
        fill_from_registry(cache, installed)
    for source in EXPRESS.glob("*.js"):
        shutil.copy(source, installed)
    return installed


def fill_from_registry(cache, installed):
    print("Fetching Express, better-sqlite3, jsonwebtoken, argon2 and Node from the npm registry (80 MB)", flush=True)
    partial = installed.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(EXPRESS / name, partial)
    # Security: no script of a package runs while it is installed; the native parts come ready-made.
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(command, cwd=partial, capture_output=True, text=True, timeout=600, check=False)
    except FileNotFoundError:
        raise BenchError("npm is not installed") from None
    if done.returncode != 0:
        raise BenchError(f"npm could not install the server to compare with: {done.stderr[-1000:]}")
    for old in cache.glob("bench-express-*"):
        if old != partial:
            shutil.rmtree(old)
    partial.rename(installed)
