#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Lints the running server's OpenAPI document with Redocly, then lets Prism, a validating proxy, stand between
a client and the server and fails when a request or an answer is not what the document says.

Both come from npm, of the versions and checksums of the lock file: 250 MB, fetched by `check-openapi.py --fetch`
and kept in the cache. Without them this is skipped, with a reason."""

import base64
import hashlib
import hmac
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
CACHE = pathlib.Path(os.environ.get("ROUNDS_CACHE") or pathlib.Path.home() / ".cache" / "rounds")
PASSWORD = "demo-password"
UNKNOWN = "f" * 24
RATE = 60  # of an account, in an hour
JITSI_SECRET = "secret-between-prosody-and-rounds"
WEBHOOK_SECRET = "whsec_9635df66714a4cf088ee9d0979dd3bf6"
APP_ID = "rounds-demo"
# No proxy that checks JSON can look into a WebSocket.
UNSEEN = {"GET /api/events"}


class Failure(Exception):
    pass


def packages():
    digest = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:12]
    return CACHE / f"openapi-{digest}"


def fetch():
    installed = packages()
    if installed.is_dir():
        return
    partial = installed.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, partial)
    # Security: no script of a package runs while it is installed.
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=partial,
                   check=True, timeout=600)
    partial.rename(installed)


def start(command, waits_for, **options):
    """The process and the rest of the first line of its output with the text that is waited for."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               start_new_session=True, **options)
    said = []
    for line in process.stdout:
        said.append(line)
        if waits_for in line:
            return process, line.split(waits_for, 1)[1].strip()
    raise Failure(f"{command[0]} ended: {''.join(said)[-2000:]}")


def stop(process):
    os.killpg(process.pid, signal.SIGTERM)
    process.stdout.close()
    process.wait()


def write_json(value):
    """As Prism passes it on: what is signed has to stay as it was."""
    return json.dumps(value, separators=(",", ":")).encode()


class Client:
    def __init__(self, base):
        self.base = base
        self.violations = []
        self.calls = []

    def call(self, method, path, token=None, body=None, expect=200, form=None, **headers):
        data = write_json(body) if body is not None else None
        request = urllib.request.Request(self.base + path, data=data, method=method)
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        if data:
            request.add_header("Content-Type", "application/json")
        if form:
            request.data = urllib.parse.urlencode(form).encode()
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                status, head, text = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            status, head, text = error.code, error.headers, error.read()
        self.calls.append(f"{method} {path.split('?')[0]}")
        if head.get("sl-violations"):
            self.violations.append(f"{method} {path}: {head['sl-violations']}")
        if status != expect:
            raise Failure(f"{method} {path}: {status} instead of {expect}: {text[:300]!r}")
        if head.get_content_type() != "application/json":
            return text.decode()
        answer = json.loads(text)
        return answer["data"] if "status" in answer and "data" in answer else answer

    def sign_in(self, account):
        body = {"email": f"{account}@example.org", "password": PASSWORD, "refresh": True}
        return self.call("POST", "/api/auth/login", body=body)


def visit(hospital, date, **more):
    return {"hospital": hospital, "department": "Cardiology", "appointmentType": "virtual",
            "appointmentDate": date, "appointmentTime": "10:00 AM", "reasonForVisit": "Chest pain",
            "patientDetails": {"fullName": "John Doe", "email": "john@example.com", "age": 35}, **more}


def client_session(client, account, token):
    """The id of a new session of an account, as another one sees it."""
    client.sign_in(account)
    sessions = client.call("GET", "/api/auth/sessions", token)["sessions"]
    return next(session["id"] for session in sessions if not session["current"])


def use_sessions(client, tokens):
    for path in ("/healthz", "/readyz"):
        client.call("GET", path)
    # Behind a proxy that says so, nobody sees the numbers.
    client.call("GET", "/metrics")
    client.call("GET", "/metrics", expect=404, X_Forwarded_For="192.0.2.1")
    client.call("GET", "/api")
    client.call("GET", "/api/openapi.json", tokens["accessToken"])
    fresh = client.call("POST", "/api/auth/refresh", body={"refreshToken": tokens["refreshToken"]})
    other = client.sign_in("doctor2")["accessToken"]
    sessions = client.call("GET", "/api/auth/sessions", other)["sessions"]
    client.call("DELETE", f"/api/auth/sessions/{UNKNOWN}", other, expect=404)
    client.call("DELETE", f"/api/auth/sessions/{client_session(client, 'doctor2', other)}", other)
    client.call("DELETE", "/api/auth/sessions", other)
    client.call("POST", "/api/auth/logout", other, Idempotency_Key="out")
    client.call("GET", "/api/users/me", other, expect=401)
    assert sessions
    return fresh["accessToken"]


def use_appointments(client, doctor, patient, me):
    made = client.call("POST", "/api/appointments", doctor, visit(me["hospital"], "2031-03-03"), 201,
                       Idempotency_Key="visit-1")["appointment"]
    client.call("POST", "/api/appointments", doctor, visit(me["hospital"], "2031-03-03"), 409)
    path = f"/api/appointments/{made['id']}"
    client.call("GET", path, doctor)
    client.call("GET", path, patient, expect=404)
    client.call("GET", f"/api/appointments/user/{me['id']}?limit=2", doctor)
    client.call("PATCH", path, doctor, {"notes": "Seen"}, If_Match='"1"')
    client.call("PATCH", path, doctor, {"notes": "Late"}, 412, If_Match='"1"')
    client.call("POST", f"{path}/join", doctor)
    client.call("POST", f"{path}/guests", doctor, {"name": "Ada", "part": "interpreter"}, 201)
    client.call("POST", f"{path}/quality", doctor, {"samples": [{"at": "2026-01-01T10:00:00Z", "quality": 80}]}, 201)
    client.call("PATCH", f"{path}/status", doctor, {"status": "arrived"})
    client.call("PATCH", f"{path}/status", doctor, {"status": "requested"}, 409)
    client.call("DELETE", path, doctor)
    client.call("GET", f"/api/availability?doctor={me['id']}&from=2031-03-03T00:00:00Z&to=2031-03-04T00:00:00Z", patient)


def use_meetings(client, doctor, me, other):
    body = {"participants": [me["id"], other["id"]], "title": "Handover", "scheduledAt": "2031-03-03T10:00:00Z"}
    made = client.call("POST", "/api/meetings", doctor, body, 201)["meeting"]
    path = f"/api/meetings/{made['id']}"
    client.call("GET", path, doctor)
    client.call("GET", f"/api/meetings/user/{me['id']}?limit=3", doctor)
    client.call("PATCH", path, doctor, {"title": "Handover, later"})
    client.call("POST", f"{path}/join", doctor)
    client.call("POST", f"{path}/guests", doctor, {"name": "Ada"}, 201)
    client.call("POST", f"{path}/quality", doctor, {"samples": []}, 201)
    client.call("PATCH", f"{path}/status", doctor, {"status": "active"})
    client.call("PATCH", f"{path}/status", doctor, {"status": "completed", "notes": "Done"})
    client.call("DELETE", path, doctor, expect=409)


def use_people(client, admin, desk, me):
    client.call("GET", "/api/users?search=a&role=patient&limit=5", desk)
    client.call("GET", "/api/users/me", desk)
    client.call("PATCH", "/api/users/me", desk, {"phoneNumber": "+49 30 23125 009"})
    added = client.call("POST", "/api/users", desk, {"name": "New Patient", "email": "np@example.org"}, 201)["user"]
    client.call("GET", f"/api/users/{added['id']}", desk)
    client.call("PATCH", f"/api/users/{added['id']}", admin, {"active": False})
    client.call("POST", "/api/users", desk, {"name": "Twin", "email": "np@example.org"}, 409)
    client.call("GET", "/api/hospitals?limit=1", desk)
    client.call("GET", f"/api/hospitals/{me['hospital']}", desk)
    client.call("PATCH", f"/api/hospitals/{me['hospital']}", desk, {"departments": ["Cardiology"]})
    client.call("POST", "/api/hospitals", admin, {"name": "Casa", "timezone": "Europe/Lisbon"}, 201)
    client.call("POST", "/api/hospitals", desk, {"name": "Casa", "timezone": "Europe/Lisbon"}, 403)


def use_the_rest(client, admin, desk):
    first = client.call("GET", "/api/changes?limit=50", desk)
    client.call("GET", f"/api/changes?since={first['cursor']}&limit=500", desk)
    client.call("GET", "/api/reports/summary?groupBy=week", desk)
    client.call("GET", "/api/reports/summary?from=2026-01-01&to=2026-12-31&format=csv", admin)
    client.call("GET", "/api/audit?limit=50", admin)
    path = client.call("POST", "/api/users/me/calendar", desk, expect=201)["path"]
    client.call("GET", path)
    client.call("DELETE", "/api/users/me/calendar", desk)


def use_hooks(client, doctor, me):
    body = {"participants": [me["id"]], "title": "Now", "roleContext": "doctor-doctor"}
    other = client.call("GET", "/api/users/me", client.sign_in("doctor2")["accessToken"])["user"]
    made = client.call("POST", "/api/meetings", doctor, {**body, "participants": [me["id"], other["id"]]}, 201)["meeting"]
    began = int(time.time())
    occupant = {"occupant_jid": "a@meet.example.org/b", "id": me["id"], "name": me["name"], "joined_at": began}
    room = {"room_name": made["roomName"], "is_breakout": False}
    rooms = "/jitsi/reservations/conference"
    form = {"name": made["roomName"], "start_time": made["scheduledAt"], "mail_owner": "a@meet.example.org"}
    client.call("POST", rooms, expect=401, form=form)
    client.call("POST", rooms, JITSI_SECRET, form={**form, "name": "nobody-knows-it"}, expect=404)
    client.call("POST", rooms, JITSI_SECRET, form=form)
    client.call("POST", rooms, JITSI_SECRET, form=form, expect=409)
    client.call("GET", f"{rooms}/{made['id']}", JITSI_SECRET)
    client.call("GET", f"{rooms}/{UNKNOWN}", JITSI_SECRET, expect=404)
    events = "/jitsi/events"
    client.call("POST", f"{events}/room/created", expect=401, body={**room, "created_at": began})
    client.call("POST", f"{events}/room/created", JITSI_SECRET, {**room, "created_at": began})
    client.call("POST", f"{events}/occupant/joined", JITSI_SECRET, {**room, "occupant": occupant})
    occupant["left_at"] = began + 1
    client.call("POST", f"{events}/occupant/left", JITSI_SECRET, {**room, "occupant": occupant})
    client.call("POST", f"{events}/room/destroyed", JITSI_SECRET,
                {**room, "created_at": began, "destroyed_at": began + 1, "all_occupants": [occupant]})
    client.call("DELETE", f"{rooms}/{made['id']}", JITSI_SECRET)
    use_webhooks(client, made["roomName"], began)


def use_webhooks(client, room, began):
    body = {"eventType": "ROOM_CREATED", "appId": APP_ID, "fqn": f"{APP_ID}/{room}", "timestamp": began * 1000}
    client.call("POST", "/jitsi/webhooks", expect=401, body=body, X_Jaas_Signature="t=1,v1=x")
    for change, status in (({}, 200), ({"eventType": "USAGE"}, 200), ({"timestamp": 1}, 400), ({"appId": "x"}, 422)):
        told = {**body, **change}
        digest = hmac.digest(WEBHOOK_SECRET.encode(), f"{began}.".encode() + write_json(told), "sha256")
        signature = f"t={began},v1={base64.b64encode(digest).decode()}"
        client.call("POST", "/jitsi/webhooks", expect=status, body=told, X_Jaas_Signature=signature)


def use_too_much(client, token):
    """The account's bucket is small here, and this comes last."""
    for _ in range(RATE):
        try:
            client.call("GET", "/api/users/me", token)
        except Failure as failure:
            assert "429" in str(failure), failure
            client.call("GET", "/api/users/me", token, expect=429)
            return
    raise Failure("nobody was told to wait")


def find_unused(document, calls):
    """The operations of which no call was one."""
    for path, operations in document["paths"].items():
        pattern = re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(path))
        for method in operations:
            name = f"{method.upper()} {path}"
            if name not in UNSEEN and not any(re.fullmatch(f"{method.upper()} {pattern}", call) for call in calls):
                yield name


def use_everything(client):
    tokens = client.sign_in("doctor")
    doctor = use_sessions(client, tokens)
    patient, desk, admin = (client.sign_in(name)["accessToken"] for name in ("patient", "desk", "admin"))
    me = client.call("GET", "/api/users/me", doctor)["user"]
    other = client.call("GET", "/api/users/me", patient)["user"]
    use_appointments(client, doctor, patient, me)
    use_meetings(client, doctor, me, other)
    use_people(client, admin, desk, me)
    use_the_rest(client, admin, desk)
    use_hooks(client, doctor, me)
    use_too_much(client, patient)


def lint(document):
    """What Redocly once had nothing against, it has nothing against now: the packages' folder keeps that."""
    digest = hashlib.sha256(document.read_bytes() + (HERE / "redocly.yaml").read_bytes()).hexdigest()
    memory = packages() / "linted"
    if memory.exists() and memory.read_text() == digest:
        print("# this very document was linted before")
        return
    done = subprocess.run([packages() / "node_modules/.bin/redocly", "lint", "--config", HERE / "redocly.yaml",
                           "--format=summary", document], capture_output=True, text=True, timeout=120, check=False,
                          env={**os.environ, "NO_COLOR": "1", "REDOCLY_TELEMETRY": "off"})
    said = done.stdout + done.stderr
    if done.returncode != 0 or "warning" in said.lower():
        raise Failure(f"Redocly has something against the document:\n{said}")
    memory.write_text(digest)


def check(folder):
    environment = {**os.environ, "JITSI_APP_ID": APP_ID, "JITSI_EVENTS_SECRET": JITSI_SECRET,
                   "JITSI_WEBHOOK_SECRET": WEBHOOK_SECRET, "ROUNDS_RATE_ACCOUNT": f"{RATE}/1h",
                   "ROUNDS_CHEAP_PASSWORDS": "1"}
    server, uri = start([os.environ["ROUNDSD"], "serve", "--demo", "--port", "0", "--data", folder / "data"],
                        "listening on ", env=environment)
    try:
        direct = Client(uri)
        document = direct.call("GET", "/api/openapi.json", direct.sign_in("admin")["accessToken"])
        path = folder / "openapi.json"
        path.write_text(json.dumps(document, sort_keys=True))
        lint(path)
        print("ok 1 - Redocly has nothing against the document")
        proxy, _ = start([packages() / "node_modules/.bin/prism", "proxy", path, uri, "-p", "0", "--errors=false"],
                         "Prism is listening on ", env={**os.environ, "NO_COLOR": "1"})
        try:
            client = Client(_.split()[0])
            use_everything(client)
        finally:
            stop(proxy)
        if client.violations:
            raise Failure("\n".join(client.violations))
        unused = list(find_unused(document, client.calls))
        if unused:
            raise Failure(f"no call of {', '.join(unused)}")
        print(f"ok 2 - Prism has nothing against {len(client.calls)} calls of all operations")
    finally:
        stop(server)


def main():
    if "--fetch" in sys.argv:
        fetch()
        return 0
    if not packages().is_dir():
        print("1..0 # SKIP Redocly and Prism are not there; tests/openapi/check-openapi.py --fetch gets them (250 MB)")
        return 0
    print("1..2")
    try:
        with tempfile.TemporaryDirectory() as folder:
            check(pathlib.Path(folder))
    except Failure as failure:
        print(f"not ok - {failure}".replace("\n", "\n# "))
        return 1
    return 0


sys.exit(main())
