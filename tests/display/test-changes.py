# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""What is done to a record in the app is what the server has afterwards: steps, notes, cancelling, undo."""

from rounds_test import main
from rounds_ui import wait_for

CHEST = {"reasonForVisit": "Chest pain consultation"}


def open_day(case):
    """The doctor, by the API and in the app with all of her day."""
    server = case.server()
    app = case.app(server, "doctor")
    app.see(contains="Chest pain consultation")
    app.see("Sync: Up to date")
    return server.sign_in("doctor"), app


def open_menu(app, title, part):
    """The menu of a row of the day; from the list of the day, not from who waits."""
    day = app.see("The day", role="list")
    row = next(n for n in day.find_all(role="list item") if part in n.name)
    next(row.find_all(f"More about {title}", "toggle button")).act()
    app.see("Details", role="menu item")


def step(app, title, part, words):
    open_menu(app, title, part)
    app.press(words, role="menu item")


def write_notes(app, label, text):
    """Types into the dialog's field, which has the focus or is one Tab away."""
    app.tab_to(label, "text")
    app.type(text)


def test_undo(case):
    """A cancellation that is undone never reaches the server"""
    doctor, app = open_day(case)
    before = doctor.find("appointments", **CHEST)
    step(app, "María Fernández Ibáñez", "María Fernández", "Cancel Appointment…")
    app.see("Cancel Appointment?")
    app.press("Cancel Appointment", role="button")
    app.see("Appointment cancelled")
    app.see(role="list item", contains="María Fernández Ibáñez, Virtual appointment, Cancelled")
    app.press("Undo", role="button")
    app.see(role="list item", contains="María Fernández Ibáñez, Virtual appointment, Confirmed")
    app.see_not("Appointment cancelled")

    app.key("F5")
    app.see("Sync: Up to date")
    after = doctor.find("appointments", **CHEST)
    assert (after["status"], after["version"]) == ("confirmed", before["version"]), after


def test_cancel(case):
    """A cancellation goes to the server with its reason once it can no longer be undone"""
    doctor, app = open_day(case)
    step(app, "María Fernández Ibáñez", "María Fernández", "Cancel Appointment…")
    write_notes(app, "Reason", "Doctor is ill")
    app.press("Cancel Appointment", role="button")
    app.see("Appointment cancelled")
    assert doctor.find("appointments", **CHEST)["status"] == "confirmed", "sent while it could be undone"
    doctor.wait_for("appointments", "the server hears of it", lambda it: it["status"] == "cancelled", **CHEST)
    app.see_not("Undo", role="button")
    app.see(role="list item", contains="María Fernández Ibáñez, Virtual appointment, Cancelled")
    assert "Doctor is ill" in str(doctor.find("appointments", **CHEST)), "the reason is lost"


def test_cancel_by_closing(case):
    """Closing the window sends what was held for undoing"""
    doctor, app = open_day(case)
    step(app, "María Fernández Ibáñez", "María Fernández", "Cancel Appointment…")
    app.press("Cancel Appointment", role="button")
    app.see("Appointment cancelled")
    app.quit()
    assert doctor.find("appointments", **CHEST)["status"] == "cancelled"


def test_steps(case):
    """Check in, start and complete with notes, each on the server as it is done"""
    doctor, app = open_day(case)
    for words, status, shown in [("Check In", "arrived", "Arrived"), ("Start", "active", "In progress")]:
        step(app, "María Fernández Ibáñez", "María Fernández", words)
        doctor.wait_for("appointments", f"the server has it {status}", lambda it: it["status"] == status,
                        **CHEST)
        app.see(role="list item", contains=f"María Fernández Ibáñez, Virtual appointment, {shown}")

    step(app, "María Fernández Ibáñez", "María Fernández", "Complete…")
    app.see("Complete?")
    write_notes(app, "Notes", "ECG normal; come again in spring")
    app.press("Complete", role="button")
    app.see(role="list item", contains="María Fernández Ibáñez, Virtual appointment, Completed")
    done = doctor.wait_for("appointments", "the server has it completed",
                           lambda it: it["status"] == "completed", **CHEST)
    assert done["notes"] == "ECG normal; come again in spring", done["notes"]


def test_meeting(case):
    """A meeting is started, and another cancelled"""
    doctor, app = open_day(case)
    step(app, "Bed planning", "Bed planning", "Start")
    app.see(role="list item", contains="Bed planning, Video meeting, In progress")
    begun = doctor.wait_for("meetings", "the server has it active", lambda it: it["status"] == "active",
                            title="Bed planning")
    assert begun["startedAt"], "the server keeps when it began"

    step(app, "Quality report", "Quality report", "Cancel Meeting…")
    app.see("Cancel Meeting?")
    app.press("Cancel Meeting", role="button")
    app.see("Meeting cancelled")
    app.quit()
    assert doctor.find("meetings", title="Quality report")["status"] == "cancelled"


def test_refused(case):
    """A change that the server no longer allows is told in plain words, and the row shows the truth"""
    doctor, app = open_day(case)
    step(app, "María Fernández Ibáñez", "María Fernández", "Didn’t Show Up…")
    app.see("Didn’t Show Up?")
    appointment = doctor.find("appointments", **CHEST)
    doctor.send("PATCH", f"/api/appointments/{appointment['id']}/status", {"status": "cancelled"})
    app.press("Record No-Show", role="button")
    app.see(contains="Somebody was faster: ", role="label")
    app.see(role="list item", contains="María Fernández Ibáñez, Virtual appointment, Cancelled")
    wait_for(lambda: doctor.find("appointments", **CHEST)["status"] == "cancelled", "it stays cancelled")


if __name__ == "__main__":
    main([test_undo, test_cancel, test_cancel_by_closing, test_steps, test_meeting, test_refused])
