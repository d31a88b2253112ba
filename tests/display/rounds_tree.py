# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""The accessibility tree of a program, read from its bus in one piece.

One answer holds names, roles and states of everything, which is some twenty times faster than to ask
object by object, and each look is as fresh as its answer. What an app is, and waiting, is in rounds_ui.py.
"""

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

from rounds_items import read_items  # noqa: E402

SPI = "org.a11y.atspi."
ROOT = "/org/a11y/atspi/accessible/root"
TIMEOUT = 20000  # milliseconds; only a program that hangs takes them
MOST_TRIES = 10
EMPTY = ("panel", "grouping", "filler", "unknown")
ROLES = {int(role): Atspi.role_get_name(role) for role in map(Atspi.Role, range(Atspi.Role.LAST_DEFINED))}


def find_address():
    """Where the session's accessibility bus is."""
    return Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
        "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
        Gio.DBusCallFlags.NONE, TIMEOUT, None).unpack()[0]


class Bus:
    """A connection to the session's accessibility bus."""

    def __init__(self):
        self.last = None  # what the last look was made of, and its tree
        self.connection = Gio.DBusConnection.new_for_address_sync(
            find_address(), Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)

    def ask(self, name, path, interface, method, arguments=None):
        return self.connection.call_sync(name, path, interface, method, arguments, None,
                                         Gio.DBusCallFlags.NONE, TIMEOUT, None)

    def call(self, name, path, interface, method, arguments=None):
        answer = self.ask(name, path, interface, method, arguments).unpack()
        return answer[0] if answer else None

    def find_program(self, pid):
        """The bus name of a process that has told the registry of itself, or None."""
        registry = SPI + "Registry"
        for name, _ in self.call(registry, ROOT, SPI + "Accessible", "GetChildren"):
            if self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                         "GetConnectionUnixProcessID", GLib.Variant("(s)", (name,))) == pid:
                return name
        return None


class Node:
    """One object as it was at the moment of the look; its methods ask anew."""

    def __init__(self, bus, item):
        (self.program, self.path), _, (_, self.parent_path), self.index, self.n_children, \
            self.interfaces, self.name, role, self.description, states = item
        self.bus = bus
        self.role = ROLES.get(role, "unknown")
        self.states = states[0] | states[1] << 32
        self.children = []
        self.parent = None

    def has(self, state):
        return bool(self.states >> int(state) & 1)

    @property
    def showing(self):
        return self.has(Atspi.StateType.SHOWING)

    @property
    def sensitive(self):
        return self.has(Atspi.StateType.SENSITIVE)

    @property
    def focused(self):
        return self.has(Atspi.StateType.FOCUSED)

    @property
    def checked(self):
        return self.has(Atspi.StateType.CHECKED)

    @property
    def editable(self):
        return SPI + "EditableText" in self.interfaces

    def call(self, interface, method, arguments=None):
        return self.bus.call(self.program, self.path, SPI + interface, method, arguments)

    @property
    def text(self):
        """What stands in it: the content of an entry or of a label that has no name."""
        if SPI + "Text" not in self.interfaces:
            return ""
        return self.call("Text", "GetText", GLib.Variant("(ii)", (0, -1)))

    @property
    def value(self):
        """How far a progress bar or a level is."""
        return self.bus.call(self.program, self.path, "org.freedesktop.DBus.Properties", "Get",
                             GLib.Variant("(ss)", (SPI + "Value", "CurrentValue")))

    def is_inside(self, name=None, role=None):
        """Whether something around it has this name and role."""
        around = self.parent
        while around is not None:
            if (name is None or around.name == name) and (role is None or around.role == role):
                return True
            around = around.parent
        return False

    def is_left_over(self):
        """Whether what is around it knows nothing of it: GTK's cache of accessibles, which a look reads, keeps a
        row that somebody looked at while it went."""
        return (self.program, self.path) not in self.parent.call("Accessible", "GetChildren")

    def says(self, part):
        return part in self.name or (not self.name or self.editable) and part in self.text

    def find_label(self):
        """What another object says about it: GTK's menu items have no name of their own."""
        for kind, targets in self.call("Accessible", "GetRelationSet"):
            for _, path in targets if kind == int(Atspi.RelationType.LABELLED_BY) else ():
                return self.bus.call(self.program, path, SPI + "Text", "GetText",
                                     GLib.Variant("(ii)", (0, -1)))
        return ""

    def act(self):
        assert SPI + "Action" in self.interfaces, f"{self.role} '{self.name}' has no action"
        self.call("Action", "DoAction", GLib.Variant("(i)", (0,)))

    def set_text(self, text):
        assert self.call("EditableText", "SetTextContents", GLib.Variant("(s)", (text,)))

    def walk(self, only_showing=True):
        """This and all below, in the order of the tree."""
        stack = [self]
        while stack:
            node = stack.pop()
            if only_showing and node.path != ROOT and not node.showing:
                continue
            yield node
            stack.extend(reversed(node.children))

    def find_all(self, name=None, role=None, contains=None):
        roles = {role} if isinstance(role, str) else set(role or ())
        for node in self.walk():
            if (not roles or node.role in roles) and (name is None or node.name == name) \
                    and (contains is None or node.says(contains)):
                yield node

    def find(self, name=None, role=None, contains=None):
        return next(self.find_all(name, role, contains), None)

    def lines(self, depth=0):
        """The tree below as text, without boxes that say nothing."""
        text = self.text if not self.name or self.editable else ""
        out = []
        if self.name or text or self.role not in EMPTY:
            out.append("  " * depth + f"{self.role} '{self.name}'" + (f" «{text[:80]}»" if text else "")
                       + (f" ({self.description})" if self.description else "")
                       + ("" if self.sensitive or self.path == ROOT else " [insensitive]"))
            depth += 1
        for child in self.children:
            if child.showing:
                out += child.lines(depth)
        return out


def ask_for_children(bus, program, path):
    """Their paths, in order; a web page is a tree of its own."""
    return [child for owner, child in bus.call(program, path, SPI + "Accessible", "GetChildren") if owner == program]


def attach(bus, nodes):
    """Makes a tree of what is known; the paths of what shows and is not known, and what was asked for."""
    for node in nodes.values():
        node.parent = nodes.get(node.parent_path)
        if node.parent is not None:
            node.parent.children.append(node)
    missing, asked = [], {}
    for node in nodes[ROOT].walk():
        node.children.sort(key=lambda child: child.index)
        # What is hidden is still told of, with a place that is another's now. Then only asking helps.
        if [child.index for child in node.children] != list(range(node.n_children)):
            paths = asked[node.path] = ask_for_children(bus, node.program, node.path)
            missing += [path for path in paths if path not in nodes]
            node.children = [nodes[path] for path in paths if path in nodes]
    return missing, asked


def explore(bus, program, path):
    """Has the program tell of an object and of all below: it tells of what somebody has asked for before."""
    for owner, child in bus.call(program, path, SPI + "Accessible", "GetChildren"):
        if owner == program:
            explore(bus, program, child)


def read_tree(bus, program):
    """All that the program shows."""
    for _ in range(MOST_TRIES):
        try:
            return read_once(bus, program)
        except GLib.Error as error:  # an object that went away while we looked
            if "UnknownMethod" not in error.message and "UnknownObject" not in error.message:
                raise
    return read_once(bus, program)


def read_once(bus, program):
    """One look. While a test waits, it sees mostly what there was a moment ago."""
    while True:
        answer = bus.ask(program, "/org/a11y/atspi/cache", SPI + "Cache", "GetItems")
        data = answer.get_data_as_bytes().get_data()
        if bus.last is not None and bus.last[0] == data \
                and all(ask_for_children(bus, program, path) == paths for path, paths in bus.last[1].items()):
            return bus.last[2]
        nodes = {item[0][1]: Node(bus, item) for item in read_items(answer)}
        missing, asked = attach(bus, nodes)
        if not missing:
            break
        for path in missing:
            explore(bus, program, path)
    root = nodes[ROOT]
    for node in root.walk():
        if "menu item" in node.role and not node.name:
            node.name = node.find_label()
    bus.last = data, asked, root
    return root
