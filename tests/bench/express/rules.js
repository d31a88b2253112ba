/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who may do what, which steps exist, which roles meet: api.md's tables.
 * It reads no database.
 */

const APPOINTMENT_STEPS = {
  requested: ['confirmed', 'cancelled'],
  confirmed: ['arrived', 'cancelled', 'no-show'],
  arrived: ['active', 'cancelled', 'no-show'],
  active: ['completed', 'cancelled'],
  completed: [],
  cancelled: [],
  'no-show': [],
};
const MEETING_STEPS = {
  scheduled: ['active', 'cancelled'],
  active: ['completed', 'cancelled'],
  completed: [],
  cancelled: [],
};
const CREATORS = {
  'patient-doctor': ['doctor', 'hospital', 'admin'],
  'patient-hospital': ['hospital', 'admin'],
  'doctor-doctor': ['doctor', 'hospital', 'admin'],
  'doctor-hospital': ['doctor', 'hospital', 'admin'],
  'doctor-admin': ['doctor', 'admin'],
  'hospital-hospital': ['hospital', 'admin'],
  'hospital-admin': ['hospital', 'admin'],
};
const ROLES = ['patient', 'doctor', 'hospital', 'admin'];

export const isAppointmentStatus = (word) => word in APPOINTMENT_STEPS;
export const isMeetingStatus = (word) => word in MEETING_STEPS;
export const appointmentLeadsTo = (from, to) => APPOINTMENT_STEPS[from].includes(to);
export const meetingLeadsTo = (from, to) => MEETING_STEPS[from].includes(to);
export const appointmentIsOver = (status) => APPOINTMENT_STEPS[status].length === 0;
export const meetingIsOver = (status) => MEETING_STEPS[status].length === 0;
export const isRoleContext = (word) => word in CREATORS;

export const attendsTo = (viewer, row) =>
  viewer.role === 'admin' ||
  (viewer.role === 'doctor' && viewer.id === row.doctor_id) ||
  (viewer.role === 'hospital' && viewer.hospital === row.hospital_id);

export const seesAppointment = (viewer, row) =>
  attendsTo(viewer, row) || viewer.id === row.patient_id;

export const mayChangeAppointment = (viewer, row, to) =>
  attendsTo(viewer, row) ||
  (viewer.id === row.patient_id && to === 'cancelled' && row.status !== 'active');

export function mayCreateAppointment(caller, { hospital, doctor, patient }) {
  switch (caller.role) {
    case 'patient': return !patient || patient === caller.id;
    case 'doctor': return !doctor || doctor === caller.id;
    case 'hospital': return hospital === caller.hospital;
    default: return true;
  }
}

export const seesMeeting = (viewer, row) =>
  viewer.role === 'admin' || viewer.id === row.created_by || row.participants.includes(viewer.id);

export const mayChangeMeeting = (viewer, row) =>
  viewer.role === 'patient' ? viewer.id === row.created_by : seesMeeting(viewer, row);

export const seesUser = (viewer, other) =>
  viewer.id === other.id || viewer.role === 'admin' || viewer.hospital === other.hospital;

export const mayListOf = (viewer, owner) =>
  viewer.role === 'admin' || viewer.id === owner.id ||
  (viewer.role === 'hospital' && viewer.hospital === owner.hospital);

export const mayCreateMeeting = (context, role) => CREATORS[context].includes(role);

export const hasRole = (context, role) => context.split('-').includes(role);

// The context that follows from who is there, or undefined.
export function workOutContext(creator, others, creatorTakesPart) {
  const set = new Set(others);
  if (creatorTakesPart)
    set.add(creator);
  const roles = [...set].sort((a, b) => ROLES.indexOf(a) - ROLES.indexOf(b));
  if (roles.length > 2)
    return undefined;
  let second = roles[1] ?? creator;
  const first = roles[0];
  if (roles.length === 1 && others.length >= 2 && !creatorTakesPart && creator !== first &&
      isRoleContext(`${first}-${first}`))
    second = first;
  const pair = [first, second].sort((a, b) => ROLES.indexOf(a) - ROLES.indexOf(b)).join('-');
  return isRoleContext(pair) ? pair : undefined;
}

// Whether both roles are there and nobody else.
export function fitsContext(context, creator, others) {
  const [first, second] = context.split('-');
  if (others.length === 0 || others.some((role) => role !== first && role !== second))
    return false;
  const all = [...others, creator];
  const count = (wanted) => all.filter((role) => role === wanted).length;
  return first === second ? count(first) >= 2 : count(first) > 0 && count(second) > 0;
}
