/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The database: roundsd's own file in a copy of its own, its statements prepared once.
 * It knows no rules.
 */

import { randomBytes } from 'node:crypto';

import Database from 'better-sqlite3';

export const db = new Database(process.env.DATABASE, { fileMustExist: true });

db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.pragma('foreign_keys = ON');
db.pragma('temp_store = MEMORY');
db.pragma('busy_timeout = 5000');

const USER = 'id, name, email, role, hospital_id AS hospital, department, phone, age, gender';
const userById = db.prepare(`SELECT ${USER} FROM users WHERE active = 1 AND id = ?`);
const userByEmail = db.prepare(
  `SELECT ${USER}, password_hash FROM users WHERE active = 1 AND email = ?`);
const usersByIds = db.prepare(
  `SELECT ${USER} FROM users WHERE active = 1 AND id IN (SELECT value FROM json_each(?))`);
const hospitalById = db.prepare('SELECT id, name, timezone FROM hospitals WHERE id = ?');

export const findUser = (id) => userById.get(id);
export const findUserByEmail = (email) => userByEmail.get(email);
export const findUsers = (ids) => usersByIds.all(JSON.stringify(ids));
export const findHospital = (id) => hospitalById.get(id);

// MongoDB's form: seconds, five bytes of this process, a counter. New rows lie side by side in the indexes.
const ofThisProcess = randomBytes(5);
let counter = randomBytes(3).readUIntBE(0, 3);
export function newId() {
  const id = Buffer.alloc(12);
  id.writeUInt32BE(Math.floor(Date.now() / 1000), 0);
  ofThisProcess.copy(id, 4);
  counter = (counter + 1) % 0x1000000;
  id.writeUIntBE(counter, 9, 3);
  return id.toString('hex');
}

export const isId = (text) => typeof text === 'string' && /^[0-9a-f]{24}$/.test(text);

// The file has microseconds.
export const toIso = (moment) =>
  moment === null ? undefined : new Date(moment / 1000).toISOString();
export const now = () => Date.now() * 1000;
