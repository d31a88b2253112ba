# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Each role sees its own day and what it may do with it; search finds it again."""

from rounds_test import main
from rounds_ui import wait_for

PATIENT = "María Fernández Ibáñez"


def new_actions(app):
    """What the New menu of Today offers, without the menu where there is nothing to offer."""
    app.press("New", role="toggle button")
    app.see(role="menu item")
    names = [item.name for item in app.look().find_all(role="menu item")]
    app.key("Escape")
    app.see_not(role="menu item")
    return names


def row_actions(app, title, part):
    """What the menu of a row of the day offers."""
    row = app.see(role="list item", contains=part)
    next(row.find_all(f"More about {title}", "toggle button")).act()
    app.see("Details", role="menu item")
    names = [item.name for item in app.look().find_all(role="menu item")]
    app.key("Escape")
    app.see_not(role="menu item")
    return names


def open_view(app, number, title):
    app.key(f"ctrl+{number}")
    app.see(title, role="list")


def list_rows(app, title):
    found = app.look().find(title, "list")
    return [] if found is None else [n.name for n in found.find_all(role="list item")]


def search(app, words):
    """Types into the search of a list."""
    if not app.sees("Search names, reasons and notes"):
        app.key("ctrl+f")
    app.fill("Search names, reasons and notes", words)


def test_doctor(case):
    """A doctor sees her own patients, may take visits forward and arrange both kinds"""
    app = case.app(case.server(), "doctor")
    app.see(contains="Chest pain consultation")
    assert new_actions(app) == ["New Appointment…", "New Meeting…"]
    assert not app.sees(contains="Blood test results"), "that is doctor2's patient"
    actions = row_actions(app, PATIENT, PATIENT)
    assert actions == ["Details", "Edit…", "Check In", "Didn’t Show Up…", "Cancel Appointment…"], actions
    done = row_actions(app, "رضا کریمی", "رضا کریمی, Virtual appointment, Cancelled")
    assert done == ["Details"], f"nothing leaves cancelled: {done}"
    meeting = row_actions(app, "Bed planning", "Bed planning")
    assert meeting == ["Details", "Edit…", "Start", "Cancel Meeting…"], meeting
    app.see("Waiting", "list")
    app.see(role="label", contains=" waiting")  # the sidebar says how many


def test_desk(case):
    """The front desk sees the whole hospital, with its doctors' names"""
    app = case.app(case.server(), "desk")
    app.see(contains="Chest pain consultation")
    app.see(contains="Blood test results")
    app.see(contains="Dr. Jürgen Weiß")
    assert new_actions(app) == ["New Appointment…", "New Meeting…"]
    actions = row_actions(app, PATIENT, PATIENT)
    assert actions == ["Details", "Edit…", "Check In", "Didn’t Show Up…", "Cancel Appointment…"], actions


def test_admin(case):
    """An administrator sees the appointments of every hospital"""
    app = case.app(case.server(), "admin")
    app.see(contains="Quality report")
    app.see(contains="Chest pain consultation")
    assert new_actions(app) == ["New Appointment…", "New Meeting…"]
    open_view(app, 2, "Appointments")
    search(app, "Noseworthy")
    wait_for(lambda: all("Gus Noseworthy" in row for row in list_rows(app, "Appointments") or [""]),
             "a patient of the other hospital is found")


def test_patient(case):
    """A patient sees her own visits, may cancel them and nothing else"""
    app = case.app(case.server(), "patient")
    app.see(contains="Chest pain consultation")
    assert not app.sees(contains="Palpitations at night"), "that is somebody else's"
    assert not app.sees("Waiting", "list"), "a patient is the one who waits"
    assert new_actions(app) == ["New Appointment…"]
    actions = row_actions(app, "Dr. Leyla Aydın", "Dr. Leyla Aydın, Virtual appointment, Confirmed")
    assert actions == ["Details", "Cancel Appointment…"], actions
    app.key("ctrl+3")
    app.see("Meetings", role="grouping")
    assert not app.sees("New Meeting", "button"), "patients arrange no meetings"


def test_search(case):
    """Search finds by name with and without accents, by reason, and says when there is nothing"""
    app = case.app(case.server(), "doctor")
    app.see(contains="Chest pain consultation")
    app.see("Sync: Up to date")
    open_view(app, 2, "Appointments")
    for words, name in [("fernandez", PATIENT), ("FERNÁNDEZ", PATIENT), ("ibanez maria", PATIENT),
                        ("jonsdottir", "Björk Jónsdóttir"), ("ozturk", "Yusuf Öztürk"),
                        ("अंजलि", "अंजलि शर्मा")]:
        search(app, words)
        wait_for(lambda: list_rows(app, "Appointments")
                 and all(name in row for row in list_rows(app, "Appointments")), f"{words} finds {name}")
    search(app, "palpitations")
    wait_for(lambda: all(row.find(contains="alpitations") for row in
                         app.look().find("Appointments", "list").find_all(role="list item")),
             "a reason finds its visits")
    search(app, "nobody of this name")
    app.see("No Results")


def test_search_closed(case):
    """When the search is closed, the list stands at today again"""
    app = case.app(case.server(), "doctor")
    app.see(contains="Chest pain consultation")
    app.see("Sync: Up to date")
    open_view(app, 2, "Appointments")
    app.see(role="list item", contains=PATIENT)
    search(app, "nobody of this name")
    app.see("No Results")
    app.key("Escape")
    app.see(role="list item", contains=PATIENT)


def test_details(case):
    """The details of a visit show all that is known, and what comes next"""
    app = case.app(case.server(), "doctor")
    app.see(contains="Chest pain consultation")
    row = app.see(role="list item", contains=PATIENT)
    next(row.find_all(f"More about {PATIENT}", "toggle button")).act()
    app.press("Details", role="menu item")
    app.see(PATIENT, role="heading")
    for part in ["Chest pain consultation", "Virtual appointment", "30 min", "Dr. Leyla Aydın", "Cardiology",
                 "Sankt Aurelia Hospital, Berlin", "46", "patient@example.org", "+49 30 23125 107",
                 "Your personal link"]:
        app.see(contains=part)
    app.see_button("Join")
    app.see_button("Check In")
    link = app.see(contains="It lets its holder in under your name")
    assert "jwt" not in link.name, "no link is shown as text"


def test_missed(case):
    """The details of a visit that was missed say why, where the server found out"""
    app = case.app(case.server(), "doctor")
    app.see(contains="Chest pain consultation")
    app.see("Sync: Up to date")
    open_view(app, 2, "Appointments")
    search(app, "change of tablets")
    wait_for(lambda: all(row.find(contains="change of tablets") for row in
                         app.look().find("Appointments", "list").find_all(role="list item")),
             "its reason finds it")
    app.tab_to(role="list item", contains="Virtual appointment, No-show")
    app.key("Return")
    app.see(contains="Called twice, no answer.")
    app.see(contains="The patient didn’t come in time")


if __name__ == "__main__":
    main([test_doctor, test_desk, test_admin, test_patient, test_search, test_search_closed,
          test_details, test_missed])
