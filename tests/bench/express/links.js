/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Room names and personal links to a Jitsi, minted for one caller.
 * Nothing made here is stored.
 */

import { randomBytes } from 'node:crypto';

import jwt from 'jsonwebtoken';

const { JITSI_APP_ID, JITSI_SECRET, JITSI_DOMAIN } = process.env;
const TTL = 24 * 3600;

export const newRoomName = (kind, id) => `${kind}-${id}-${randomBytes(8).toString('hex')}`;

// @endsAt: µs; the token lives at least as long as the call.
export function mintLink(caller, moderator, room, endsAt) {
  const second = Math.floor(Date.now() / 1000);
  const claims = {
    aud: 'jitsi',
    iss: JITSI_APP_ID,
    sub: JITSI_DOMAIN,
    room,
    exp: Math.max(second + TTL, Math.ceil(endsAt / 1e6)),
    nbf: second - 10,
    context: { user: { id: caller.id, name: caller.name, email: caller.email, moderator } },
  };
  const token = jwt.sign(claims, JITSI_SECRET, { algorithm: 'HS256', noTimestamp: true });
  return `https://${JITSI_DOMAIN}/${room}?jwt=${token}`;
}
