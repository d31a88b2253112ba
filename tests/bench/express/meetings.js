/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * /api/meetings: create, show, list, change status, cancel.
 * Rules are in rules.js.
 */

import { Router } from 'express';

import { db, findUser, findUsers, isId, newId, now, toIso } from './database.js';
import { mintLink, newRoomName } from './links.js';
import { forbidden, notFound, Problems, Refusal } from './refusals.js';
import * as rules from './rules.js';

const SELECT = `SELECT m.*, (SELECT group_concat(p.user_id, ' ' ORDER BY p.position)
  FROM meeting_participants p WHERE p.meeting_id = m.id) AS people FROM meetings m`;
const byId = db.prepare(`${SELECT} WHERE id = ?`);
const ofAll = db.prepare(`${SELECT} ORDER BY scheduled_at, id`);
const ofOne = db.prepare(`${SELECT} WHERE id IN (SELECT id FROM meetings WHERE created_by = @id
  UNION SELECT meeting_id FROM meeting_participants WHERE user_id = @id) ORDER BY scheduled_at, id`);
const insertMeeting = db.prepare(`INSERT INTO meetings (id, created_by, role_context, title,
  description, type, status, scheduled_at, expected_minutes, room_name, version, created_at,
  updated_at) VALUES (@id, @created_by, @role_context, @title, @description, @type, @status,
  @scheduled_at, @expected_minutes, @room_name, @version, @created_at, @updated_at)`);
const insertParticipant = db.prepare(
  'INSERT INTO meeting_participants (meeting_id, user_id, position) VALUES (?, ?, ?)');
const updateStatus = db.prepare(`UPDATE meetings SET status = @status, started_at = @started_at,
  ended_at = @ended_at, duration = @duration, notes = @notes, updated_at = @updated_at,
  version = @version WHERE id = @id AND version = @version - 1`);

const store = db.transaction((row) => {
  insertMeeting.run(row);
  row.participants.forEach((id, position) => insertParticipant.run(row.id, id, position));
});

const withPeople = (row) => row && { ...row, participants: row.people.split(' ') };

const omit = (value) => (value === null ? undefined : value);

function linkOf(caller, row) {
  if (rules.meetingIsOver(row.status) || !rules.seesMeeting(caller, row))
    return undefined;
  const moderator = caller.role !== 'patient' && rules.mayChangeMeeting(caller, row);
  return mintLink(caller, moderator, row.room_name, row.scheduled_at + row.expected_minutes * 6e7);
}

const toDocument = (row, jitsiLink) => ({
  _id: row.id,
  id: row.id,
  createdBy: row.created_by,
  participants: row.participants,
  roleContext: row.role_context,
  title: row.title,
  description: omit(row.description),
  meetingType: row.type,
  status: row.status,
  scheduledAt: toIso(row.scheduled_at),
  expectedDuration: row.expected_minutes,
  startedAt: toIso(row.started_at),
  endedAt: toIso(row.ended_at),
  duration: omit(row.duration),
  notes: omit(row.notes),
  roomName: row.room_name,
  jitsiLink,
  version: row.version,
  createdAt: toIso(row.created_at),
  updatedAt: toIso(row.updated_at),
});

function findVisible(request) {
  const row = isId(request.params.id) ? withPeople(byId.get(request.params.id)) : undefined;
  if (!row || !rules.seesMeeting(request.caller, row))
    throw notFound('meeting');
  return row;
}

function checkBody(body) {
  const problems = new Problems();
  const { participants, roleContext, title, description, meetingType, scheduledAt } = body;
  const minutes = body.expectedDuration ?? 30;
  if (!Array.isArray(participants) || participants.length === 0 || !participants.every(isId))
    problems.add('participants', 'Has to be a list of ids');
  if (roleContext !== undefined && !rules.isRoleContext(roleContext))
    problems.add('roleContext', 'Has to be a pair such as patient-doctor');
  if (typeof title !== 'string' || title.trim() === '' || title.length > 200)
    problems.add('title', 'Required');
  if (description !== undefined && (typeof description !== 'string' || description.length > 5000))
    problems.add('description', 'Has to be a text');
  if (!['video', 'audio', 'chat'].includes(meetingType ?? 'video'))
    problems.add('meetingType', 'Has to be video, audio or chat');
  const moment = scheduledAt === undefined ? Date.now() : Date.parse(scheduledAt);
  if (Number.isNaN(moment))
    problems.add('scheduledAt', 'Has to be a moment such as 2024-01-15T14:00:00Z');
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 1440)
    problems.add('expectedDuration', 'Has to be from 1 to 1440 minutes');
  problems.refuse(400);
  return { moment: moment * 1000, minutes };
}

// Everybody named, each once.
function findPeople(ids) {
  const problems = new Problems();
  const known = new Map(findUsers(ids).map((user) => [user.id, user]));
  const people = [...new Set(ids)].map((id) => {
    if (!known.has(id))
      problems.add('participants', `Nobody has the id ${id}`);
    return known.get(id);
  });
  problems.refuse(422);
  return people;
}

function decideContext(caller, wanted, people) {
  const others = people.filter((user) => user.id !== caller.id).map((user) => user.role);
  const problems = new Problems();
  const context =
    wanted ?? rules.workOutContext(caller.role, others, others.length < people.length);
  if (context && !rules.mayCreateMeeting(context, caller.role))
    throw forbidden('You may not create a meeting of this kind');
  if (!context || !rules.fitsContext(context, caller.role, others))
    problems.add('participants', 'These people cannot meet like this');
  problems.refuse(422);
  if (caller.role === 'hospital' && !rules.hasRole(context, 'hospital') &&
      !people.some((user) => user.hospital === caller.hospital))
    throw forbidden('None of these people is at your hospital');
  return context;
}

function create(request, response) {
  const { caller, body = {} } = request;
  if (caller.role === 'patient')
    throw forbidden('Your role may not do this');
  const { moment, minutes } = checkBody(body);
  const people = findPeople(body.participants);
  const id = newId();
  const row = {
    id,
    created_by: caller.id,
    participants: people.map((user) => user.id),
    role_context: decideContext(caller, body.roleContext, people),
    title: body.title.trim(),
    description: body.description ?? null,
    type: body.meetingType ?? 'video',
    status: 'scheduled',
    scheduled_at: moment,
    expected_minutes: minutes,
    started_at: null,
    ended_at: null,
    duration: null,
    notes: null,
    room_name: newRoomName('meeting', id),
    version: 1,
    created_at: now(),
    updated_at: now(),
  };
  store.immediate(row);
  const meetingLink = linkOf(caller, row);
  response.status(201).json({
    status: 'success',
    data: {
      jitsiDetails: { meetingLink, roomName: row.room_name, domain: process.env.JITSI_DOMAIN },
      meeting: toDocument(row, meetingLink),
    },
  });
}

function changeStatus(request, response, to, notes) {
  const row = findVisible(request);
  if (!rules.mayChangeMeeting(request.caller, row))
    throw forbidden('You may not change this meeting');
  if (!rules.meetingLeadsTo(row.status, to))
    throw new Refusal(409, 'illegal_transition',
                      `A meeting that is ${row.status} cannot become ${to}`);
  const changed = { ...row, status: to, notes: notes ?? row.notes, version: row.version + 1 };
  changed.updated_at = now();
  if (to === 'active')
    changed.started_at = changed.updated_at;
  if (to === 'completed') {
    changed.ended_at = changed.updated_at;
    changed.duration = Math.floor((changed.ended_at - changed.started_at) / 6e7);
  }
  const { people, participants, ...columns } = changed;
  if (updateStatus.run(columns).changes !== 1)
    throw new Refusal(409, 'conflict', 'Others are changing this meeting; try again');
  response.json({
    status: 'success',
    data: { meeting: toDocument(changed, linkOf(request.caller, changed)) },
  });
}

export const meetings = Router();

meetings.post('/', create);
meetings.get('/user/:userId', (request, response) => {
  const { caller } = request;
  const owner = findUser(request.params.userId);
  if (!owner || !rules.seesUser(caller, owner))
    throw notFound('user');
  if (!rules.mayListOf(caller, owner))
    throw forbidden("You may not see this person's list");
  const rows = (owner.role === 'admin' ? ofAll.all() : ofOne.all({ id: owner.id })).map(withPeople);
  const list = rows.filter((row) => rules.seesMeeting(caller, row));
  const data = { meetings: list.map((row) => toDocument(row, linkOf(caller, row))) };
  response.json({ status: 'success', data });
});
meetings.get('/:id', (request, response) => {
  const row = findVisible(request);
  const data = { meeting: toDocument(row, linkOf(request.caller, row)) };
  response.json({ status: 'success', data });
});
meetings.delete('/:id', (request, response) => changeStatus(request, response, 'cancelled'));
meetings.patch('/:id/status', (request, response) => {
  const { status, notes } = request.body ?? {};
  if (!rules.isMeetingStatus(status))
    throw new Refusal(400, 'invalid', 'Has to be scheduled, active, completed or cancelled');
  changeStatus(request, response, status, notes);
});
