# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Tokens of both kinds are read and their signatures accepted by PyJWT, a library that is not ours."""

import subprocess
import sys

try:
    import cryptography  # noqa: F401 (PyJWT's RS256 needs it)
    import jwt
except ImportError as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(0)

USER = {
    "id": "65a4f0c2b7e8d9f0aabbccdd",
    "name": "Dr. Zoë “Quotes” 漢字",
    "email": "zoe@example.org",
    "moderator": True,
}
TIMES = {"exp": 1705312800 + 86400, "nbf": 1705312790}
# These tokens are of a fixed day in the past.
OPTIONS = {"verify_exp": False, "verify_nbf": False}


def report(number, good, text):
    print(f"{'ok' if good else 'not ok'} {number} {text}")
    return good


def refuses(token, key, algorithm):
    try:
        jwt.decode(token, key, algorithms=[algorithm], audience="jitsi", options=OPTIONS)
    except jwt.InvalidSignatureError:
        return True
    return False


def main():
    lines = subprocess.run([sys.argv[1]], check=True, capture_output=True, text=True).stdout
    own, jaas, secret, public = lines.split("\n", 3)
    own_claims = jwt.decode(own, secret, algorithms=["HS256"], audience="jitsi", options=OPTIONS)
    jaas_claims = jwt.decode(jaas, public, algorithms=["RS256"], audience="jitsi", options=OPTIONS)
    features = jaas_claims["context"].pop("features")
    print("1..6")
    good = [
        report(1, jwt.get_unverified_header(own) == {"alg": "HS256", "typ": "JWT"}, "own header"),
        report(2, own_claims == {
            "iss": "hospital", "aud": "jitsi", "sub": "meet.example.org", "room": "meeting-1-2",
            "context": {"user": USER}, **TIMES}, "own claims"),
        report(3, jwt.get_unverified_header(jaas)
               == {"alg": "RS256", "kid": "app/1", "typ": "JWT"}, "JaaS header"),
        report(4, jaas_claims == {
            "iss": "chat", "aud": "jitsi", "sub": "app", "room": "meeting-1-2",
            "context": {"user": {**USER, "moderator": "true"}}, **TIMES}, "JaaS claims"),
        report(5, features and all(value == "true" for value in features.values()), "JaaS features"),
        report(6, refuses(own, secret + "x", "HS256"), "another secret is refused"),
    ]
    sys.exit(0 if all(good) else 1)


main()
