# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""What the display tests stand on: a real roundsd, the real app, and the app's accessibility tree.

Nothing here sleeps: waiting means running the main loop until a condition holds, woken by the tree's own
events, with a deadline that only a defect reaches.
"""

import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402
from PIL import ImageGrab  # noqa: E402

BUILD = pathlib.Path(os.environ["ROUNDS_BUILD"])
SOURCE = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "demo-password"
DEADLINE = float(os.environ.get("ROUNDS_UI_DEADLINE", "45"))
TICK = 60  # milliseconds between looks when no event comes


class Server:
    """A roundsd with demo data on a port of its own, kept over restarts."""

    def __init__(self, folder, environment=None):
        self.folder = pathlib.Path(folder)
        self.environment = environment or {}
        self.port = 0
        self.process = None
        self.start()

    def start(self):
        log = (self.folder / "roundsd.log").open("ab")
        self.process = subprocess.Popen(
            [BUILD / "src/server/roundsd", "serve", "--demo", "--port", str(self.port),
             "--data", self.folder / "data"],
            stdout=subprocess.PIPE, stderr=log, text=True, cwd=self.folder,
            env={**os.environ, **self.environment})
        line = self.process.stdout.readline()
        if "listening on " not in line:
            raise AssertionError(f"roundsd did not start: {(self.folder / 'roundsd.log').read_text()}")
        self.url = line.split("listening on ")[1].strip()
        self.port = int(self.url.rsplit(":", 1)[1])

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=DEADLINE)
            self.process.stdout.close()

    def call(self, method, path, body=None, token=None):
        """One request; (status, the answer's data or the whole answer on a failure)."""
        request = urllib.request.Request(
            self.url + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json",
                     **({"Authorization": f"Bearer {token}"} if token else {})})
        try:
            with urllib.request.urlopen(request, timeout=DEADLINE) as answer:
                return answer.status, json.load(answer).get("data", {})
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def sign_in(self, account):
        status, data = self.call("POST", "/api/auth/login",
                                 {"email": f"{account}@example.org", "password": PASSWORD})
        assert status == 200, data
        return data["accessToken"], data["user"]


def run_loop(milliseconds):
    loop = GLib.MainLoop()
    GLib.timeout_add(milliseconds, loop.quit)
    loop.run()


def wait_for(condition, what):
    """Runs the main loop until condition() gives something true; gives that back."""
    end = time.monotonic() + DEADLINE
    while True:
        try:
            found = condition()
        except GLib.Error:  # a node that went away while we looked
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {DEADLINE:.0f} s in vain: {what}")
        run_loop(TICK)


class Node:
    """One object of the accessibility tree."""

    def __init__(self, accessible):
        self.accessible = accessible

    @property
    def name(self):
        return self.accessible.get_name() or ""

    @property
    def role(self):
        return self.accessible.get_role_name() or ""

    @property
    def description(self):
        return self.accessible.get_description() or ""

    @property
    def text(self):
        iface = self.accessible.get_text_iface()
        return Atspi.Text.get_text(iface, 0, -1) if iface else ""

    def has(self, state):
        return self.accessible.get_state_set().contains(state)

    @property
    def showing(self):
        return self.has(Atspi.StateType.SHOWING)

    @property
    def sensitive(self):
        return self.has(Atspi.StateType.SENSITIVE)

    def walk(self, only_showing=True):
        stack = [self.accessible]
        while stack:
            accessible = stack.pop()
            if accessible is None:
                continue
            node = Node(accessible)
            try:
                if only_showing and accessible.get_role() != Atspi.Role.APPLICATION and not node.showing:
                    continue
                count = accessible.get_child_count()
                children = [accessible.get_child_at_index(i) for i in range(count)]
            except GLib.Error:
                continue
            yield node
            stack.extend(reversed(children))

    def find_all(self, name=None, role=None, contains=None, only_showing=True):
        roles = {role} if isinstance(role, str) else set(role or ())
        for node in self.walk(only_showing):
            with contextlib.suppress(GLib.Error):
                if roles and node.role not in roles:
                    continue
                if name is not None and node.name != name:
                    continue
                if contains is not None and contains not in node.name and contains not in node.text:
                    continue
                yield node

    def find(self, name=None, role=None, contains=None, only_showing=True):
        return next(self.find_all(name, role, contains, only_showing), None)

    def act(self, action=0):
        iface = self.accessible.get_action_iface()
        assert iface is not None and Atspi.Action.get_n_actions(iface) > action, \
            f"{self.role} '{self.name}' has no action"
        Atspi.Action.do_action(iface, action)

    def focus(self):
        Atspi.Component.grab_focus(self.accessible.get_component_iface())

    def set_text(self, text):
        iface = self.accessible.get_editable_text_iface()
        assert iface is not None, f"{self.role} '{self.name}' cannot be edited"
        Atspi.EditableText.set_text_contents(iface, text)

    def dump(self, depth=0, only_showing=True, out=None):
        """The tree below as text, for the log of a failed test."""
        out = [] if out is None else out
        with contextlib.suppress(GLib.Error):
            if only_showing and depth and not self.showing:
                return out
            text = f" «{self.text[:60]}»" if self.text and self.text != self.name else ""
            out.append("  " * depth + f"{self.role} '{self.name}'{text}")
            for index in range(self.accessible.get_child_count()):
                child = self.accessible.get_child_at_index(index)
                if child is not None:
                    Node(child).dump(depth + 1, only_showing, out)
        return out


class App:
    """The running app, as a screen reader sees it."""

    def __init__(self, server=None, account=None, size=None, environment=None, home=None):
        variables = {**os.environ, "GSETTINGS_SCHEMA_DIR": str(BUILD / "data"),
                     "GSETTINGS_BACKEND": "keyfile", **(environment or {})}
        if server is not None:
            variables["ROUNDS_SERVER"] = server.url
        if account is not None:
            variables["ROUNDS_DEMO_ACCOUNT"] = f"{account}@example.org"
        if size is not None:
            variables["ROUNDS_WINDOW_SIZE"] = "{}x{}".format(*size)
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([BUILD / "src/app/rounds"], env=variables, stdout=self.log,
                                        stderr=subprocess.STDOUT)
        self.root = wait_for(self._find_root, "the app appears in the accessibility tree")

    def _find_root(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the app ended with {self.process.returncode}:\n{self.read_log()}")
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == self.process.pid:
                return Node(child)
        return None

    def read_log(self):
        self.log.flush()
        self.log.seek(0)
        return self.log.read()

    def see(self, name=None, role=None, contains=None):
        """Waits until something of this name is on the screen."""
        return wait_for(lambda: self.root.find(name, role, contains),
                        f"{role or 'anything'} {name or contains!r} shows")

    def see_not(self, name=None, role=None, contains=None):
        wait_for(lambda: self.root.find(name, role, contains) is None,
                 f"{role or 'anything'} {name or contains!r} is gone")

    def press(self, name=None, role=("button", "toggle button", "push button", "menu item"), contains=None):
        """Waits for a control that can be pressed, and presses it."""
        node = wait_for(
            lambda: next((n for n in self.root.find_all(name, role, contains) if n.sensitive), None),
            f"{name or contains!r} can be pressed")
        node.act()
        return node

    def fill(self, name, text):
        """Types into the entry of this name, replacing what is there."""
        def find():
            return next((n for n in self.root.find_all(name)
                         if n.accessible.get_editable_text_iface() is not None), None)
        node = wait_for(find, f"an entry '{name}' shows")
        node.set_text(text)
        return node

    def key(self, keysym, modifiers=()):
        """Presses a key in the focused window, as a keyboard would."""
        subprocess.run(["xdotool", "key", "+".join([*modifiers, keysym])], check=True)

    def screenshot(self, path):
        path = pathlib.Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        ImageGrab.grab(xdisplay=os.environ["DISPLAY"]).save(path)

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Case:
    """What one test gets: a folder, a server, apps; all of it ends with the test."""

    def __init__(self, name, stack):
        self.name = name
        self.stack = stack
        self.folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        self.apps = []

    def server(self, environment=None):
        server = Server(self.folder, environment)
        self.stack.callback(server.stop)
        return server

    def app(self, *arguments, **named):
        app = App(*arguments, **named)
        self.apps.append(app)
        self.stack.callback(app.close)
        return app


def run_case(test):
    """None when it passed, else why not with what the screen held."""
    with contextlib.ExitStack() as stack:
        case = Case(test.__name__, stack)
        try:
            test(case)
        except Exception as error:  # noqa: BLE001  a test may fail in any way
            parts = [f"{type(error).__name__}: {error}"]
            keep = os.environ.get("ROUNDS_UI_FAILURES")
            for number, app in enumerate(case.apps):
                parts += app.root.dump() if hasattr(app, "root") else []
                parts += app.read_log().splitlines()[-30:]
                if keep:
                    app.screenshot(pathlib.Path(keep) / f"{test.__name__}-{number}.png")
            return "\n".join(parts)
        for app in case.apps:
            critical = [line for line in app.read_log().splitlines()
                        if "CRITICAL" in line or "WARNING **" in line]
            if critical:
                return "the app complained:\n" + "\n".join(critical)
    return None


def main(tests):
    """Runs the tests named on the command line, or all, and speaks TAP."""
    watchdog = threading.Timer(float(os.environ.get("ROUNDS_UI_LIMIT", "600")), lambda: os._exit(99))
    watchdog.daemon = True
    watchdog.start()
    wanted = [test for test in tests if not sys.argv[1:] or test.__name__ in sys.argv[1:]]
    print(f"1..{len(wanted)}", flush=True)
    failed = 0
    for number, test in enumerate(wanted, 1):
        began = time.monotonic()
        why = run_case(test)
        failed += why is not None
        title = (test.__doc__ or test.__name__).strip().splitlines()[0]
        print(f"{'ok' if why is None else 'not ok'} {number} - {title} ({time.monotonic() - began:.1f} s)",
              flush=True)
        for line in (why or "").splitlines():
            print(f"# {line}", flush=True)
    sys.exit(1 if failed else 0)
