-- SPDX-License-Identifier: GPL-3.0-or-later
-- Copyright 2026 The Rounds authors
--
-- Rows in the order of lists, so that any part of a list is one short walk, and a search that answers
-- in that order.
--
-- `number` says when a record starts: milliseconds since 1970 in its upper bits (0 when not known),
-- and below them 20 bits that tell those of one moment apart, in the order in which they came.
-- rounds-number.h does the same sum.

DROP TRIGGER appointment_gone;
DROP TRIGGER meeting_gone;
DROP VIEW appointment_words;
DROP VIEW meeting_words;
DROP TABLE appointment_search;
DROP TABLE meeting_search;

CREATE TABLE new_appointment (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hospital TEXT,
  department TEXT,
  type TEXT NOT NULL,
  wall_date TEXT,
  wall_time TEXT,
  timezone TEXT,
  starts_at INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  reason TEXT,
  patient_name TEXT,
  patient_email TEXT,
  patient_phone TEXT,
  patient_age INTEGER NOT NULL,
  patient_gender TEXT,
  doctor TEXT,
  patient TEXT,
  status TEXT NOT NULL,
  notes TEXT,
  room_name TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER,
  updated_at INTEGER
) STRICT;

INSERT INTO new_appointment
  SELECT (start << 20) + row_number () OVER (PARTITION BY start ORDER BY id) - 1, id, hospital,
    department, type, wall_date, wall_time, timezone, starts_at, minutes, reason, patient_name,
    patient_email, patient_phone, patient_age, patient_gender, doctor, patient, status, notes,
    room_name, version, created_at, updated_at
  FROM (SELECT *, min (max (starts_at / 1000, 0), 4398046511103) AS start FROM appointment);
DROP TABLE appointment;
ALTER TABLE new_appointment RENAME TO appointment;

-- What a list has to know of each row, and nothing else, in its order.
CREATE INDEX appointment_in_order ON appointment (number, status);
CREATE INDEX appointment_by_doctor ON appointment (doctor);
CREATE INDEX appointment_by_patient ON appointment (patient);

CREATE TABLE new_meeting (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  created_by TEXT,
  role_context TEXT NOT NULL,
  title TEXT,
  description TEXT,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  scheduled_at INTEGER NOT NULL,
  expected_minutes INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  duration INTEGER NOT NULL,
  notes TEXT,
  room_name TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER,
  updated_at INTEGER
) STRICT;

INSERT INTO new_meeting
  SELECT (start << 20) + row_number () OVER (PARTITION BY start ORDER BY id) - 1, id, created_by,
    role_context, title, description, type, status, scheduled_at, expected_minutes, started_at,
    ended_at, duration, notes, room_name, version, created_at, updated_at
  FROM (SELECT *, min (max (scheduled_at / 1000, 0), 4398046511103) AS start FROM meeting);

CREATE TABLE new_participant (
  meeting INTEGER NOT NULL REFERENCES new_meeting (number) ON DELETE CASCADE ON UPDATE CASCADE,
  position INTEGER NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (meeting, position)
) STRICT, WITHOUT ROWID;

INSERT INTO new_participant
  SELECT n.number, p.position, p.person
  FROM participant p JOIN meeting m ON m.number = p.meeting JOIN new_meeting n ON n.id = m.id;
DROP TABLE participant;
DROP TABLE meeting;
ALTER TABLE new_meeting RENAME TO meeting;
ALTER TABLE new_participant RENAME TO participant;

CREATE INDEX meeting_in_order ON meeting (number, status);
CREATE INDEX meeting_by_creator ON meeting (created_by);
CREATE INDEX participant_by_person ON participant (person);

-- The terms of each record, cut and folded by rounds-words.c on both sides of a search: nothing is
-- left for a tokenizer but the spaces. It keeps which rows have a term, not where in them.
CREATE VIRTUAL TABLE appointment_search USING fts5 (
  words, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3', tokenize = 'ascii'
);
CREATE VIRTUAL TABLE meeting_search USING fts5 (
  words, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3', tokenize = 'ascii'
);

-- Rows whose words the search has yet to learn. `kind`: 0 appointment, 1 meeting.
CREATE TABLE unindexed (
  kind INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (kind, number)
) STRICT, WITHOUT ROWID;

INSERT INTO unindexed SELECT 0, number FROM appointment;
INSERT INTO unindexed SELECT 1, number FROM meeting;

CREATE TRIGGER appointment_gone AFTER DELETE ON appointment BEGIN
  DELETE FROM appointment_search WHERE rowid = old.number;
  DELETE FROM unindexed WHERE kind = 0 AND number = old.number;
END;
CREATE TRIGGER meeting_gone AFTER DELETE ON meeting BEGIN
  DELETE FROM meeting_search WHERE rowid = old.number;
  DELETE FROM unindexed WHERE kind = 1 AND number = old.number;
END;
