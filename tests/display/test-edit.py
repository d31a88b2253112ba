# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Appointments and meetings are moved and changed in the form that made them; a taken time brings free ones."""

from rounds_test import main
from rounds_ui import wait_for

PATIENT = "María Fernández Ibáñez"
CHEST = "Chest pain consultation"


def open_day(case, server, account="doctor"):
    app = case.app(server, account)
    app.see(contains=CHEST)
    app.see("Sync: Up to date")
    return app


def open_menu(app, title):
    row = next(n for n in app.look().find("The day", "list").find_all(role="list item") if title in n.name)
    next(row.find_all(f"More about {title}", "toggle button")).act()
    app.see("Details", role="menu item")


def edit(app, title, dialog):
    open_menu(app, title)
    app.press("Edit…", role="menu item")
    app.see(dialog, role="dialog")


def wait_missing(app, words):
    wait_for(lambda: app.look().find("Save", "button").description == words, f"Save says: {words}")


def test_appointment(case):
    """An appointment gets another time, length and reason; nothing else of it changes"""
    server = case.server()
    doctor = server.sign_in("doctor")
    before = doctor.find("appointments", reasonForVisit=CHEST)
    app = open_day(case, server)
    edit(app, PATIENT, "Edit Appointment")
    wait_missing(app, "Nothing is changed yet")
    assert app.entry("Full name").text == PATIENT
    app.fill("Reason for visit", "Chest pain, second look")
    app.fill("Time", "5:05 AM")
    app.tab_to("Length in minutes", "spin button")
    app.key("ctrl+a")
    app.type("25")
    app.press("Save", role="button")
    app.see_not("Edit Appointment", role="dialog")
    app.see(contains="Chest pain, second look")

    after = doctor.find("appointments", reasonForVisit="Chest pain, second look")
    assert after is not None and after["id"] == before["id"], after
    assert after["durationMinutes"] == 25 and after["appointmentTime"] in ("05:05 AM", "5:05 AM", "05:05"), after
    changed = {"reasonForVisit", "appointmentTime", "startsAt", "durationMinutes", "version", "updatedAt",
               "meetingLink"}
    for key in before.keys() - changed:
        assert after[key] == before[key], f"{key} was {before[key]!r}, is {after[key]!r}"


def take_free_time(app):
    """Presses the first free time that is offered; what stands in the form. They are asked for anew after a refusal,
    and what was there before goes unheard."""
    chip = next((n for n in app.look().find("Edit Appointment", "dialog").walk()
                 if n.role == "button" and n.sensitive and ":" in n.name and n.is_inside(role="grouping")), None)
    if chip is not None:
        chip.act()
    return app.entry("Time").text


def test_taken(case):
    """A time that is taken is refused in place, and one of the free times is taken instead"""
    server = case.server()
    doctor = server.sign_in("doctor")
    mine = doctor.find("appointments", reasonForVisit=CHEST)
    other = next(it for it in doctor.records("appointments")
                 if it["status"] == "confirmed" and it["id"] != mine["id"]
                 and it["appointmentDate"] == mine["appointmentDate"] and it["doctor"] == doctor.id)
    app = open_day(case, server)
    edit(app, PATIENT, "Edit Appointment")
    app.fill("Time", other["appointmentTime"])
    app.press("Save", role="button")
    app.see(contains="Somebody was faster")
    wait_for(lambda: take_free_time(app) != other["appointmentTime"], "a free time stands in the form")
    words = app.entry("Time").text
    app.press("Save", role="button")
    app.see_not("Edit Appointment", role="dialog")
    after = doctor.find("appointments", reasonForVisit=CHEST)
    assert (after["appointmentDate"], after["appointmentTime"]) != \
        (mine["appointmentDate"], mine["appointmentTime"]), f"it was moved to {words}"


def test_meeting(case):
    """A meeting gets another title, kind and one more person"""
    server = case.server()
    doctor = server.sign_in("doctor")
    made = doctor.send("POST", "/api/meetings", {
        "participants": [server.sign_in("desk").id], "title": "Rota", "meetingType": "video",
        "scheduledAt": doctor.find("appointments", reasonForVisit=CHEST)["startsAt"]})["meeting"]
    app = open_day(case, server)
    app.see(role="list item", contains="Rota")
    edit(app, "Rota", "Edit Meeting")
    wait_missing(app, "Nothing is changed yet")
    app.see("Doctor–hospital meeting")
    app.fill("Title", "Rota for December")
    app.press("Audio", role="radio button")
    app.press("Add Person", role="toggle button")
    app.fill("Search people", "weiß")
    app.see("Dr. Jürgen Weiß", role="list item")
    app.tab_to("Search people")
    app.key("Return")
    app.press("Save", role="button")
    app.see_not("Edit Meeting", role="dialog")
    app.see("Rota for December", role="heading")
    after = doctor.find("meetings", title="Rota for December")
    assert after["id"] == made["id"] and after["meetingType"] == "audio", after
    assert set(made["participants"]) < set(after["participants"]), after["participants"]
    assert after["scheduledAt"] == made["scheduledAt"] and after["roleContext"] == made["roleContext"]


def test_patient(case):
    """A patient cancels and books anew: nothing offers to edit"""
    app = open_day(case, case.server(), "patient")
    rows = [n for n in app.look().find("The day", "list").find_all(role="toggle button")
            if n.name.startswith("More about")]
    rows[0].act()
    app.see("Details", role="menu item")
    assert not app.sees("Edit…", "menu item")


if __name__ == "__main__":
    main([test_appointment, test_taken, test_meeting, test_patient])
