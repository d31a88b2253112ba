/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Signing in with Argon2id, and bearer tokens by jsonwebtoken.
 * It keeps no sessions: the token is the session.
 */

import { randomBytes } from 'node:crypto';

import argon2 from 'argon2';
import jwt from 'jsonwebtoken';

import { findUser, findUserByEmail } from './database.js';
import { Problems, Refusal } from './refusals.js';

const SECRET = randomBytes(32);
const SECONDS = 12 * 3600;

export async function signIn(request, response) {
  const { email, password } = request.body ?? {};
  const problems = new Problems();
  if (typeof email !== 'string' || email.length > 254)
    problems.add('email', 'Required');
  if (typeof password !== 'string' || password.length > 1024)
    problems.add('password', 'Required');
  problems.refuse(400);

  const found = findUserByEmail(email.trim());
  if (!found?.password_hash || !(await argon2.verify(found.password_hash, password)))
    throw new Refusal(401, 'wrong_password', 'E-mail address or password is wrong');

  const { password_hash: _, ...user } = found;
  const accessToken = jwt.sign({}, SECRET, { subject: user.id, expiresIn: SECONDS });
  response.json({
    status: 'success',
    data: { accessToken, expiresIn: SECONDS, user: { _id: user.id, ...user } },
  });
}

export function authenticate(request, response, next) {
  const [scheme, token] = (request.get('authorization') ?? '').split(' ');
  if (scheme !== 'Bearer' || !token)
    throw new Refusal(401, 'not_signed_in', 'Sign in first');
  try {
    request.caller = findUser(jwt.verify(token, SECRET, { algorithms: ['HS256'] }).sub);
  } catch {
    throw new Refusal(401, 'session_ended', 'The session has ended or never was');
  }
  if (!request.caller)
    throw new Refusal(401, 'session_ended', 'The session has ended or never was');
  next();
}
