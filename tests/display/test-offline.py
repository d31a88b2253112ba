# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""The server goes away and comes back: the day stays readable, says how old it is, and recovers by itself."""

from rounds_test import main
from rounds_ui import wait_for

PATIENT = "María Fernández Ibáñez"


def open_day(case, server):
    app = case.app(server, "doctor")
    app.see(contains="Chest pain consultation")
    app.see("Sync: Up to date")
    return app


def see_offline(app):
    app.see(contains="Sync: Offline since ")
    app.see(contains="Rounds can’t reach 127.0.0.1")


def test_killed(case):
    """The server is killed under the open app: readable, says offline, recovers and shows what changed"""
    server = case.server()
    app = open_day(case, server)
    server.kill()
    app.key("F5")
    see_offline(app)
    app.see(role="list item", contains=f"{PATIENT}, Virtual appointment, Confirmed")
    app.key("ctrl+2")
    app.see("Appointments", role="list")
    app.key("ctrl+f")
    app.fill("Search names, reasons and notes", "ozturk")
    wait_for(lambda: all("Yusuf Öztürk" in row.name for row in
                         app.look().find("Appointments", "list").find_all(role="list item")),
             "search works without a server")
    app.key("ctrl+1")

    server.start()
    doctor = server.sign_in("doctor")
    appointment = doctor.find("appointments", reasonForVisit="Chest pain consultation")
    doctor.send("PATCH", f"/api/appointments/{appointment['id']}/status", {"status": "arrived"})
    app.see("Sync: Up to date")
    app.see(role="list item", contains=f"{PATIENT}, Virtual appointment, Arrived")
    app.see_not(role="label", contains="Rounds can’t reach 127.0.0.1")


def test_unnoticed(case):
    """Nobody has to press anything: the app finds out by itself, and back again"""
    server = case.server()
    app = open_day(case, server)
    server.kill()
    see_offline(app)
    server.start()
    app.see("Sync: Up to date")
    app.see_not(role="label", contains="Rounds can’t reach 127.0.0.1")


def test_started_without(case):
    """Started while the server is away, the app shows the day of last time and says so"""
    server = case.server()
    open_day(case, server).quit()
    server.kill()
    app = case.app()
    app.see(contains="Chest pain consultation")
    see_offline(app)
    app.see(contains="What you see is from")
    server.start()
    app.see("Sync: Up to date")


def test_change_while_away(case):
    """A change made without a server shows at once, is said to be unsent, and is sent later"""
    server = case.server()
    app = open_day(case, server)
    server.kill()
    app.key("F5")
    see_offline(app)
    row = next(n for n in app.look().find("The day", "list").find_all(role="list item") if PATIENT in n.name)
    next(row.find_all(f"More about {PATIENT}", "toggle button")).act()
    app.press("Check In", role="menu item")
    app.see(role="list item", contains=f"{PATIENT}, Virtual appointment, Arrived")
    waiting = app.see("Waiting", role="list")
    now = next(n for n in waiting.find_all(role="list item") if n.name == PATIENT)
    assert now.find("Just arrived"), "who was checked in now has not waited: " + " ".join(now.lines())
    app.press(contains="Sync: Offline since", role="toggle button")
    app.see("1 change is not sent yet")
    app.key("Escape")

    server.start()
    server.sign_in("doctor").wait_for("appointments", "the server hears of it",
                                      lambda it: it["status"] == "arrived",
                                      reasonForVisit="Chest pain consultation")
    app.see("Sync: Up to date")


if __name__ == "__main__":
    main([test_killed, test_unnoticed, test_started_without, test_change_while_away])
