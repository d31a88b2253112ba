# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""A window of 360 pixels, the keyboard alone, and a language that is read from right to left."""

from rounds_test import main
from rounds_ui import wait_for

NARROW = (360, 720)
PATIENT = "María Fernández Ibáñez"


def open_day(case, **named):
    app = case.app(case.server(), "doctor", **named)
    app.see(contains="Chest pain consultation")
    app.see("Sync: Up to date") if named.get("size") != NARROW else None
    return app


def check_width(app):
    """The window is as narrow as was asked for: what does not fit makes GTK widen it."""
    wait_for(lambda: app.window()[2] == NARROW[0], f"the window is {NARROW[0]} wide, not {app.window()[2]}")


def test_fits(case):
    """Every view and form fits into 360 pixels"""
    app = open_day(case, size=NARROW)
    check_width(app)
    for keys, title in [("ctrl+2", "Appointments"), ("ctrl+3", "Meetings")]:
        app.key(keys)
        app.see(title, role="list")
        check_width(app)
    for keys, title in [("ctrl+n", "New Appointment"), ("ctrl+shift+n", "New Meeting")]:
        app.key(keys)
        app.see(title, role="dialog")
        check_width(app)
        app.key("Escape")
        app.see_not(title, role="dialog")


def test_fits_long_words(case):
    """So do German words; what does not fit makes GTK complain"""
    app = case.app(case.server(), "doctor", size=NARROW, environment=case.locale("de_DE"))
    app.see(contains="Wartet ")
    check_width(app)
    for keys, title in [("ctrl+n", "Neuer Termin"), ("ctrl+shift+n", "Neue Besprechung")]:
        app.key(keys)
        app.see(title, role="dialog")
        check_width(app)
        app.key("Escape")
        app.see_not(title, role="dialog")


def test_walk(case):
    """Today, the views, a record and back, by keyboard in a narrow window"""
    app = open_day(case, size=NARROW)
    assert not app.sees("Views", "list"), "Today stands alone"
    app.tab_to("Back", "button")
    app.key("alt+Left")
    app.see("Views", role="list")
    app.tab_to(role="list item", inside="Views")
    app.tab_to("Appointments", "list item", key="Down")
    app.key("Return")
    app.see("Appointments", role="list")
    app.tab_to(role="list item", inside="Appointments")
    app.key("Down")  # in a list with nothing chosen, GTK's first arrow chooses where the keyboard is
    app.tab_to(role="list item", contains=f"{PATIENT}, Virtual appointment, Confirmed", key="Down")
    app.key("Return")
    app.see(PATIENT, role="heading")
    check_width(app)
    app.tab_to("Join", "button")
    app.key("alt+Left")
    app.see("Appointments", role="list")
    app.key("alt+Left")
    app.see("Views", role="list")


def test_focus(case):
    """The keyboard is somewhere from the start and after each change of the view, so that Back works"""
    app = open_day(case, size=NARROW)
    for keys in ["ctrl+1", "ctrl+2", "ctrl+3", "ctrl+1"]:
        wait_for(app.focused, f"something has the focus before {keys}")
        app.key(keys)
    wait_for(app.focused, "something has the focus")
    app.key("alt+Left")
    app.see("Views", role="list")


def test_day_by_keyboard(case):
    """The arrows lead over the line that marks now, which has a name; Enter opens what comes after"""
    app = open_day(case)
    app.tab_to(role="list item", inside="The day")
    app.tab_to(role="list item", contains="Now, ", key="Down")
    app.tab_to(role="list item", contains=f"{PATIENT}, Virtual appointment, Confirmed", key="Down")
    app.key("Return")
    app.see(PATIENT, role="heading")


def test_list_by_keyboard(case):
    """In a list the arrows go from row to row, beginning at today; Tab goes on to the details"""
    app = open_day(case)
    app.key("ctrl+2")
    app.see(role="list item", contains=PATIENT)
    row = app.tab_to(role="list item", inside="Appointments")
    listed = app.look().find("Appointments", "list")
    names = [n.name for n in listed.walk() if n.role in ("list item", "row header")]
    assert "Today" in names and names.index("Today") <= names.index(row.name), \
        f"the keyboard begins at {row.name}, far from today"
    app.key("Down", "Down")  # in a list with nothing chosen, the first chooses where the keyboard is
    wait_for(lambda: app.focused() is not None and app.focused().name != row.name, "Down moves on")
    app.key("Tab")
    wait_for(lambda: app.focused() is not None and not app.focused().is_inside("Appointments", "list"),
             "Tab leaves the list")


def test_all_named(case):
    """Every control of the views and forms has a name"""
    app = open_day(case)
    for keys, title, role in [("ctrl+1", "The day", "list"), ("ctrl+2", "Appointments", "list"),
                              ("ctrl+3", "Meetings", "list"), ("ctrl+n", "New Appointment", "dialog"),
                              ("Escape", None, None), ("ctrl+shift+n", "New Meeting", "dialog")]:
        app.key(keys)
        if title:
            app.see(title, role=role)
            check_names(app)
        else:
            app.see_not(role="dialog")


def find_nameless(app):
    return [" ".join(node.lines()) or node.role for node in app.look().walk()
            if node.role in ("button", "toggle button", "radio button", "text", "entry", "combo box", "check box",
                             "spin button", "list item")
            and not node.name and not node.is_inside(role="combo box") and not node.is_left_over()]


def check_names(app):
    """A row that is being read has no name yet."""
    wait_for(lambda: not find_nameless(app), "every control has a name")


def brightness(picture, left, right):
    """Of a stripe in the lower half of the window."""
    height = picture.size[1]
    return picture.convert("L").crop((left, height // 2, right, height * 3 // 4)).resize((1, 1)) \
        .getpixel((0, 0))


def test_right_to_left(case):
    """In Arabic the window is mirrored and speaks Arabic"""
    app = case.app(case.server(), "doctor", environment=case.locale("ar_EG"))
    app.see(role="list item", contains=PATIENT)
    app.see("اليوم", role="list item")
    for word in ["Today", "Appointments", "Meetings", "Details", "Next up"]:
        assert not app.sees(word), f"{word} is not translated"
    picture = app.grab()
    width = picture.size[0]
    # The sidebar is the darker side.
    assert brightness(picture, width - 60, width - 20) < brightness(picture, 20, 60), "it is not mirrored"


if __name__ == "__main__":
    main([test_fits, test_fits_long_words, test_walk, test_focus, test_day_by_keyboard, test_list_by_keyboard, test_all_named,
          test_right_to_left])
