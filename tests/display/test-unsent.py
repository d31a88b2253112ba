# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""What the server has not got: marked, undone, refused with a reason, and decided where two changed the same."""

import signal

from rounds_test import main

PATIENT = "María Fernández Ibáñez"
CHEST = {"reasonForVisit": "Chest pain consultation"}


def open_day(case, server):
    app = case.app(server, "doctor")
    app.see(contains="Chest pain consultation")
    app.see("Sync: Up to date")
    return app


def go_offline(app, server):
    server.kill()
    app.key("F5")
    app.see(contains="Sync: Offline since ")


def step(app, words):
    """Takes a step from the menu of the patient's row."""
    row = next(n for n in app.look().find("The day", "list").find_all(role="list item") if PATIENT in n.name)
    next(row.find_all(f"More about {PATIENT}", "toggle button")).act()
    app.press(words, role="menu item")


def show_unsent(app):
    app.press(contains="Sync: ", role="toggle button")
    app.press("Unsent Changes…", role="button")
    return app.see("Unsent Changes", role="dialog")


def meanwhile(app, server, change):
    """The server is back and somebody else is faster than the app, which stands still for it."""
    app.process.send_signal(signal.SIGSTOP)
    try:
        server.start()
        change(server.sign_in("desk"))
    finally:
        app.process.send_signal(signal.SIGCONT)
    app.key("F5")


def test_undone(case):
    """A change that waits is marked, and can be taken back before the server hears of it"""
    server = case.server()
    before = server.sign_in("doctor").find("appointments", **CHEST)
    app = open_day(case, server)
    go_offline(app, server)
    step(app, "Check In")
    app.see(role="list item", contains=f"{PATIENT}, Virtual appointment, Arrived, Not sent yet")
    show_unsent(app)
    app.see("Waiting to Be Sent", role="label")
    app.press(f"Undo: {PATIENT}", role="button")
    app.see("Everything Is Sent")
    app.key("Escape")
    app.see(role="list item", contains=f"{PATIENT}, Virtual appointment, Confirmed")
    assert not app.sees(contains="Not sent yet")

    server.start()
    app.see("Sync: Up to date")
    after = server.sign_in("doctor").find("appointments", **CHEST)
    assert (after["status"], after["version"]) == ("confirmed", before["version"]), after


def test_conflict(case):
    """Where somebody else changed the same, both values are shown and the person decides"""
    server = case.server()
    app = open_day(case, server)
    appointment = server.sign_in("doctor").find("appointments", **CHEST)
    go_offline(app, server)
    step(app, "Didn’t Show Up…")
    app.press("Record No-Show", role="button")
    app.see(role="list item", contains=f"{PATIENT}, Virtual appointment, No-show, Not sent yet")
    meanwhile(app, server, lambda desk: desk.send(
        "PATCH", f"/api/appointments/{appointment['id']}/status", {"status": "arrived"}))

    app.see("Sync: 1 change needs you")
    app.see(role="list item", contains="Arrived, Changed by somebody else too")
    show_unsent(app)
    app.see("Somebody else has changed the same")
    assert not app.look().find("Save Choice", "button").sensitive, "nothing is chosen yet"
    app.see("Status: Arrived, On the server")
    app.tab_to("Status: No-show, Your change", "radio button")
    app.key("space")
    app.press("Save Choice", role="button")
    app.see("Everything Is Sent")
    server.sign_in("doctor").wait_for("appointments", "the person's choice is on the server",
                                      lambda it: it["status"] == "no-show", **CHEST)


def test_conflict_theirs(case):
    """Who drops a change in conflict has what the server has"""
    server = case.server()
    app = open_day(case, server)
    appointment = server.sign_in("doctor").find("appointments", **CHEST)
    go_offline(app, server)
    step(app, "Check In")
    meanwhile(app, server, lambda desk: desk.send(
        "PATCH", f"/api/appointments/{appointment['id']}/status", {"status": "cancelled"}))
    app.see("Sync: 1 change needs you")
    show_unsent(app)
    app.press("Drop My Change", role="button")
    app.see("Everything Is Sent")
    app.key("Escape")
    app.see("Sync: Up to date")
    app.see(role="list item", contains=f"{PATIENT}, Virtual appointment, Cancelled")


def test_refused(case):
    """A new record that the server does not take comes back with the reason, to try again or discard"""
    server = case.server()
    doctor = server.sign_in("doctor")
    day, time = case.clock.now().date().isoformat(), "23:15"  # when the doctor has nobody
    app = open_day(case, server)
    go_offline(app, server)
    app.key("ctrl+n")
    app.see("New Appointment", role="dialog")
    app.fill("Full name", "Zoë Øverland")
    app.fill("Time", time)
    app.press("Create", role="button")
    app.see_not("New Appointment", role="dialog")
    app.see("The server has not got your change yet")
    meanwhile(app, server, lambda desk: desk.send("POST", "/api/appointments", {
        "hospital": doctor.user["hospital"], "department": "Cardiology", "appointmentType": "in-person",
        "appointmentDate": day, "appointmentTime": time, "doctor": doctor.id,
        "patientDetails": {"fullName": "Somebody Faster"}}))

    app.see("Sync: 1 change needs you")
    app.see("The server did not take your change")
    app.press("Decide…", role="button")
    app.see("The server did not take this new record")
    app.see(contains="has another appointment at that time")
    app.press("Try Again", role="button")
    app.see(contains="Somebody was faster")
    app.see("Sync: 1 change needs you")
    app.press("Discard", role="button")
    app.see("Everything Is Sent")
    app.key("Escape")
    app.see("Sync: Up to date")
    assert doctor.find("appointments", status="confirmed", reasonForVisit="Zoë") is None


if __name__ == "__main__":
    main([test_undone, test_conflict, test_conflict_theirs, test_refused])
