# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Nothing can be written on this computer: the disk is full, or can only be read. The day shows, what is done
is sent, and what the server has not got can be carried elsewhere."""

from rounds_test import main
from rounds_ui import wait_for

FULL = "The disk is full: what you do is sent"
READ_ONLY = "Nothing can be written on this computer’s disk: what you do is sent"
PLANNING = "Bed planning, Video meeting, "


def find_cache(case):
    return next(path for path in (case.home / "data/rounds/accounts").iterdir() if path.suffix == ".db")


def choose(app, title, action):
    row = next(n for n in app.see("The day", role="list").find_all(role="list item") if title in n.name)
    next(row.find_all(f"More about {title}", "toggle button")).act()
    app.press(action, role="menu item")


def leave_unsent_change(case, server):
    """A meeting was started while the server was away, and the app ended in good order."""
    app = case.app(server, "doctor")
    app.see(contains="Chest pain consultation")
    app.see("Sync: Up to date")
    server.kill()
    app.see(contains="Sync: Offline since ")
    choose(app, "Bed planning", "Start")
    app.see(role="list item", contains=PLANNING + "In progress")
    app.quit()


def save_copy(case, app):
    """Answers the file dialog with a place elsewhere, and gives back what was written there."""
    place = case.folder / "usb drive" / "unsent.txt"
    place.parent.mkdir(exist_ok=True)
    app.press("Save a Copy…")
    app.see("Save a Copy of Unsent Changes")
    app.key("ctrl+a")
    app.type(str(place))
    app.key("Return")
    app.see(contains=f"1 change was written to {place}")
    assert place.stat().st_mode & 0o777 == 0o600
    return place.read_text()


def expect_copy(text):
    assert "1. Bed planning · Video meeting · " in text, text
    assert "Status: In progress" in text, text


def expect_sent(server):
    server.sign_in("doctor").wait_for("meetings", "the change is sent", lambda it: it["status"] == "active",
                                      title="Bed planning")


def test_full_at_start(case):
    """Full when the app starts: the day shows, unsent changes can be saved elsewhere; with room all goes on"""
    disk = case.disk("data")
    server = case.server()
    leave_unsent_change(case, server)
    disk.fill()
    app = case.app()
    app.see(role="list item", contains=PLANNING + "In progress")
    app.see(contains=FULL)
    app.press(contains="Sync: ", role="toggle button")
    app.press("Unsent Changes…")
    expect_copy(save_copy(case, app))
    app.key("Escape")
    app.press("Try Again")
    app.see(contains="The disk is full: Make some room")
    assert app.sees(role="list item", contains=PLANNING + "In progress")
    disk.make_room()
    app.press("Try Again")
    app.see_not(contains=FULL)
    app.see(role="list item", contains=PLANNING + "In progress")
    server.start()
    app.key("F5")  # not to wait for the engine's own next attempt
    app.see("Sync: Up to date")
    expect_sent(server)


def test_read_only_home(case):
    """A home that can only be read: changes of before and of now reach the server, once"""
    disk = case.disk()
    server = case.server()
    leave_unsent_change(case, server)
    disk.set_writable(False)
    app = case.app()
    app.see(role="list item", contains=PLANNING + "In progress")
    app.see(contains=READ_ONLY)
    app.press(contains="Account: ", role="toggle button")
    app.press("Switch Account…", role="menu item")
    app.see(contains="Unsent changes would be lost")
    app.key("ctrl+q")
    app.see("Close and Lose Changes?")
    app.press("Unsent Changes…", role="button")
    expect_copy(save_copy(case, app))
    app.key("Escape")
    server.start()
    app.key("F5")  # not to wait for the engine's own next attempt
    app.see("Sync: Up to date")
    expect_sent(server)
    choose(app, "Quality report", "Start")
    app.see(role="list item", contains="Quality report, Video meeting, In progress")
    app.see("Sync: Up to date")
    app.quit()

    # The file still says what was unsent then; the server has more by now.
    disk.set_writable(True)
    app = case.app()
    app.see("Sync: Up to date")
    app.see(role="list item", contains="Quality report, Video meeting, In progress")
    assert not app.sees(contains="needs you")


def test_full_while_running(case):
    """Full while the app runs: told in words, nothing half kept; with room both ways work again"""
    disk = case.disk("data")
    server = case.server()
    app = case.app(server, "doctor")
    app.see("Sync: Up to date")
    disk.fill()
    choose(app, "Bed planning", "Start")
    app.see(contains="The disk is full: Make some room")
    app.see(role="list item", contains=PLANNING + "Scheduled")
    doctor = server.sign_in("doctor")
    visit = doctor.find("appointments", reasonForVisit="Chest pain consultation")
    doctor.send("PATCH", f"/api/appointments/{visit['id']}/status", {"status": "arrived"})
    app.see(contains="The disk is full: nothing new can be kept on this computer.")
    disk.make_room()
    app.press("Try Now")
    app.see("Sync: Up to date")
    choose(app, "Bed planning", "Start")
    app.see(role="list item", contains=PLANNING + "In progress")
    expect_sent(server)
    app.see(role="list item", contains="María Fernández Ibáñez, Virtual appointment, Arrived")


def test_form_while_full(case):
    """A form that is saved on a full disk stays open with what was typed, and can be saved once there is room"""
    disk = case.disk("data")
    server = case.server()
    app = case.app(server, "doctor")
    app.see("Sync: Up to date")
    choose(app, "Bed planning", "Edit…")
    app.see("Edit Meeting", role="dialog")
    disk.fill()
    app.fill("Description", "Ward 3 first, then the others")
    app.press("Save", role="button")
    app.see(contains="The disk is full")
    assert app.entry("Description").text == "Ward 3 first, then the others"
    disk.make_room()
    app.press("Save", role="button")
    app.see_not("Edit Meeting", role="dialog")
    server.sign_in("doctor").wait_for("meetings", "the change is sent", title="Bed planning",
                                      description="Ward 3 first, then the others")


def test_file_does_not_open(case):
    """The file cannot be opened at all: what is in it can be saved elsewhere, and nothing of it is touched"""
    server = case.server()
    leave_unsent_change(case, server)
    path = find_cache(case)
    before = path.read_bytes()
    block = path.with_name(path.name + "-wal")
    block.mkdir()
    app = case.app()
    app.see("The copy on this computer can’t be read")
    app.see(contains="1 change that was not sent yet is on this computer.")
    expect_copy(save_copy(case, app))
    assert path.read_bytes() == before
    block.rmdir()
    app.press("Try Again")
    app.see(role="list item", contains=PLANNING + "In progress")


def test_owner_unknown(case):
    """Damage that leaves nothing to know, and no server: said as it is; the day comes with the server"""
    server = case.server()
    app = case.app(server, "doctor")
    app.see("Sync: Up to date")
    app.quit()
    server.kill()
    path = find_cache(case)
    path.write_bytes(b"x" * path.stat().st_size)
    app = case.app()
    app.see("The copy on this computer is damaged")
    app.see(contains="comes from the server again, as soon as that can be reached")
    server.start()
    app.press("Try Again")
    app.see(contains="Chest pain consultation")
    app.see("Copy Replaced")
    assert path.with_name(path.name + ".damaged").exists()


main([test_full_at_start, test_read_only_home, test_full_while_running, test_form_while_full,
      test_file_does_not_open, test_owner_unknown])
