# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""What a display test is: a function that gets a case; run one after the other, told as TAP.

The session around them (bus, keyring, display) is tests/support/session.
"""

import contextlib
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

from rounds_server import Conference, Server
from rounds_ui import App, Clock


class Skip(Exception):
    """What a test needs is not on this machine."""


class Disk:
    """A file system that can be full, or one that can only be read; for root as for anybody else."""

    def __init__(self, path):
        self.path = path
        self.filler = path / "filler"

    def fill(self):
        with contextlib.suppress(OSError), self.filler.open("wb", buffering=0) as file:
            while file.write(bytes(4096)) > 0:
                pass

    def make_room(self):
        self.filler.unlink()

    def set_writable(self, writable):
        mount("-o", "remount,rw" if writable else "remount,ro", self.path)


def mount(*arguments):
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise Skip(f"nobody may mount a file system here: {done.stderr.strip()}")


@contextlib.contextmanager
def disk(path):
    path.mkdir(parents=True, exist_ok=True)
    mount("-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", path)
    try:
        yield Disk(path)
    finally:
        subprocess.run(["umount", "-l", path], check=True)


class Case:
    """What one test gets: a clock, a folder, a home, servers, apps; all of it ends with the test."""

    def __init__(self, stack):
        self.stack = stack
        # WebKit's processes may outlive the app for a moment, and write in here while it is being removed; what they
        # leave goes with the session.
        self.folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        self.home = self.folder / "home"
        self.clock = Clock()
        self.apps = []

    def server(self, environment=None):
        server = Server(self.folder, self.clock, environment)
        self.stack.callback(server.stop)
        return server

    def disk(self, folder="."):
        """The home, or a folder of it, on a disk of its own. To be called before the first app."""
        return self.stack.enter_context(disk(self.home / folder))

    def conference(self):
        conference = Conference(self.folder)
        self.stack.callback(conference.stop)
        return conference

    def locale(self, name):
        """The environment of a locale that is made for this case; few machines have all."""
        made = subprocess.run(["localedef", "-i", name, "-f", "UTF-8", self.folder / f"{name}.UTF-8"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if made.returncode != 0:
            raise Skip(f"the sources of the locale {name} are missing (Debian: locales)")
        return {"LOCPATH": str(self.folder), "LC_ALL": f"{name}.UTF-8"}

    def app(self, server=None, account=None, **named):
        """The app on this case's home; only one at a time in a session."""
        if self.apps:
            self.apps[-1].close()
        app = App(self.home, self.clock, server, account, **named)
        self.apps.append(app)
        self.stack.callback(app.close)
        return app


def describe(test, case, error):
    """Why it failed and what the screen held, for the log."""
    lines = [f"{type(error).__name__}: {error}"]
    trace = error.__traceback__
    while trace is not None:
        lines.append(f"  at {pathlib.Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    keep = os.environ.get("ROUNDS_UI_FAILURES")
    for app in case.apps[-1:]:
        with contextlib.suppress(Exception):
            lines += app.look().lines()
            lines += app.read_log().splitlines()[-30:]
            if keep:
                app.grab().save(pathlib.Path(keep) / f"{test.__name__}.png")
    return "\n".join(lines)


def run_case(test):
    """None when it passed, else why not."""
    with contextlib.ExitStack() as stack:
        case = Case(stack)
        try:
            test(case)
        except Skip:
            raise
        except Exception as error:  # noqa: BLE001  a test may fail in any way
            return describe(test, case, error)
        complaints = [line for app in case.apps for line in app.complaints()]
        if complaints:
            return "the app complained:\n" + "\n".join(complaints)
    return None


def watch():
    """Ends a program that hangs in a way that no deadline sees."""
    watchdog = threading.Timer(float(os.environ.get("ROUNDS_UI_LIMIT", "850")), lambda: os._exit(99))
    watchdog.daemon = True
    watchdog.start()


def choose(tests, arguments):
    """Those named on the command line, or with "1/2" every second one from the first, or all."""
    if arguments and "/" in arguments[0]:
        part, of = map(int, arguments[0].split("/"))
        return tests[part - 1::of]
    return [test for test in tests if not arguments or test.__name__ in arguments]


def main(tests, skip=None):
    """Runs the tests that are chosen; all are skipped when skip gives a reason."""
    watch()
    wanted = choose(tests, sys.argv[1:])
    if skip:
        print(f"1..0 # SKIP {skip}", flush=True)
        return
    print(f"1..{len(wanted)}", flush=True)
    failed = 0
    for number, test in enumerate(wanted, 1):
        began = time.monotonic()
        title = test.__doc__.strip().splitlines()[0]
        try:
            why = run_case(test)
        except Skip as reason:
            print(f"ok {number} - {title} # SKIP {reason}", flush=True)
            continue
        failed += why is not None
        print(f"{'not ok' if why else 'ok'} {number} - {title} ({time.monotonic() - began:.1f} s)",
              flush=True)
        for line in (why or "").splitlines():
            print(f"# {line}", flush=True)
    sys.exit(1 if failed else 0)
