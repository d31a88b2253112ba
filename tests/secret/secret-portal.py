# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""The Secret portal as a sandboxed program sees it, answering as it was last told to.

Answer(u) on itself tells it: 0 hands out the secret, 1 is a person who closed the question for the
keyring's password, 2 a keyring that could not be unlocked.
"""

import os

from gi.repository import Gio, GLib

NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SECRET = bytes(range(64))
INTERFACES = Gio.DBusNodeInfo.new_for_xml("""<node>
  <interface name="org.freedesktop.portal.Secret">
    <method name="RetrieveSecret">
      <arg type="h" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/>
    </method>
    <property name="version" type="u" access="read"/>
  </interface>
  <interface name="io.github.rounds_app.Test">
    <method name="Answer"><arg type="u" direction="in"/></method>
  </interface>
</node>""").interfaces


class Portal:
    def __init__(self, connection):
        self.connection = connection
        self.answer = 0
        for interface in INTERFACES:
            connection.register_object(PATH, interface, self.call, self.get, None)

    def get(self, _connection, _sender, _path, _interface, _name):
        return GLib.Variant("u", 1)

    def call(self, _connection, sender, _path, _interface, method, arguments, invocation):
        if method == "Answer":
            self.answer = arguments.unpack()[0]
            invocation.return_value(None)
            return
        token = arguments.unpack()[1]["handle_token"]
        request = f"{PATH}/request/{sender[1:].replace('.', '_')}/{token}"
        pipe = invocation.get_message().get_unix_fd_list().get(arguments.unpack()[0])
        if self.answer == 0:
            os.write(pipe, SECRET)
        os.close(pipe)
        invocation.return_value(GLib.Variant("(o)", (request,)))
        self.connection.emit_signal(sender, request, "org.freedesktop.portal.Request", "Response",
                                    GLib.Variant("(ua{sv})", (self.answer, {})))


def main():
    connection = Gio.bus_get_sync(Gio.BusType.SESSION)
    portal = Portal(connection)
    Gio.bus_own_name_on_connection(connection, NAME, Gio.BusNameOwnerFlags.NONE, None, None)
    GLib.MainLoop().run()
    del portal


main()
