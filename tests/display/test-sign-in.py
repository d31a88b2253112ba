# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Signing in by hand, being remembered, signing out; and where the secrets are meanwhile, and where not."""

import contextlib
import os
import pathlib
import socket
import ssl
import subprocess
import threading

import gi

gi.require_version("Secret", "1")
from gi.repository import Secret  # noqa: E402

from rounds_server import PASSWORD  # noqa: E402
from rounds_test import main  # noqa: E402
from rounds_tree import find_address  # noqa: E402
from rounds_ui import SOURCE, wait_for  # noqa: E402

EMAIL = "doctor@example.org"


def sign_in(app, address, email=EMAIL, password=PASSWORD):
    app.fill("Server Address", address)
    app.fill("Email", email)
    app.fill("Password", password)
    app.press("Sign In")


def keyring_items(server):
    """kind → secret of what the Secret Service keeps for the account."""
    service = Secret.Service.get_sync(Secret.ServiceFlags.LOAD_COLLECTIONS, None)
    items = service.search_sync(None, {"server": server.url, "account": EMAIL}, Secret.SearchFlags.ALL
                                | Secret.SearchFlags.LOAD_SECRETS, None)
    return {item.get_attributes()["kind"]: item.get_secret().get_text() for item in items}


def kept_files(case):
    """All that lies below the home, and what the app said."""
    return [path for path in case.home.rglob("*") if path.is_file() and not path.is_symlink()]


def account_files(case):
    return [path for path in kept_files(case) if "accounts" in path.parts]


def family(pid):
    """A process and all that it started."""
    pids = [pid]
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread that ended meanwhile
            for child in (task / "children").read_text().split():
                pids += family(int(child))
    return pids


def check_nowhere(case, app, secrets):
    """None of the secrets is in a file, a command line, an environment or the log."""
    places = {str(path): path.read_bytes() for path in kept_files(case)}
    for pid in family(app.process.pid):
        for name in ("cmdline", "environ"):
            places[f"/proc/{pid}/{name}"] = pathlib.Path(f"/proc/{pid}/{name}").read_bytes()
    places["the app's log"] = app.read_log().encode()
    for place, content in places.items():
        for secret in secrets:
            assert secret.encode() not in content, f"a secret stands in {place}"


def test_wrong_addresses(case):
    """What is wrong with an address is said in plain words"""
    app = case.app()
    app.see("Welcome to Rounds")
    button = app.see("Sign In", role="button")
    assert not button.sensitive, "there is nothing to sign in with yet"

    sign_in(app, "not a server")
    app.see("That is not a server address")
    sign_in(app, "http://rounds.example.org")
    app.see("That is not a server address")
    app.see(contains="Only a server on this computer may be reached without encryption")

    with socket.socket() as nobody:  # bound, but nobody listens
        nobody.bind(("127.0.0.1", 0))
        sign_in(app, f"http://127.0.0.1:{nobody.getsockname()[1]}")
        app.see("Rounds can’t reach 127.0.0.1")
        app.see(contains="Check your connection and the address")
    assert app.see("Email", role="text").text == EMAIL, "what was typed stays"


def test_damaged_settings(case):
    """Settings that something else wrote lead to the sign-in page, not to a page of trouble"""
    settings = case.home / "config/glib-2.0/settings/keyfile"
    settings.parent.mkdir(parents=True)
    for lines in ("server='ht!tp://%%'\nemail='\\x00'\naccounts=[('x',)]", "server=7\nwindow-width=-5\naccounts='no'"):
        settings.write_text(f"[io/github/rounds_app/Rounds]\n{lines}\n")
        app = case.app()
        app.see("Welcome to Rounds")
        app.quit()


def test_not_rounds(case):
    """A server that is not Rounds is told apart from one that is away"""
    def answer(listener):
        with contextlib.suppress(OSError):  # the test is over
            while True:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(4096)
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                                       b"Content-Length: 5\r\nConnection: close\r\n\r\nhello")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=answer, args=(listener,), daemon=True).start()
        app = case.app()
        sign_in(app, f"http://127.0.0.1:{listener.getsockname()[1]}")
        app.see("127.0.0.1 is not a Rounds server")


def test_untrusted(case):
    """A certificate that nobody vouches for is said in plain words, and there is no way around it"""
    told = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(SOURCE / "tests/net/untrusted-server.pem")

    def listen(listener):
        with contextlib.suppress(OSError):  # the test is over
            while True:
                connection, _ = listener.accept()
                with connection, contextlib.suppress(OSError), \
                        context.wrap_socket(connection, server_side=True) as channel:
                    told.append(channel.recv(4096))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=listen, args=(listener,), daemon=True).start()
        app = case.app()
        sign_in(app, f"https://127.0.0.1:{listener.getsockname()[1]}")
        app.see("127.0.0.1 can’t prove who it is")
        app.see(contains="Its security certificate is not to be trusted, so nothing was sent")
        buttons = {node.name for node in app.look().find_all(role="button") if node.name}
        assert buttons == {"Show Password", "Sign In", "Use an Access Token", "Close"}, f"a way around it: {sorted(buttons)}"
        assert not any(told), "something was sent"


def test_by_keyboard(case):
    """A wrong password is said, the right one opens Today, all by keyboard"""
    server = case.server()
    app = case.app()
    wait_for(lambda: app.entry("Server Address").focused, "the focus is where one begins")
    app.type(server.url)
    app.tab_to("Email")
    app.type(EMAIL)
    app.tab_to("Password")
    app.type("not-the-password")
    app.key("Return")
    app.see("Wrong email address or password")
    assert app.entry("Server Address").text == server.url
    wait_for(lambda: app.entry("Password").focused, "the focus is where the mistake is")

    app.key("ctrl+a")
    app.type(PASSWORD)
    app.key("Return")
    app.see(contains="Chest pain consultation")
    app.see(contains="Account: Dr. Leyla Aydın")


def test_remembered(case):
    """The token is in the Secret Service and nowhere else; the next start needs no password"""
    server = case.server()
    app = case.app()
    sign_in(app, server.url)
    app.see(contains="Chest pain consultation")
    app.see("Sync: Up to date")

    secrets = keyring_items(server)
    assert set(secrets) == {"access-token", "refresh-token", "cache-key"}, sorted(secrets)
    files = account_files(case)
    assert files, "there is a cache"
    assert not any(path.read_bytes().startswith(b"SQLite format 3") for path in files), "in the clear"
    check_nowhere(case, app, [*secrets.values(), PASSWORD])

    app.quit()
    check = "María Fernández".encode()
    assert not any(check in path.read_bytes() for path in kept_files(case)), "a patient in the clear"

    app = case.app()
    app.see(contains="Chest pain consultation")
    assert not app.sees("Welcome to Rounds")
    check_nowhere(case, app, [*secrets.values(), PASSWORD])


def test_sign_out(case):
    """Signing out takes the cache, its key and the token away and tells the server"""
    server = case.server()
    app = case.app()
    sign_in(app, server.url)
    app.see("Sync: Up to date")
    token = keyring_items(server)["access-token"]
    assert server.call("GET", "/api/users/me", token=token)[0] == 200

    app.press(contains="Account: Dr. Leyla Aydın", role="toggle button")
    app.press(contains="Sign Out", role="menu item")
    app.see("Sign Out?")
    app.press("Sign Out", role="button")
    app.see("Welcome to Rounds")
    app.see("Signed out: nothing is kept on this computer")
    assert keyring_items(server) == {}
    assert account_files(case) == []
    assert server.call("GET", "/api/users/me", token=token)[0] == 401, "the token still works"
    assert app.entry("Password").text == "", "the password is still there"

    app.quit()
    app = case.app()
    app.see("Welcome to Rounds")


def switch(app, person):
    app.press(contains=f"Account: {person}", role="toggle button")
    app.press("Switch Account…", role="menu item")
    app.see("Accounts", role="dialog")


def choose_account(app, name):
    """By keyboard: a row has no action for assistive technology."""
    app.tab_to(contains=name)
    app.key("Return")


def test_two_accounts(case):
    """Two people on one computer: each has a cache of their own and comes back without a password"""
    server = case.server()
    app = case.app()
    sign_in(app, server.url)
    app.see(contains="Account: Dr. Leyla Aydın")
    app.see("Sync: Up to date")
    switch(app, "Dr. Leyla Aydın")
    choose_account(app, "Add Account…")
    app.see("Welcome to Rounds")
    assert app.entry("Email").text == "", "another one is asked for"
    sign_in(app, server.url, "desk@example.org")
    app.see(contains="Account: Sabine Krüger")
    app.see("Sync: Up to date")
    assert len({path.stem for path in account_files(case) if path.suffix == ".db"}) == 2

    switch(app, "Sabine Krüger")
    choose_account(app, "Dr. Leyla Aydın")
    app.see(contains="Account: Dr. Leyla Aydın")
    app.see(contains="Chest pain consultation")
    app.see("Sync: Up to date")

    app.press(contains="Account: Dr. Leyla Aydın", role="toggle button")
    app.press(contains="Sign Out", role="menu item")
    app.press("Sign Out", role="button")
    app.see("Welcome to Rounds")
    assert keyring_items(server) == {}, "the doctor's secrets are gone"
    assert len({path.stem for path in account_files(case) if path.suffix == ".db"}) == 1
    app.press("Choose an Account…", role="button")
    app.see("Accounts", role="dialog")
    assert not app.sees(role="list item", contains="Dr. Leyla Aydın")
    choose_account(app, "Sabine Krüger")
    app.see(contains="Account: Sabine Krüger")


def test_no_secret_service(case):
    """Without a Secret Service: what to do is said, one can go on, and nothing is written down"""
    server = case.server()
    bus = subprocess.Popen(["dbus-daemon", "--nofork", "--nopidfile", "--nosyslog",
                            "--print-address=1", f"--config-file={write_bus_config(case)}"],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    case.stack.callback(bus.wait)
    case.stack.callback(bus.terminate)
    # The accessibility bus stays the session's: it is found by its own address.
    app = case.app(environment={"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip(),
                                "AT_SPI_BUS_ADDRESS": find_address()})
    sign_in(app, server.url)
    app.see("No keyring")
    app.see(contains="Start one, such as GNOME Keyring or KeePassXC, then try again")
    assert app.see_button("Sign In"), "one can try again"
    assert account_files(case) == []
    check_nowhere(case, app, [PASSWORD])

    app.press("Go On Without Keyring", role="button")
    app.see(contains="Chest pain consultation")
    app.see("Sync: Up to date")
    assert account_files(case) == [], "the day is in memory only"
    check_nowhere(case, app, [PASSWORD])
    app.quit()
    app = case.app()
    app.see("Welcome to Rounds")


def write_bus_config(case):
    """A session bus that starts nothing."""
    path = case.folder / "bus.conf"
    path.write_text(
        '<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" '
        '"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">\n'
        f"<busconfig><type>session</type><listen>unix:path={case.folder}/bus</listen>"
        '<policy context="default"><allow send_destination="*"/>'
        '<allow receive_type="method_return"/><allow receive_type="error"/>'
        '<allow receive_type="signal"/><allow own="*"/></policy></busconfig>\n')
    return path


if __name__ == "__main__":
    os.environ.pop("ROUNDS_SERVER", None)
    main([test_wrong_addresses, test_damaged_settings, test_not_rounds, test_untrusted, test_by_keyboard, test_remembered, test_sign_out,
          test_two_accounts, test_no_secret_service])
