# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Many years of records come for the first time: today is there at once, and how far it is can be seen."""

import json
import threading

from rounds_proxy import Proxy, failure
from rounds_test import main

TOTAL = 1000


class SlowHistory(Proxy):
    """Says that there is much more than came first, and takes its time."""

    def __init__(self, server):
        super().__init__(server)
        self.goes_on = threading.Event()
        self.n_asked = 0

    def intercept(self, method, path):
        if path == "/api/events":
            return failure(404, "Not here")
        if path == "/api/changes":
            self.n_asked += 1
            if self.n_asked == 2:
                self.goes_on.wait()
        return None

    def change(self, method, path, status, data, headers):
        if path == "/api/changes" and self.n_asked == 1:
            answer = json.loads(data)
            answer["data"]["more"] = True
            answer["data"]["total"] = TOTAL
            self.n_first = len(answer["data"]["changes"])
            data = json.dumps(answer).encode()
        return status, data, headers


def begin(case, **named):
    proxy = SlowHistory(case.server())
    case.stack.callback(proxy.stop)
    case.stack.callback(proxy.goes_on.set)
    return proxy, case.app(proxy, "doctor", **named)


def test_progress(case):
    """While the history comes the day is there, and the popover says how much of it has come"""
    proxy, app = begin(case)
    app.see("Sync: Getting earlier appointments…")
    app.see(contains="Chest pain consultation")
    app.press("Sync: Getting earlier appointments…", role="toggle button")
    bar = app.see("Records fetched", role="progress bar")
    assert abs(bar.value - proxy.n_first / TOTAL) < 0.001, (bar.value, proxy.n_first)

    proxy.goes_on.set()
    app.see("Sync: Up to date")
    app.see_not("Records fetched", role="progress bar")


def test_progress_narrow(case):
    """The same on a phone's width"""
    proxy, app = begin(case, size=(360, 720))
    app.see(contains="Chest pain consultation")
    app.press("Back")
    app.press("Sync: Getting earlier appointments…", role="toggle button")
    app.see("Records fetched", role="progress bar")
    proxy.goes_on.set()
    app.see("Sync: Up to date")


main([test_progress, test_progress_narrow])
