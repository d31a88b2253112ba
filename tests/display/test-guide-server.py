# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""A server that knows only the guide: no sign-in, no sessions, no versions, no feed, no directory, no /api.

It is roundsd behind a proxy that keeps everything from the app that the guide does not have.
"""

import base64
import json
import re

from rounds_proxy import Proxy, failure
from rounds_test import main
from rounds_ui import wait_for

ROUTES = [
    ("POST", r"/api/(appointments|meetings)"),
    ("GET", r"/api/(appointments|meetings)/[0-9a-f]{24}"),
    ("GET", r"/api/(appointments|meetings)/user/[0-9a-f]{24}"),
    ("DELETE", r"/api/meetings/[0-9a-f]{24}"),
    ("PATCH", r"/api/meetings/[0-9a-f]{24}/status"),
]
EXTENSIONS = ("version", "timezone", "createdAt", "updatedAt", "expectedDuration")


def strip(value):
    """A document without what the guide does not know."""
    if isinstance(value, dict):
        return {key: strip(member) for key, member in value.items() if key not in EXTENSIONS}
    return [strip(element) for element in value] if isinstance(value, list) else value


class GuideServer(Proxy):
    passed_on = ("Content-Type",)

    def __init__(self, server, person, claims):
        super().__init__(server)
        self.person = person
        self.asked = []
        parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
                 for part in ({"alg": "HS256", "typ": "JWT"}, claims)]
        self.token = ".".join([*parts, "c2lnbmF0dXJl"])

    def intercept(self, method, path):
        self.asked.append((method, path))
        if not any(method == verb and re.fullmatch(route, path) for verb, route in ROUTES):
            return 404, b"<html>Cannot " + method.encode() + b"</html>", {"Content-Type": "text/html"}
        return None

    def fetch(self, method, path, body, headers):
        if headers.get("Authorization") != f"Bearer {self.token}":
            return failure(401, "Not authorized")
        return super().fetch(method, path, body, {"Authorization": f"Bearer {self.person.token}",
                                                  "Content-Type": "application/json"})

    def change(self, method, path, status, data, headers):
        if headers.get("Content-Type", "").startswith("application/json"):
            data = json.dumps(strip(json.loads(data))).encode()
        return status, data, headers


def begin(case, **claims):
    server = case.server()
    doctor = server.sign_in("doctor")
    proxy = GuideServer(server, doctor, {"id": doctor.id, "role": "doctor", **claims})
    case.stack.callback(proxy.stop)
    return doctor, proxy


def sign_in(app, proxy, token):
    app.press("Use an Access Token", role="button")
    app.fill("Server Address", proxy.url)
    app.fill("Access Token", token)
    app.press("Sign In", role="button")


def open_menu(app, title, words):
    row = next(n for n in app.see("The day", role="list").find_all(role="list item") if title in n.name)
    next(row.find_all(f"More about {title}", "toggle button")).act()
    app.press(words, role="menu item")


def test_tokens(case):
    """A token that is none, is not whole or is not taken is refused in plain words"""
    _, proxy = begin(case)
    app = case.app()
    sign_in(app, proxy, "not.a.token")
    app.see("This token does not say whose it is")
    app.fill("Access Token", proxy.token + "x")
    app.press("Sign In", role="button")
    app.see("The server does not take this token")


def test_day(case):
    """Signed in with a given token: the day shows, a meeting is started, another cancelled, all of it stays"""
    doctor, proxy = begin(case, email="doctor@example.org", name="Dr. Leyla Aydın")
    app = case.app()
    sign_in(app, proxy, proxy.token)
    app.see(role="list item", contains="María Fernández Ibáñez, Virtual appointment, Confirmed")
    app.see("Sync: Up to date")
    app.see(contains="Account: Dr. Leyla Aydın")

    open_menu(app, "Bed planning", "Start")
    app.see(role="list item", contains="Bed planning, Video meeting, In progress")
    doctor.wait_for("meetings", "the server has it active", lambda it: it["status"] == "active",
                    title="Bed planning")
    open_menu(app, "Quality report", "Cancel Meeting…")
    app.press("Cancel Meeting", role="button")
    app.see("Meeting cancelled")
    app.quit()
    assert doctor.find("meetings", title="Quality report")["status"] == "cancelled"

    app = case.app()
    app.see(role="list item", contains="Bed planning, Video meeting, In progress")
    app.see("Sync: Up to date")


def test_join(case):
    """The link of a call comes with its record, and leads to the call's page"""
    _, proxy = begin(case, email="doctor@example.org")
    app = case.app(environment={"ROUNDS_ASSUME_WEBRTC": "1", "ROUNDS_MOCK_CAPTURE": "1"})
    sign_in(app, proxy, proxy.token)
    app.see("Sync: Up to date")
    proxy.asked.clear()
    app.press("Join", role="button")
    wait_for(lambda: any(method == "GET" and re.fullmatch(r"/api/appointments/[0-9a-f]{24}", path)
                         for method, path in proxy.asked), "the link is asked for with its record")
    app.see("Join Now", role="button")


main([test_tokens, test_day, test_join])
