# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""A server between the app and roundsd that lets a test change what goes through.

It speaks plain HTTP only: a WebSocket does not get through.
"""

import contextlib
import http.client
import http.server
import json
import threading
import urllib.parse


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def forward(self):
        proxy = self.server.proxy
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = urllib.parse.urlsplit(self.path).path
        answer = proxy.intercept(self.command, path)
        if answer is None:
            answer = proxy.fetch(self.command, self.path, body, self.headers)
        status, data, headers = proxy.change(self.command, path, *answer)
        with contextlib.suppress(ConnectionError):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = forward

    def log_message(self, *_):
        pass


class Proxy:
    """Subclasses say what they answer themselves and what they change."""

    passed_on = ("Content-Type", "ETag", "Retry-After")

    def __init__(self, server):
        self.address = urllib.parse.urlsplit(server.url)
        self.listener = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.listener.daemon_threads = True
        self.listener.proxy = self
        self.url = f"http://127.0.0.1:{self.listener.server_port}"
        threading.Thread(target=self.listener.serve_forever, daemon=True).start()

    def stop(self):
        self.listener.shutdown()
        self.listener.server_close()

    def fetch(self, method, path, body, headers):
        link = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=60)
        with contextlib.closing(link):
            link.request(method, path, body or None,
                         {name: value for name, value in headers.items()
                          if name.lower() not in ("host", "connection", "content-length", "accept-encoding")})
            answer = link.getresponse()
            return answer.status, answer.read(), {
                name: answer.headers[name] for name in self.passed_on if name in answer.headers}

    def intercept(self, method, path):
        """An answer (status, bytes, headers) in the server's place, or None."""

    def change(self, method, path, status, data, headers):
        return status, data, headers


def failure(status, message):
    return status, json.dumps({"status": "error", "message": message}).encode(), {
        "Content-Type": "application/json"}
