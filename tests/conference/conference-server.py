#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
#
# Serves the conference page for tests on a free port of 127.0.0.1, and passes a script to it.
# It is no Jitsi: there is no Prosody, no bridge and no other person behind it.
"""Usage: ROUNDS_JS_UTILS=FOLDER conference-server.py [PORT] [--until-eof] [--tls]

FOLDER holds the unpacked npm package @jitsi/js-utils. Prints "listening on http://127.0.0.1:PORT".
With --until-eof it ends when its standard input does: a test that dies takes it along.
With --tls it serves https, with a certificate of its own making.

  GET  /ANY/ROOM   the page            POST /control   a script event for every open page
  GET  /reports    what it reported    POST /report    (the page's own)
  GET  /status/N   an answer with HTTP status N
  GET  /away       a redirect to another origin
  GET  /file       something that cannot be shown
"""

import json
import os
import queue
import ssl
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
MAX_BODY = 1 << 20
BEAT = 0.5  # seconds between two signs of life on a page's event source


class Conference:
    """What all requests share: who listens to the script, and what was reported."""

    def __init__(self, js_utils):
        self.js_utils = js_utils
        self.lock = threading.Lock()
        self.listeners = set()
        self.reports = []

    def tell(self, event):
        with self.lock:
            for listener in self.listeners:
                listener.put(event)
            return len(self.listeners)

    def listen(self):
        listener = queue.Queue()
        with self.lock:
            self.listeners.add(listener)
        return listener

    def forget(self, listener):
        with self.lock:
            self.listeners.discard(listener)

    def report(self, entry):
        with self.lock:
            self.reports.append(entry)

    def take_reports(self):
        with self.lock:
            return list(self.reports)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # One packet per answer: head and body apart wait for each other's acknowledgement.
    wbufsize = 65536
    conference = None

    def log_message(self, *arguments):
        """Requests are not logged: paths name rooms."""

    def answer(self, status, content_type, body=b"", headers=()):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def answer_json(self, value):
        self.answer(200, "application/json", json.dumps(value).encode())

    def answer_file(self, folder, name):
        path = (folder / name).resolve()
        # Modules are imported without their suffix, as bundlers allow and browsers do not.
        if not path.suffix:
            path = path.with_suffix(".js")
        if not path.is_relative_to(folder) or not path.is_file():
            self.answer(404, "text/plain")
            return
        self.answer(200, TYPES.get(path.suffix, "text/plain"), path.read_bytes())

    def answer_events(self):
        listener = self.conference.listen()
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            self.wfile.write(b": hello\n\n")
            self.wfile.flush()
            while True:
                try:
                    event = listener.get(timeout=BEAT)
                except queue.Empty:
                    event = {"event": "beat"}
                self.wfile.write(b"data: " + json.dumps(event).encode() + b"\n\n")
                self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            self.conference.forget(listener)

    def do_GET(self):
        path = urlsplit(self.path).path
        first, _, rest = path.lstrip("/").partition("/")
        if first == "conference":
            self.answer_file(HERE, rest)
        elif first == "js-utils":
            self.answer_file(self.conference.js_utils, rest)
        elif path == "/events":
            self.answer_events()
        elif path == "/reports":
            self.answer_json(self.conference.take_reports())
        elif first == "status":
            self.answer(int(rest), "text/html", b"<p>Sorry</p>")
        elif first == "away":
            there = f"http://localhost:{self.server.server_port}/elsewhere"
            self.answer(302, "text/plain", headers=[("Location", there)])
        elif first == "file":
            self.answer(200, "application/zip", b"PK")
        elif first == "frame":
            self.answer(200, "text/html", b"<script src='/conference/frame.js'></script>")
        else:
            self.answer_file(HERE, "conference.html")

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        if length > MAX_BODY:
            self.answer(413, "text/plain")
            return
        body = json.loads(self.rfile.read(length) or b"{}")
        if self.path == "/control":
            self.answer_json({"listeners": self.conference.tell(body)})
        elif self.path == "/report":
            self.conference.report(body)
            self.answer_json({})
        else:
            self.answer(404, "text/plain")


def make_certificate(folder):
    """A key and a certificate that nobody has signed; openssl's paths to them."""
    key, certificate = Path(folder) / "key.pem", Path(folder) / "certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                    "-keyout", key, "-out", certificate], check=True, stderr=subprocess.DEVNULL)
    return certificate, key


def speak_tls(server):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        context.load_cert_chain(*make_certificate(folder))
    # Each connection shakes hands in its own thread: one that stays silent holds up nobody.
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)


def end_with_input():
    sys.stdin.buffer.read()
    os._exit(0)


def main():
    folder = os.environ.get("ROUNDS_JS_UTILS")
    js_utils = Path(folder).resolve() / "dist" if folder else None
    if js_utils is None or not (js_utils / "transport" / "Transport.js").is_file():
        sys.exit("ROUNDS_JS_UTILS has to name the unpacked npm package @jitsi/js-utils")

    Handler.conference = Conference(js_utils)
    port = next((int(text) for text in sys.argv[1:] if text.isdigit()), 0)
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    if "--until-eof" in sys.argv[1:]:
        threading.Thread(target=end_with_input, daemon=True).start()
    scheme = "http"
    if "--tls" in sys.argv[1:]:
        speak_tls(server)
        scheme = "https"
    print(f"listening on {scheme}://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
