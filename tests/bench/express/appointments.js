/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * /api/appointments: create, show, list, change status.
 * Rules are in rules.js.
 */

import { Router } from 'express';

import { db, findHospital, findUser, findUserByEmail, isId, newId, now, toIso } from './database.js';
import { mintLink, newRoomName } from './links.js';
import { forbidden, notFound, Problems, Refusal } from './refusals.js';
import * as rules from './rules.js';

const SELECT = `SELECT *, CASE WHEN status = 'no-show' THEN (SELECT cause FROM call_steps
  WHERE kind = 'appointment' AND record_id = appointments.id AND status = 'no-show')
  END AS no_show_cause FROM appointments`;
const ORDER = 'ORDER BY starts_at, id';
const byId = db.prepare(`${SELECT} WHERE id = ?`);
const ofOwner = {
  patient: db.prepare(`${SELECT} WHERE patient_id = @id ${ORDER}`),
  doctor: db.prepare(`${SELECT} WHERE doctor_id = @id ${ORDER}`),
  hospital: db.prepare(`${SELECT} WHERE hospital_id = @hospital ${ORDER}`),
  admin: db.prepare(`${SELECT} WHERE @id IS NOT NULL ${ORDER}`),
};
const COLUMNS = ['id', 'hospital_id', 'department', 'type', 'date', 'time', 'timezone', 'starts_at',
  'duration_minutes', 'reason', 'patient_full_name', 'patient_email', 'patient_phone', 'patient_age',
  'patient_gender', 'doctor_id', 'patient_id', 'status', 'notes', 'room_name', 'version',
  'created_at', 'updated_at', 'arrived_at', 'started_at', 'ended_at', 'created_by'];
const insert = db.prepare(`INSERT INTO appointments (${COLUMNS.join(', ')})
  VALUES (${COLUMNS.map((column) => `@${column}`).join(', ')})`);
const updateStatus = db.prepare(`UPDATE appointments SET status = @status, notes = @notes,
  updated_at = @updated_at, arrived_at = @arrived_at, started_at = @started_at,
  ended_at = @ended_at, version = @version WHERE id = @id AND version = @version - 1`);

const omit = (value) => (value === null ? undefined : value);

function linkOf(caller, row) {
  if (row.type !== 'virtual' || rules.appointmentIsOver(row.status) ||
      !rules.seesAppointment(caller, row))
    return undefined;
  const endsAt = row.starts_at + row.duration_minutes * 6e7;
  return mintLink(caller, rules.attendsTo(caller, row), row.room_name, endsAt);
}

const toDocument = (row, meetingLink) => ({
  _id: row.id,
  id: row.id,
  hospital: row.hospital_id,
  department: row.department,
  appointmentType: row.type,
  appointmentDate: row.date,
  appointmentTime: row.time,
  timezone: row.timezone,
  startsAt: toIso(row.starts_at),
  durationMinutes: row.duration_minutes,
  reasonForVisit: omit(row.reason),
  patientDetails: {
    fullName: row.patient_full_name,
    email: omit(row.patient_email),
    phoneNumber: omit(row.patient_phone),
    age: omit(row.patient_age),
    gender: omit(row.patient_gender),
  },
  doctor: omit(row.doctor_id),
  patient: omit(row.patient_id),
  status: row.status,
  arrivedAt: toIso(row.arrived_at),
  startedAt: toIso(row.started_at),
  endedAt: toIso(row.ended_at),
  noShowCause: omit(row.no_show_cause),
  notes: omit(row.notes),
  roomName: omit(row.room_name),
  meetingLink,
  version: row.version,
  createdAt: toIso(row.created_at),
  updatedAt: toIso(row.updated_at),
});

function findVisible(request) {
  const row = isId(request.params.id) ? byId.get(request.params.id) : undefined;
  if (!row || !rules.seesAppointment(request.caller, row))
    throw notFound('appointment');
  return row;
}

// "10:00 AM" or "14:30" → minutes since midnight, or undefined.
function parseTime(text) {
  const parts = /^(\d{1,2}):(\d{2})\s*(AM|PM)?$/i.exec(text ?? '');
  if (!parts)
    return undefined;
  const half = parts[3]?.toUpperCase();
  const hour = half ? (Number(parts[1]) % 12) + (half === 'PM' ? 12 : 0) : Number(parts[1]);
  return hour < 24 && Number(parts[2]) < 60 ? hour * 60 + Number(parts[2]) : undefined;
}

function checkBody(body) {
  const problems = new Problems();
  const patient = body.patientDetails ?? {};
  const isText = (value, most) => typeof value === 'string' && value.length <= most;
  if (!isId(body.hospital))
    problems.add('hospital', 'Required');
  for (const field of ['doctor', 'patient']) {
    if (body[field] !== undefined && !isId(body[field]))
      problems.add(field, 'Has to be an id');
  }
  if (!isText(body.department, 200) || body.department.trim() === '')
    problems.add('department', 'Required');
  if (!['virtual', 'in-person'].includes(body.appointmentType))
    problems.add('appointmentType', 'Has to be virtual or in-person');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(body.appointmentDate ?? ''))
    problems.add('appointmentDate', 'Has to be a day such as 2024-01-15');
  if (parseTime(body.appointmentTime) === undefined)
    problems.add('appointmentTime', 'Has to be a time such as 10:00 AM or 14:30');
  if (body.reasonForVisit !== undefined && !isText(body.reasonForVisit, 5000))
    problems.add('reasonForVisit', 'Has to be a text');
  if (!isText(patient.fullName, 200) || patient.fullName.trim() === '')
    problems.add('patientDetails.fullName', 'Required');
  if (patient.email !== undefined && !/^\S+@\S+\.\S+$/.test(patient.email))
    problems.add('patientDetails.email', 'Has to be an e-mail address');
  if (patient.age !== undefined && !(Number.isInteger(patient.age) && patient.age <= 150))
    problems.add('patientDetails.age', 'Has to be from 0 to 150 years');
  problems.refuse(400);
}

// µs on the hospital's clock; a doubled time means the first, a skipped one is refused.
function resolveMoment(body, zone) {
  const minutes = parseTime(body.appointmentTime);
  const wall = Temporal.PlainDate.from(body.appointmentDate).toPlainDateTime({
    hour: Math.floor(minutes / 60),
    minute: minutes % 60,
  });
  const moment = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (!moment.toPlainDateTime().equals(wall))
    throw new Refusal(422, 'invalid', 'The clocks go forward over this time');
  return moment.epochMilliseconds * 1000;
}

function findPeople(caller, body, hospital) {
  const problems = new Problems();
  let { doctor, patient } = body;
  if (caller.role === 'patient')
    patient = caller.id;
  else if (caller.role === 'doctor')
    doctor ??= caller.id;
  if (patient === undefined && body.patientDetails.email) {
    const found = findUserByEmail(body.patientDetails.email);
    patient = found?.role === 'patient' ? found.id : undefined;
  }
  const known = doctor && findUser(doctor);
  if (doctor && (known?.role !== 'doctor' || known.hospital !== hospital.id))
    problems.add('doctor', 'There is no doctor with this id there');
  if (patient && findUser(patient)?.role !== 'patient')
    problems.add('patient', 'There is no patient with this id');
  problems.refuse(422);
  return { doctor: doctor ?? null, patient: patient ?? null };
}

function create(request, response) {
  const { caller, body = {} } = request;
  checkBody(body);
  const hospital = findHospital(body.hospital);
  if (!hospital)
    throw new Refusal(422, 'invalid', 'There is no hospital with this id');
  if (!rules.mayCreateAppointment(caller, body))
    throw forbidden('You may not make this appointment');
  const { doctor, patient } = findPeople(caller, body, hospital);
  const details = body.patientDetails;
  const id = newId();
  const row = {
    id,
    hospital_id: hospital.id,
    department: body.department,
    type: body.appointmentType,
    date: body.appointmentDate,
    time: body.appointmentTime,
    timezone: hospital.timezone,
    starts_at: resolveMoment(body, hospital.timezone),
    duration_minutes: body.durationMinutes ?? 30,
    reason: body.reasonForVisit ?? null,
    patient_full_name: details.fullName,
    patient_email: details.email ?? null,
    patient_phone: details.phoneNumber ?? null,
    patient_age: details.age ?? null,
    patient_gender: details.gender ?? null,
    doctor_id: doctor,
    patient_id: patient,
    status: caller.role === 'patient' ? 'requested' : 'confirmed',
    notes: null,
    room_name: body.appointmentType === 'virtual' ? newRoomName('appointment', id) : null,
    version: 1,
    created_at: now(),
    updated_at: now(),
    arrived_at: null,
    started_at: null,
    ended_at: null,
    created_by: caller.id,
  };
  insert.run(row);
  const data = { appointment: toDocument(row, linkOf(caller, row)) };
  response.status(201).json({ status: 'success', data });
}

export const appointments = Router();

appointments.post('/', create);
appointments.get('/user/:userId', (request, response) => {
  const { caller } = request;
  const owner = findUser(request.params.userId);
  if (!owner || !rules.seesUser(caller, owner))
    throw notFound('user');
  if (!rules.mayListOf(caller, owner))
    throw forbidden("You may not see this person's list");
  const rows = ofOwner[owner.role].all({ id: owner.id, hospital: owner.hospital });
  const list = rows.filter((row) => rules.seesAppointment(caller, row));
  const data = { appointments: list.map((row) => toDocument(row, linkOf(caller, row))) };
  response.json({ status: 'success', data });
});
appointments.get('/:id', (request, response) => {
  const row = findVisible(request);
  const data = { appointment: toDocument(row, linkOf(request.caller, row)) };
  response.json({ status: 'success', data });
});
appointments.patch('/:id/status', (request, response) => {
  const { status, notes } = request.body ?? {};
  if (!rules.isAppointmentStatus(status))
    throw new Refusal(400, 'invalid', 'There is no such status');
  const row = findVisible(request);
  if (!rules.appointmentLeadsTo(row.status, status))
    throw new Refusal(409, 'illegal_transition',
                      `An appointment that is ${row.status} cannot become ${status}`);
  if (!rules.mayChangeAppointment(request.caller, row, status))
    throw forbidden('You may not set this status');
  const changed = { ...row, status, notes: notes ?? row.notes, version: row.version + 1 };
  changed.updated_at = now();
  const moment = { arrived: 'arrived_at', active: 'started_at', completed: 'ended_at' }[status];
  if (moment)
    changed[moment] = changed.updated_at;
  if (updateStatus.run(changed).changes !== 1)
    throw new Refusal(409, 'conflict', 'Others are changing this appointment; try again');
  const data = { appointment: toDocument(changed, linkOf(request.caller, changed)) };
  response.json({ status: 'success', data });
});
