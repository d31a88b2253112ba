# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""A call from Today to "How did it end?", on the conference page with the genuine transport."""

import json
import os
import pathlib
import stat
import time

from rounds_test import main
from rounds_ui import wait_for

SECRET = "a-secret-of-32-bytes-for-the-tests"
ENGINE = {"ROUNDS_ASSUME_WEBRTC": "1", "ROUNDS_MOCK_CAPTURE": "1"}
PATIENT = "María Fernández Ibáñez"
CHEST = {"reasonForVisit": "Chest pain consultation"}


def start(case, domain, environment):
    server = case.server({"JITSI_DOMAIN": domain, "JITSI_APP_ID": "rounds-test", "JITSI_SECRET": SECRET})
    app = case.app(server, "doctor", environment=environment)
    app.see(contains="Chest pain consultation")
    app.see("Sync: Up to date")
    return server, app


def open_details(app, title):
    day = app.see("The day", role="list")
    row = next(n for n in day.find_all(role="list item") if title in n.name)
    next(row.find_all(f"More about {title}", "toggle button")).act()
    app.press("Details", role="menu item")
    app.see(title, role="heading")


def join(app, title):
    """Joins from the details, whoever is next."""
    open_details(app, title)
    app.press("Join", role="button")


def families(app):
    """Command lines of the app and of all that it started."""
    lines = []
    pids = [app.process.pid]
    while pids:
        folder = pathlib.Path(f"/proc/{pids.pop()}")
        try:
            lines.append((folder / "cmdline").read_bytes().decode(errors="replace"))
            for task in (folder / "task").iterdir():
                pids += (task / "children").read_text().split()
        except FileNotFoundError:
            continue
    return lines


def check_argv(app):
    for line in families(app):
        assert "jwt" not in line and "eyJ" not in line, "a token stands in a command line"


def test_visit(case):
    """Join, allow, talk, hang up, complete: the server follows"""
    conference = case.conference()
    server, app = start(case, conference.domain, ENGINE)
    doctor = server.sign_in("doctor")
    join(app, PATIENT)
    app.see("Use Camera and Mic?")
    app.see(contains=f"{conference.domain} asks for your camera and your microphone for this call")
    app.press("Allow", role="button")
    app.press("Join Now", role="button")
    app.see_button("Hang Up")
    assert conference.wait_for_report("devices")["tracks"] == ["audio", "video"]
    hello = conference.wait_for_report("hello")
    assert hello["tokenInHash"] and not hello["tokenInQuery"], "the token is in the query"
    user = hello["claims"]["context"]["user"]
    assert (user["name"], user["id"]) == ("Dr. Leyla Aydın", doctor.id), user
    assert user["moderator"] is True
    check_argv(app)

    assert app.see(role="image", contains="Connection: Good").parent.find("Good", "label"), "bars without a word"
    elapsed = app.see("less than a minute", role="label")
    begun = elapsed.text
    wait_for(lambda: elapsed.text != begun, "the time runs")
    assert doctor.find("appointments", **CHEST)["status"] == "confirmed", "nobody has come yet"
    conference.tell("add", displayName=PATIENT)
    app.see(f"{PATIENT} joined")
    doctor.wait_for("appointments", "it is in progress", lambda it: it["status"] == "active", **CHEST)
    conference.tell("remove")
    app.see(f"{PATIENT} left")
    app.press("Microphone is on; mute", role="button")
    app.see_button("Microphone is off; unmute")

    app.press("Hang Up", role="button")
    app.see("How Did It End?")
    app.tab_to("Notes", "text")
    app.type("Pain gone; next visit in spring")
    app.press("Complete", role="button")
    done = doctor.wait_for("appointments", "it is completed", lambda it: it["status"] == "completed", **CHEST)
    assert done["notes"] == "Pain gone; next visit in spring", done["notes"]

    def read_quality():
        summary = server.sign_in("admin").get("/api/reports/summary")["total"]["quality"]
        return summary if summary["samples"] else None
    quality = wait_for(read_quality, "the server hears how the call was")
    assert (quality["average"], quality["rtt"], quality["loss"]) == (100, 42, 0), quality


def test_refused_outcome(case):
    """An answer that the server refuses is asked for again, with its reason and what was written"""
    conference = case.conference()
    server, app = start(case, conference.domain, ENGINE)
    doctor = server.sign_in("doctor")
    join(app, PATIENT)
    app.press("Allow", role="button")
    app.press("Join Now", role="button")
    conference.wait_for_report("devices")
    conference.tell("add", displayName=PATIENT)
    doctor.wait_for("appointments", "it is active", lambda it: it["status"] == "active", **CHEST)
    app.press("Hang Up", role="button")
    app.see("How Did It End?")
    too_long = "Pain gone. " * 2000
    app.fill("Notes", too_long)
    app.press("Complete", role="button")
    app.see(contains="20000 characters")
    assert app.entry("Notes").text == too_long, "what was written is gone"
    app.fill("Notes", "Pain gone.")
    app.press("Complete", role="button")
    done = doctor.wait_for("appointments", "it is completed", lambda it: it["status"] == "completed", **CHEST)
    assert done["notes"] == "Pain gone.", done["notes"]


def read_files(folder):
    """All that lies in the files below, as text."""
    return "".join(path.read_bytes().decode(errors="replace") for path in folder.rglob("*") if path.is_file())


def test_notes_outlive_a_crash(case):
    """What is written in a call is there again after the app was killed two seconds later"""
    conference = case.conference()
    server, app = start(case, conference.domain, ENGINE)
    doctor = server.sign_in("doctor")
    join(app, PATIENT)
    app.press("Allow", role="button")
    app.press("Join Now", role="button")
    app.see_button("Hang Up")
    app.see("Kept on this computer as you type")
    before = app.cache_writes()
    app.fill("Notes", "Chest pain since Tuesday")
    typed = time.monotonic()
    wait_for(lambda: time.monotonic() > typed + 2 and app.cache_writes() != before, "it is on the disk")
    app.process.kill()
    app.process.wait()
    assert "Chest pain since" not in read_files(case.home), "notes lie open on the disk"

    app = case.app(environment=ENGINE)
    app.see(contains="Chest pain consultation")
    join(app, PATIENT)
    app.press("Allow", role="button")
    app.press("Join Now", role="button")
    app.see_button("Hang Up")
    wait_for(lambda: app.entry("Notes").text == "Chest pain since Tuesday", "the notes are back")

    app.fill("Notes", "Chest pain since Tuesday. ECG normal.")
    app.press("Hang Up", role="button")
    app.see("How Did It End?")
    app.press("Continue Later", role="button")
    kept = doctor.wait_for("appointments", "the notes are the record's", lambda it: it.get("notes"), **CHEST)
    assert kept["notes"] == "Chest pain since Tuesday. ECG normal.", kept["notes"]
    assert kept["status"] == "confirmed", kept["status"]


def test_meeting(case):
    """A meeting is active as soon as its host has joined"""
    conference = case.conference()
    server, app = start(case, conference.domain, ENGINE)
    doctor = server.sign_in("doctor")
    app.key("ctrl+3")
    made = doctor.send("POST", "/api/meetings", {"title": "Second opinion", "participants": [
        server.sign_in("doctor2").id], "scheduledAt": doctor.find("appointments", **CHEST)["startsAt"]})
    app.key("F5")
    app.key("ctrl+1")
    app.see(role="list item", contains="Second opinion")
    join(app, "Second opinion")
    app.press("Allow", role="button")
    app.press("Join Now", role="button")
    doctor.wait_for("meetings", "it is active", lambda it: it["status"] == "active", title="Second opinion")
    app.press("Hang Up", role="button")
    app.press("Complete", role="button")
    done = doctor.wait_for("meetings", "it is completed", lambda it: it["status"] == "completed",
                           title="Second opinion")
    assert done["startedAt"] and done["endedAt"] and done["duration"] == 0, done
    assert made["meeting"]["roomName"] in conference.wait_for_report("hello")["room"]


def test_shortcuts(case):
    """Microphone, camera and hanging up have keys that the meeting's page does not swallow"""
    conference = case.conference()
    _, app = start(case, conference.domain, ENGINE)
    join(app, PATIENT)
    app.press("Allow", role="button")
    app.press("Join Now", role="button")
    conference.wait_for_report("devices")
    app.see_button("Microphone is on; mute")
    conference.tell("focus")
    conference.wait_for_report("focused")
    app.key("ctrl+d")
    app.see_button("Microphone is off; unmute")
    app.key("ctrl+e")
    app.see_button("Camera is off; turn on")
    app.key("ctrl+d", "ctrl+e")
    app.see_button("Microphone is on; mute")
    app.see_button("Camera is on; turn off")
    assert [report["name"] for report in conference.reports("command")] == [
        "toggle-audio", "toggle-video", "toggle-audio", "toggle-video"]
    assert not [report for report in conference.reports("key") if report["key"] in "dDeE"], \
        "the meeting's page got the keys as well"
    app.key("ctrl+q")
    app.see("Leave the Call?")
    app.see(contains=PATIENT)
    app.press("Stay", role="button")
    app.see_not("Leave the Call?")
    app.key("ctrl+shift+h")
    app.press("Continue Later", role="button")
    app.see_not("How Did It End?")
    app.see("You Left the Call")
    app.quit()


def test_closed(case):
    """Closing the window in a call is asked about; the answer hangs up and ends the program"""
    conference = case.conference()
    _, app = start(case, conference.domain, ENGINE)
    join(app, PATIENT)
    app.press("Allow", role="button")
    app.press("Join Now", role="button")
    app.see_button("Hang Up")
    app.press("Own Window", role="button")
    app.see("The call is in a window of its own")
    app.key("ctrl+q")
    app.press("Hang Up and Close", role="button")
    wait_for(lambda: app.process.poll() is not None, "the app ends")
    assert app.process.returncode == 0, f"the app ended with {app.process.returncode}"


def test_detached(case):
    """A call goes on in a window of its own and comes back; the rest of the day is at hand meanwhile"""
    conference = case.conference()
    server, app = start(case, conference.domain, ENGINE)
    join(app, PATIENT)
    app.press("Allow", role="button")
    app.press("Join Now", role="button")
    conference.wait_for_report("devices")
    app.press("Own Window", role="button")
    app.see("The call is in a window of its own")
    wait_for(lambda: len([n for n in app.look().walk() if n.role == "frame"]) == 2, "there are two windows")
    app.see(PATIENT, role="heading")
    app.see_button("Hang Up")
    app.press("Bring Back", role="button")
    app.see_not("The call is in a window of its own")
    app.see_button("Hang Up")

    app.press("Own Window", role="button")
    app.see("The call is in a window of its own")
    conference.tell("add", displayName=PATIENT)
    app.see(f"{PATIENT} joined")
    server.sign_in("doctor").wait_for("appointments", "it is active", lambda it: it["status"] == "active", **CHEST)
    app.press("Hang Up", role="button")
    app.see("How Did It End?")
    app.see_not("The call is in a window of its own")
    app.press("Continue Later", role="button")
    app.see("You Left the Call")
    assert len(conference.reports("hello")) == 1, "the meeting's page was loaded again"


def test_denied(case):
    """Who does not allow camera and microphone is in the call, and is told what that means"""
    conference = case.conference()
    _, app = start(case, conference.domain, ENGINE)
    join(app, PATIENT)
    app.press("Don’t Allow", role="button")
    app.see(contains="Your camera is not allowed; the others can’t see you")
    app.see(contains="Your microphone is not allowed; the others can’t hear you")
    app.press("Join Now", role="button")
    assert conference.wait_for_report("devices")["tracks"] == []
    app.see_button("Hang Up")


def install_browser(case):
    """A default browser that writes down how it was started, and where it was sent."""
    program, started, opened = (case.folder / name for name in ("browser", "started", "opened"))
    program.write_text(
        f"""#!/bin/sh
tr '\\0' ' ' </proc/$$/cmdline >'{started}'
curl -sS -i "$1" | sed -n 's/^Location: \\(.*\\)\\r$/\\1/p' | tr -d '\\n' >'{opened}.part'
mv '{opened}.part' '{opened}'
""")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    applications = case.home / "data/applications"
    applications.mkdir(parents=True)
    (applications / "test-browser.desktop").write_text(
        f"[Desktop Entry]\nType=Application\nName=Test Browser\nExec={program} %u\n"
        "MimeType=x-scheme-handler/http;x-scheme-handler/https;\n")
    (case.home / "config").mkdir(exist_ok=True)
    (case.home / "config/mimeapps.list").write_text(
        "[Default Applications]\nx-scheme-handler/http=test-browser.desktop\n"
        "x-scheme-handler/https=test-browser.desktop\n")
    return started, opened


def read_claims(token):
    import base64
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def test_no_webrtc(case):
    """An engine without WebRTC says so, and the browser gets the same personal link"""
    started, opened = install_browser(case)
    server, app = start(case, "meet.example.org", {})
    doctor = server.sign_in("doctor")
    join(app, PATIENT)
    app.see("This Call Needs Your Browser")
    app.press("Open in Browser", role="button")
    wait_for(opened.exists, "the browser is started")
    link = opened.read_text()
    room = doctor.find("appointments", **CHEST)["roomName"]
    argv = started.read_text()
    assert "http://127.0.0.1:" in argv and "jwt" not in argv and room not in argv, "the link is for all to read"
    assert link.startswith(f"https://meet.example.org/{room}#jwt="), link.split("jwt")[0]
    claims = read_claims(link.split("%22")[1])
    assert claims["context"]["user"]["id"] == doctor.id and claims["room"] == room
    check_argv(app)
    app.see("Your Call Is in the Browser")
    app.press("Done", role="button")
    app.see("How Did It End?")


def test_unreachable(case):
    """A conference server that does not answer is named, and Try Again gets in once it does"""
    conference = case.conference()
    conference.stop()
    _, app = start(case, conference.domain, ENGINE)
    join(app, PATIENT)
    app.press("Allow", role="button")
    app.press("Join Now", role="button")
    app.see("Can’t Reach the Call")
    app.see(contains=f"{conference.domain} doesn’t answer. You are not in the call.")
    assert app.see_button("Open in Browser")
    conference.start()
    app.press("Try Again", role="button")
    # What was allowed and chosen before still holds.
    app.press("Hang Up", role="button")
    app.press("Continue Later", role="button")
    app.see("You Left the Call")
    app.press("Back", role="button")
    app.see(PATIENT, role="heading")


if __name__ == "__main__":
    missing = "ROUNDS_JS_UTILS" not in os.environ and "ROUNDS_JS_UTILS names no @jitsi/js-utils"
    main([test_visit, test_refused_outcome, test_notes_outlive_a_crash, test_meeting, test_shortcuts, test_closed, test_detached, test_denied, test_no_webrtc, test_unreachable], skip=missing)
