# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Addresses of records, as a calendar has them: opened by a program that starts, and by one that runs."""

import datetime
import os
import re
import signal
import subprocess

from rounds_test import Skip, main
from rounds_ui import BUILD, DEADLINE

PATIENT = "María Fernández Ibáñez"
SECRET = "a-secret-of-32-bytes-for-the-tests"
ENGINE = {"ROUNDS_ASSUME_WEBRTC": "1", "ROUNDS_MOCK_CAPTURE": "1"}
CHEST = {"reasonForVisit": "Chest pain consultation"}


def find_later(person):
    """A visit of another day, whose call is not open yet: (record, patient's name)."""
    now = datetime.datetime.now(datetime.timezone.utc)
    visit = next(it for it in person.records("appointments") if it["status"] == "confirmed"
                 and datetime.datetime.fromisoformat(it["startsAt"]) > now + datetime.timedelta(days=1))
    return visit, visit["patientDetails"]["fullName"]


def test_addresses(case):
    """An address starts the app at its record, or brings the running one there; a stranger's is refused"""
    server = case.server()
    doctor = server.sign_in("doctor")
    visit, patient = find_later(doctor)
    app = case.app(server, "doctor", address=f"rounds:appointment/{visit['id']}")
    app.see(patient, role="heading")
    app.see("Sync: Up to date")

    # Newer than the last look at the server.
    made = doctor.send("POST", "/api/meetings", {"title": "Second opinion", "participants": [
        server.sign_in("doctor2").id], "scheduledAt": visit["startsAt"]})["meeting"]
    app.hand(f"rounds:meeting/{made['id']}")
    app.see("Second opinion", role="heading")
    app.hand("rounds:appointment/66f1a2b3c4d5e6f708192a3b")
    app.see("There is no such appointment, or it isn’t yours")
    app.hand("rounds:people/66f1a2b3c4d5e6f708192a3b")
    app.see("That address leads to nothing in Rounds")
    app.see("Second opinion", role="heading")  # what was shown before


def test_address_of_a_call(case):
    """The address of a call that is open leads to its device check, and no further by itself"""
    if "ROUNDS_JS_UTILS" not in os.environ:
        raise Skip("ROUNDS_JS_UTILS names no @jitsi/js-utils")
    conference = case.conference()
    server = case.server({"JITSI_DOMAIN": conference.domain, "JITSI_APP_ID": "rounds-test", "JITSI_SECRET": SECRET})
    visit = server.sign_in("doctor").find("appointments", **CHEST)
    app = case.app(server, "doctor", environment=ENGINE)
    app.see("Sync: Up to date")
    app.hand(f"rounds:appointment/{visit['id']}")
    app.press("Don’t Allow", role="button")
    app.see_button("Join Now")
    assert not conference.reports("hello"), "it went into the call"
    app.press("Back", role="button")
    app.see(PATIENT, role="heading")


def test_address_before_sign_in(case):
    """An address that comes while nobody is signed in is opened after signing in"""
    server = case.server()
    visit, patient = find_later(server.sign_in("doctor"))
    app = case.app(address=f"rounds:appointment/{visit['id']}")
    app.fill("Server Address", server.url)
    app.fill("Email", "doctor@example.org")
    app.fill("Password", "demo-password")
    app.press("Sign In", role="button")
    app.see(patient, role="heading")


def test_address_while_closing(case):
    """An address that comes while the window closes brings it back, at its record"""
    server = case.server()
    doctor = server.sign_in("doctor")
    visit, patient = find_later(doctor)
    app = case.app(server, "doctor")
    app.see("Sync: Up to date")
    row = next(n for n in app.look().find("The day", "list").find_all(role="list item") if PATIENT in n.name)
    next(row.find_all(f"More about {PATIENT}", "toggle button")).act()
    app.press("Cancel Appointment…", role="menu item")
    app.press("Cancel Appointment", role="button")
    app.see("Undo", role="button")

    # What waits for its Undo is sent before the program ends, and the server takes its time.
    server.process.send_signal(signal.SIGSTOP)
    try:
        app.key("ctrl+q")
        app.see_not("The day", role="list")
        app.hand(f"rounds:appointment/{visit['id']}")
    finally:
        server.process.send_signal(signal.SIGCONT)
    app.see(patient, role="heading")
    app.see("Sync: Up to date")
    doctor.wait_for("appointments", "it is cancelled", lambda it: it["status"] == "cancelled", **CHEST)
    app.quit()


def test_command_line(case):
    """The program says what it is and what it takes; what it does not take is said, too"""
    def ask(*arguments):
        return subprocess.run([BUILD / "src/app/rounds", *arguments], capture_output=True, text=True, timeout=DEADLINE,
                              env={**os.environ, "HOME": str(case.folder), "GSETTINGS_SCHEMA_DIR": str(BUILD / "data")})

    version = ask("--version")
    assert version.returncode == 0 and re.fullmatch(r"rounds \d+\.\d+\.\d+\n", version.stdout), version
    told = ask("--help")
    assert told.returncode == 0 and "rounds [OPTION…] [ADDRESS]" in told.stdout, told
    assert "rounds:appointment/ID" in told.stdout, told.stdout
    refused = ask("--nonsense")
    assert refused.returncode != 0 and "--nonsense" in refused.stderr, refused


if __name__ == "__main__":
    main([test_addresses, test_address_of_a_call, test_address_before_sign_in, test_address_while_closing,
          test_command_line])
