# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Addresses of records, as a calendar has them: opened by a program that starts, and by one that runs."""

from rounds_test import main

PATIENT = "María Fernández Ibáñez"
CHEST = {"reasonForVisit": "Chest pain consultation"}


def test_addresses(case):
    """An address starts the app at its record, or brings the running one there; a stranger's is refused"""
    server = case.server()
    doctor = server.sign_in("doctor")
    visit = doctor.find("appointments", **CHEST)
    app = case.app(server, "doctor", address=f"rounds:appointment/{visit['id']}")
    app.see(PATIENT, role="heading")
    app.see("Sync: Up to date")

    made = doctor.send("POST", "/api/meetings", {"title": "Second opinion", "participants": [
        server.sign_in("doctor2").id], "scheduledAt": visit["startsAt"]})["meeting"]
    app.hand(f"rounds:meeting/{made['id']}")
    app.see("Second opinion", role="heading")
    app.hand("rounds:appointment/66f1a2b3c4d5e6f708192a3b")
    app.see("There is no such appointment, or it isn’t yours")
    app.hand("rounds:people/66f1a2b3c4d5e6f708192a3b")
    app.see("That address leads to nothing in Rounds")
    assert app.sees("Second opinion", role="heading"), "what was shown is gone"


def test_address_before_sign_in(case):
    """An address that comes while nobody is signed in is opened after signing in"""
    server = case.server()
    visit = server.sign_in("doctor").find("appointments", **CHEST)
    app = case.app(address=f"rounds:appointment/{visit['id']}")
    app.fill("Server Address", server.url)
    app.fill("Email", "doctor@example.org")
    app.fill("Password", "demo-password")
    app.press("Sign In", role="button")
    app.see(PATIENT, role="heading")


if __name__ == "__main__":
    main([test_addresses, test_address_before_sign_in])
