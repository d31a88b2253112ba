# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Reads an iCalendar document on standard input with a parser that is not ours, and prints what it says of
each event: UID STATUS START END CONFERENCE. Ends with 77 where there is no such parser."""

import sys

try:
    import icalendar
except ImportError:
    sys.exit(77)

REQUIRED = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS")


def main():
    data = sys.stdin.buffer.read()
    for line in data.split(b"\r\n"):
        assert len(line) <= 75, f"a line of {len(line)} bytes: {line[:40]!r}"
        assert b"\n" not in line, "a line ends without a carriage return"
    calendar = icalendar.Calendar.from_ical(data)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"], "VERSION and PRODID are needed"
    assert not calendar.errors, calendar.errors
    seen = set()
    for event in calendar.walk("VEVENT"):
        assert not event.errors, event.errors
        for name in REQUIRED:
            assert name in event, f"an event has no {name}"
        assert event["UID"] not in seen, "a UID is there twice"
        seen.add(event["UID"])
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        assert start.utcoffset().total_seconds() == 0 and start < end, "times are in UTC and in order"
        conference = event.get("CONFERENCE")
        if conference is not None:
            assert conference.params["VALUE"] == "URI" and conference.params["FEATURE"], conference.params
        print(event["UID"], event["STATUS"], start.isoformat(), end.isoformat(), conference or "-")


main()
