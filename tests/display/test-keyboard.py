# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""All of the lists and the shell by keyboard alone, as somebody without a mouse or without sight works."""

from rounds_test import main
from rounds_ui import MOST_TABS, wait_for

PATIENT = "María Fernández Ibáñez"
ROW = f"{PATIENT}, Virtual appointment, Confirmed"
SEARCH = "Search names, reasons and notes"


def open_day(case, account="doctor", **named):
    app = case.app(case.server(), account, **named)
    app.see(contains="Chest pain consultation")
    app.see("Sync: Up to date")
    return app


def wait_focus(app, what, condition):
    """Waits until what has the focus fulfils condition; gives it."""
    def look():
        node = app.focused()
        return node if node is not None and condition(node) else None
    return wait_for(look, f"the focus is on {what}, not on {app.focused() and app.focused().lines()[0]}")


def in_list(name):
    return lambda node: node.role == "list item" and node.is_inside(name, "list")


def go_round(app, key):
    """All that a key leads to, until it comes back to where it began."""
    first = wait_for(app.focused, "something has the focus")
    seen = [first]
    while len(seen) < MOST_TABS:
        app.key(key)
        here = seen[-1]
        node = wait_focus(app, f"something else than {here.role} '{here.name}' after {key}",
                          lambda node, here=here: node.path != here.path)
        if node.path == first.path:
            return seen
        known = next((n for n in seen if n.path == node.path), None)
        assert known is None, f"{key} is caught between '{here.name}' and {node.role} '{node.name}'"
        seen.append(node)
    raise AssertionError(f"{key} does not come round: {[n.name for n in seen]}")


def test_from_start_to_join(case):
    """From the start to the button that joins: arrows, Enter, and the button has the focus"""
    app = open_day(case)
    wait_focus(app, "the card's button", lambda node: node.role == "button" and node.is_inside("Next up"))
    app.tab_to(role="list item", inside="The day")
    app.tab_to(role="list item", contains=ROW, key="Down")
    app.key("Return")
    app.see(PATIENT, role="heading")
    wait_focus(app, "Join", lambda node: (node.role, node.name) == ("button", "Join"))
    app.key("ctrl+1")
    app.see("The day", role="list")
    wait_focus(app, "the card's button again", lambda node: node.is_inside("Next up"))


def test_no_trap(case):
    """Tab goes round the whole window and back again in both directions, at Today and in a list"""
    app = open_day(case)
    for keys, title in [("ctrl+1", "The day"), ("ctrl+2", "Appointments")]:
        app.key(keys)
        app.see(title, role="list")
        if keys != "ctrl+1":
            wait_focus(app, "a row", in_list(title))
            app.key("Down")
            app.see_not("Nothing Chosen")
        for key in ("Tab", "shift+Tab"):
            seen = go_round(app, key)
            names = [node.name for node in seen]
            for part in ("Account: ", "Sync: ", "New"):
                assert any(name.startswith(part) for name in names), f"{key} misses {part} in {names}"
            assert all(name or node.role == "label" for name, node in zip(names, seen)), names
            assert sum(in_list(title)(node) for node in seen) == 1, f"{title} is one stop: {names}"


def test_finished(case):
    """What is finished is one press away, and its rows are reached from there"""
    server = case.server()
    doctor = server.sign_in("doctor")
    done = doctor.find("appointments", reasonForVisit="Palpitations at night", status="arrived")
    for status in ("active", "completed"):
        doctor.send("PATCH", f"/api/appointments/{done['id']}/status", {"status": status})
    app = case.app(server, "doctor")
    app.see(contains="Chest pain consultation")
    app.see("Sync: Up to date")
    assert not app.sees(role="list item", contains="Completed"), "the day begins with what is to be done"
    app.tab_to(role="toggle button", contains="Finished")
    app.key("space")
    app.see(role="list item", contains="Completed")
    app.tab_to(role="list item", inside="The day")
    app.tab_to(role="list item", contains="Yusuf Öztürk, Virtual appointment, Completed", key="Down")
    app.tab_to(role="toggle button", contains="More about")
    app.key("Return")
    app.see("Details", role="menu item")
    app.key("Escape")
    app.see_not("Details", role="menu item")
    wait_focus(app, "the row's button again", lambda node: node.name.startswith("More about"))
    app.tab_to(role="toggle button", contains="Finished", key="shift+Tab")
    app.key("space")
    app.see_not(role="list item", contains="Completed")


def test_search(case):
    """Ctrl+F, words, Enter: the focus is on what was found; Escape leads back to today's rows"""
    app = open_day(case)
    app.key("ctrl+f")
    app.see("Appointments", role="list")
    wait_focus(app, "the search", lambda node: node.name == SEARCH)
    app.type("jonsdottir")
    wait_for(lambda: {"Björk Jónsdóttir" in row.name for row in
                      app.look().find("Appointments", "list").find_all(role="list item")} == {True},
             "only what was searched for is left")
    app.key("Return")
    found = wait_focus(app, "what was found", in_list("Appointments"))
    assert "Björk Jónsdóttir" in found.name, found.name
    app.key("ctrl+f")
    wait_focus(app, "the search again", lambda node: node.name == SEARCH)
    app.key("Escape")
    app.see_not(SEARCH)
    app.see(role="list item", contains=ROW)
    wait_focus(app, "a row", in_list("Appointments"))


def test_join_next(case):
    """Ctrl+J goes to the call that is next, Alt+Left comes back from it"""
    app = open_day(case, "patient")
    app.key("ctrl+j")
    app.see_not("The day", role="list")
    wait_for(app.focused, "something in the call has the focus")
    app.key("alt+Left")
    app.see("The day", role="list")


def test_shortcuts_window(case):
    """Ctrl+? tells the shortcuts; Escape closes it"""
    app = open_day(case)
    app.key("ctrl+question")
    for title in ("Today", "Search", "New appointment", "Join what is next", "Sync now", "Quit"):
        app.see(title, role="label")
    app.key("Escape")
    app.see("The day", role="list")


if __name__ == "__main__":
    main([test_from_start_to_join, test_no_trap, test_finished, test_search, test_join_next,
          test_shortcuts_window])
