# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""New appointments and meetings: what the forms say while they are filled in, and what is made of them."""

import datetime
import urllib.parse

from rounds_test import main
from rounds_ui import BEGIN, Clock, wait_for


def open_form(app, keys, title):
    app.see("Sync: Up to date")
    app.key(keys)
    app.see(title, role="dialog")


def create_button(app):
    return app.look().find("Create", "button")


def wait_missing(app, words):
    """Create is insensitive and says why."""
    wait_for(lambda: not create_button(app).sensitive and create_button(app).description == words,
             f"Create says: {words}")


def choose(app, row, item):
    """Chooses in a combo row by keyboard."""
    app.tab_to(row, "combo box")
    app.key("space")
    wait_for(lambda: any(n.name == item for n in app.look().walk()), f"{item} is offered")
    for _ in range(20):
        focused = app.focused()
        if focused is not None and focused.find(item) is not None and focused.role == "list item":
            break
        app.key("Down")
    app.key("Return")
    wait_for(lambda: shown(app, row) == item, f"{row} is {item}")


def shown(app, row):
    """What a combo row shows as chosen."""
    labels = [n.name for n in app.look().find(row, "combo box").find_all(role="label")]
    return labels[1] if len(labels) > 1 else None


def pick_person(app, button, words, name):
    """Finds a person by typing part of the name, and takes the first."""
    app.press(button, role="toggle button")
    app.fill("Search people", words)
    app.see(name, role="list item")
    app.tab_to("Search people")
    app.key("Return")
    app.see_not("Search people")


def test_appointment_problems(case):
    """What is wrong with a field stands at the field once it is left, and Create says what is missing"""
    app = case.app(case.server(), "doctor")
    open_form(app, "ctrl+n", "New Appointment")
    wait_missing(app, "Enter the patient’s name")
    assert not app.sees("Enter the patient’s name", "label"), "nobody has been there yet"

    app.tab_to("Full name", "text")
    app.tab_to("Email", "text")
    app.see("Enter the patient’s name", role="label")
    app.type("somebody at example")
    assert not app.sees(contains="Enter an email address such as"), "one is still writing"
    app.tab_to("Phone", "text")
    app.see(contains="Enter an email address such as")
    app.tab_to("Age", "text")
    app.type("400")
    app.tab_to("Gender", "combo box")
    app.see("Enter the age in years, from 0 to 130")

    app.fill("Full name", "Ada Lovelace")
    app.see_not("Enter the patient’s name", role="label")
    wait_missing(app, "Enter an email address such as name@example.org")
    app.fill("Email", "ada@example.org")
    wait_missing(app, "Enter the age in years, from 0 to 130")
    app.fill("Age", "36")
    app.see_button("Create")
    app.fill("Time", "half past ten")
    wait_missing(app, "Enter a time such as 10:00 or 2:30 PM")


def test_draft_kept(case):
    """A form that is closed half-filled is kept as a draft; an untouched one goes without a word"""
    server = case.server()
    app = case.app(server, "desk")
    open_form(app, "ctrl+n", "New Appointment")
    app.key("Escape")
    app.see_not("New Appointment", role="dialog")
    assert not app.sees("Draft kept"), "there was nothing to keep"

    open_form(app, "ctrl+n", "New Appointment")
    app.press("In Person", role="radio button")
    choose(app, "Doctor", "Dr. Nguyễn Minh Anh")
    app.fill("Time", "half past")
    app.fill("Full name", "Ada Lovelace")
    app.fill("Age", "36?")
    app.key("Escape")
    app.see("Draft kept")
    app.see_not("New Appointment", role="dialog")

    open_form(app, "ctrl+n", "New Appointment")
    app.see(contains="Your draft is back")
    assert app.entry("Full name").text == "Ada Lovelace"
    assert app.entry("Time").text == "half past", "as typed, although no time is meant by it"
    assert app.entry("Age").text == "36?"
    assert shown(app, "Doctor") == "Dr. Nguyễn Minh Anh", shown(app, "Doctor")
    assert shown(app, "Department") == "Dermatology", shown(app, "Department")
    app.press("Start Over", role="button")
    wait_for(lambda: app.entry("Full name").text == "", "the form is empty again")
    assert shown(app, "Doctor") == "Any", shown(app, "Doctor")
    app.key("Escape")
    app.see_not("New Appointment", role="dialog")
    open_form(app, "ctrl+n", "New Appointment")
    assert app.entry("Full name").text == "" and not app.sees(contains="Your draft is back")
    assert server.sign_in("desk").find("appointments", reasonForVisit="Ada") is None


def test_draft_discarded(case):
    """The toast that tells of a draft throws it away"""
    app = case.app(case.server(), "doctor")
    open_form(app, "ctrl+shift+n", "New Meeting")
    app.fill("Title", "Never mind")
    app.key("Escape")
    app.see("Draft kept")
    app.press("Discard", role="button")
    app.see_not("Draft kept")
    open_form(app, "ctrl+shift+n", "New Meeting")
    app.see("Nobody yet")
    assert app.entry("Title").text == "" and not app.sees(contains="Your draft is back")


def test_draft_outlives_a_crash(case):
    """What was typed into a form is there after the app was killed"""
    server = case.server()
    app = case.app(server, "doctor")
    open_form(app, "ctrl+shift+n", "New Meeting")
    # One after the other: a write that is seen is then that of the edit before it.
    for edit in (lambda: pick_person(app, "Add Person", "krüger", "Sabine Krüger"),
                 lambda: app.press("Chat", role="radio button"),
                 lambda: app.fill("Description", "Who takes the nights"),
                 lambda: app.fill("Title", "Rota for December")):
        before = app.cache_writes()
        edit()
        wait_for(lambda before=before: app.cache_writes() != before, "the draft is on the disk")
    app.process.kill()
    app.process.wait()

    app = case.app(server, "doctor")
    open_form(app, "ctrl+shift+n", "New Meeting")
    app.see(contains="Your draft is back")
    assert app.entry("Title").text == "Rota for December"
    assert app.entry("Description").text == "Who takes the nights"
    app.see("Doctor–hospital meeting")
    app.press("Create", role="button")
    app.see_not("New Meeting", role="dialog")
    made = server.sign_in("desk").find("meetings", title="Rota for December")
    assert made is not None and made["meetingType"] == "chat", made

    open_form(app, "ctrl+shift+n", "New Meeting")
    app.see("Nobody yet")
    assert app.entry("Title").text == "", "what was made is no draft any more"


def test_appointment_made(case):
    """An appointment with all fields filled in is on the server and in the list just so"""
    server = case.server()
    desk = server.sign_in("desk")
    app = case.app(server, "desk")
    open_form(app, "ctrl+n", "New Appointment")
    app.press("In Person", role="radio button")
    choose(app, "Doctor", "Dr. Nguyễn Minh Anh")
    wait_for(lambda: shown(app, "Department") == "Dermatology", "the doctor's department is chosen")
    app.fill("Reason for visit", "Mole on the left arm")
    app.fill("Time", "7:40 AM")
    app.tab_to("Length in minutes", "spin button")
    app.key("ctrl+a")
    app.type("45")
    app.fill("Full name", "Zoë Øverland")
    app.fill("Email", "zoe@example.org")
    app.fill("Phone", "+47 22 85 50 50")
    app.fill("Age", "41")
    choose(app, "Gender", "Female")
    app.press("Create", role="button")
    app.see_not("New Appointment", role="dialog")
    app.see("Zoë Øverland", role="heading")
    app.see(contains="Mole on the left arm")

    made = desk.find("appointments", reasonForVisit="Mole on the left arm")
    doctor = server.sign_in("minh.anh")
    assert made is not None, "the server has it"
    expected = {"appointmentType": "in-person", "department": "Dermatology",
                "hospital": desk.user["hospital"], "doctor": doctor.id, "durationMinutes": 45,
                "timezone": "Europe/Berlin"}
    for key, value in expected.items():
        assert made[key] == value, f"{key} is {made[key]!r}"
    assert made["appointmentTime"] in ("07:40 AM", "7:40 AM"), made["appointmentTime"]
    patient = made["patientDetails"]
    assert patient == {"fullName": "Zoë Øverland", "email": "zoe@example.org", "age": 41,
                       "phoneNumber": "+47 22 85 50 50", "gender": "Female"}, patient
    assert not made.get("meetingLink"), "a visit in person has no link"


def test_slot_taken(case):
    """A time that is taken is refused in place; the form keeps all that was typed"""
    server = case.server()
    taken = server.sign_in("doctor").find("appointments", reasonForVisit="Chest pain consultation")
    app = case.app(server, "doctor")
    open_form(app, "ctrl+n", "New Appointment")
    app.fill("Full name", "Somebody Else")
    app.fill("Time", taken["appointmentTime"])
    app.press("Create", role="button")
    wait_for(lambda: any("taken" in n.name.lower() or "another appointment" in n.name.lower()
                         for n in app.look().find("New Appointment", "dialog").walk()),
             "the form says that the time is taken")
    assert app.entry("Full name").text == "Somebody Else"
    assert app.see_button("Create"), "one can try another time"


def read_free(doctor, begin, end, minutes):
    """The starts that the server calls free, without those that overlap an earlier one."""
    query = urllib.parse.urlencode({"doctor": doctor.id, "from": begin.isoformat(), "to": end.isoformat(),
                                    "durationMinutes": minutes})
    starts = []
    for slot in doctor.get(f"/api/availability?{query}")["slots"]:
        start = datetime.datetime.fromisoformat(slot["startsAt"]).astimezone(BEGIN.tzinfo)
        if not starts or start >= starts[-1] + datetime.timedelta(minutes=minutes):
            starts.append(start)
    return starts


def wait_chips(app, caption, names):
    """Free times are offered under these words, and no others."""
    def look():
        group = app.look().find(caption, "grouping")
        return group is not None and [n.name for n in group.find_all(role="button") if n.sensitive] == names
    wait_for(look, f"{caption}: {names}")


def test_free_times(case):
    """A doctor's free times are offered before anything is refused, follow the length, and can be chosen"""
    server = case.server()
    doctor = server.sign_in("doctor")
    app = case.app(server, "doctor")
    open_form(app, "ctrl+n", "New Appointment")
    midnight = case.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    free = read_free(doctor, midnight, midnight + datetime.timedelta(days=1), 30)
    wait_chips(app, "Free times", [f"{start:%H:%M}" for start in free])
    chosen = free[-1]
    app.press(f"{chosen:%H:%M}", role="button")
    wait_for(lambda: app.entry("Time").text == f"{chosen:%H:%M}", "the time stands in the form")
    app.fill("Length in minutes", "45")
    app.tab_to("Full name", "text")
    app.type("Grace Hopper")
    longer = read_free(doctor, midnight, midnight + datetime.timedelta(days=1), 45)
    wait_chips(app, "Free times", [f"{start:%H:%M}" for start in longer])
    chosen = longer[0]
    app.press(f"{chosen:%H:%M}", role="button")
    app.press("Create", role="button")
    app.see_not("New Appointment", role="dialog")
    made = next(it for it in doctor.records("appointments") if it["patientDetails"]["fullName"] == "Grace Hopper")
    assert datetime.datetime.fromisoformat(made["startsAt"]) == chosen, made["startsAt"]
    assert made["durationMinutes"] == 45, made["durationMinutes"]


def go_back_a_day(app, day):
    """Chooses the day before the one in the form, by keyboard."""
    app.tab_to("Day", "list item")
    app.key("space")
    app.see("November", role="label")
    app.key("Left")
    app.see(f"{day:%a, %-d %b %Y}", role="label")
    app.key("Return")
    app.see_not("November", role="label")


def find_gap(records, now):
    """The first quarter of an hour, in five minutes at the earliest, before a free half hour."""
    quarter = datetime.timedelta(minutes=15)
    start = datetime.datetime.fromtimestamp(-(-(now.timestamp() + 300) // 900) * 900, BEGIN.tzinfo)
    spans = [(it, it + datetime.timedelta(minutes=minutes)) for it, minutes in records]
    while any(begin < start + 2 * quarter and start < end for begin, end in spans):
        start += quarter
    return start


def read_busy(person):
    """Start and minutes of all that takes this person's time."""
    moment = datetime.datetime.fromisoformat
    return [(moment(it["startsAt"]), it["durationMinutes"]) for it in person.records("appointments")
            if it["status"] != "cancelled" and it["doctor"] == person.id] + \
        [(moment(it["scheduledAt"]), it.get("expectedMinutes") or 30) for it in person.records("meetings")
         if it["status"] != "cancelled"]


def wait_time(app, time, what):
    wait_for(lambda: app.entry("Time").text == f"{time:%H:%M}", f"{what}: {time:%H:%M}, not {app.entry('Time').text}")


def test_proposed(case):
    """A form proposes the first time that is free for the doctor, and follows her until one is chosen"""
    server = case.server()
    first, second = server.sign_in("doctor"), server.sign_in("minh.anh")
    app = case.app(server, "desk")
    open_form(app, "ctrl+n", "New Appointment")
    midnight = case.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    for doctor in (first, second):
        choose(app, "Doctor", doctor.user["name"])
        free = read_free(doctor, midnight, midnight + datetime.timedelta(days=1), 30)
        wait_time(app, free[0], f"{doctor.user['name']} is free")
    app.fill("Time", "17:05")
    choose(app, "Doctor", "Dr. Ελένη Παπαδοπούλου")
    assert app.entry("Time").text == "17:05", "what was typed stays"
    app.key("Escape")
    app.see("Draft kept")


def test_proposed_elsewhere(case):
    """A proposal is a moment: on another hospital's clock it is another time of day"""
    server = case.server()
    app = case.app(server, "admin")
    open_form(app, "ctrl+n", "New Appointment")
    assert shown(app, "Hospital") != "Sankt Aurelia Hospital, Berlin"
    assert app.entry("Time").text != "10:15", "the first hospital is on another clock"
    choose(app, "Hospital", "Sankt Aurelia Hospital, Berlin")
    wait_for(lambda: app.entry("Time").text == "10:15", "it is 10:15 in Berlin")
    assert not app.sees(contains="This time has passed")


def test_proposed_offline(case):
    """Without a server the proposal comes from the cache, and nothing of it is a draft"""
    server = case.server()
    doctor = server.sign_in("doctor")
    gap = find_gap(read_busy(doctor), case.clock.now())
    assert gap - case.clock.now() > datetime.timedelta(minutes=20), "what is soon would not show"
    app = case.app(server, "doctor")
    app.see("Sync: Up to date")
    server.kill()
    app.key("F5")
    app.see(contains="Sync: Offline since ")
    for keys, title in [("ctrl+n", "New Appointment"), ("ctrl+shift+n", "New Meeting")]:
        app.key(keys)
        app.see(title, role="dialog")
        wait_time(app, gap, "she is free")
        app.key("Escape")
        app.see_not(title, role="dialog")
        assert not app.sees("Draft kept"), "nobody has done anything"


def test_proposed_closed(case):
    """Offline in the evening the proposal is when the doors open next; a time when they are closed is told"""
    case.clock = Clock(BEGIN.replace(hour=21))
    server = case.server()
    app = case.app(server, "desk")
    app.see("Sync: Up to date")
    server.kill()
    app.key("F5")
    app.see(contains="Sync: Offline since ")
    app.key("ctrl+n")
    app.see("New Appointment", role="dialog")
    app.see(f"{BEGIN + datetime.timedelta(days=1):%a, %-d %b %Y}", role="label")
    wait_for(lambda: app.entry("Time").text == "08:00", "the doors open at eight")
    assert not app.sees(contains="The hospital is")
    app.fill("Time", "19:00")
    app.see(contains="19:00–19:30 · The hospital is open 08:00–18:00")


def test_none_free(case):
    """Late in the evening the next free times are another day's, and one of them can be chosen"""
    case.clock = Clock(BEGIN.replace(hour=21))
    server = case.server()
    doctor = server.sign_in("doctor")
    app = case.app(server, "doctor")
    open_form(app, "ctrl+n", "New Appointment")
    midnight = BEGIN.replace(hour=0, minute=0) + datetime.timedelta(days=1)
    later = read_free(doctor, midnight, midnight + datetime.timedelta(days=30), 30)
    app.see(f"{later[0]:%a, %-d %b %Y}", role="label")
    wait_for(lambda: app.entry("Time").text == f"{later[0]:%H:%M}", "tomorrow's first time is proposed")
    go_back_a_day(app, BEGIN)
    chips = list(app.see("Nothing is free on this day; the next free times", role="grouping")
                 .find_all(role="button"))
    assert [chip.name.split(", ")[-1] for chip in chips] == [f"{start:%H:%M}" for start in later[:3]]
    chips[2].act()
    wait_for(lambda: app.entry("Time").text == f"{later[2]:%H:%M}", "the time stands in the form")


def test_meeting_people(case):
    """The kind of a meeting is worked out from its people, and what cannot be is explained"""
    app = case.app(case.server(), "doctor")
    open_form(app, "ctrl+shift+n", "New Meeting")
    wait_missing(app, "Add at least one person")
    app.see(contains="Rounds works out what kind of meeting it is")
    pick_person(app, "Add Person", "weiß", "Dr. Jürgen Weiß")
    app.see("Meeting among doctors")
    app.see("1 person besides you: 1 doctor")
    wait_missing(app, "Enter a title")

    pick_person(app, "Add Person", "kruger", "Sabine Krüger")
    app.see("Doctor–hospital meeting")
    pick_person(app, "Add Person", "ngozi", "Ngozi Adeyemi")
    app.see(contains="A meeting is between two roles")
    app.fill("Title", "Too many roles")
    wait_for(lambda: "two roles" in create_button(app).description, "Create says why it cannot be")

    app.press("Take out Sabine Krüger", role="button")
    app.see("Doctor–administrator meeting")
    app.see("2 people besides you: 1 doctor, 1 administrator")
    app.see_button("Create")


def test_meeting_made(case):
    """A meeting is on the server with its people and the context that was worked out"""
    server = case.server()
    doctor, desk = server.sign_in("doctor"), server.sign_in("desk")
    app = case.app(server, "doctor")
    open_form(app, "ctrl+shift+n", "New Meeting")
    app.fill("Title", "Rota for December")
    app.fill("Description", "Who takes the nights")
    pick_person(app, "Add Person", "krüger", "Sabine Krüger")
    app.press("Audio", role="radio button")
    app.press("Create", role="button")
    app.see_not("New Meeting", role="dialog")
    app.see("Rota for December", role="heading")

    made = desk.find("meetings", title="Rota for December")
    assert made is not None, "the others have it"
    assert made["roleContext"] == "doctor-hospital", made["roleContext"]
    assert made["createdBy"] == doctor.id
    assert desk.id in made["participants"], made["participants"]
    assert made["description"] == "Who takes the nights"
    assert made["meetingType"] == "audio" and made["status"] == "scheduled"


if __name__ == "__main__":
    main([test_appointment_problems, test_draft_kept, test_draft_discarded, test_draft_outlives_a_crash,
          test_appointment_made, test_slot_taken, test_free_times, test_proposed, test_proposed_elsewhere,
          test_proposed_offline, test_proposed_closed, test_none_free,
          test_meeting_people, test_meeting_made])
