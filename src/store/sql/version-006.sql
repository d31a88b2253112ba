-- SPDX-License-Identifier: GPL-3.0-or-later
-- Copyright 2026 The Rounds authors
--
-- The ids of appointments in an index of its own. That of a UNIQUE column has to be kept up row by row,
-- in no order, while a whole history comes in; this one is made afterwards, like the others.

CREATE TABLE new_appointment (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
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

INSERT INTO new_appointment SELECT * FROM appointment ORDER BY number;
-- The search and the rows that it has yet to learn know them by their numbers, which stay.
DROP TRIGGER appointment_gone;
DROP TABLE appointment;
ALTER TABLE new_appointment RENAME TO appointment;

CREATE UNIQUE INDEX appointment_by_id ON appointment (id);
CREATE INDEX appointment_in_order ON appointment (number, status);
CREATE INDEX appointment_by_doctor ON appointment (doctor);
CREATE INDEX appointment_by_patient ON appointment (patient);

CREATE TRIGGER appointment_gone AFTER DELETE ON appointment BEGIN
  DELETE FROM appointment_search WHERE rowid = old.number;
  DELETE FROM unindexed WHERE kind = 0 AND number = old.number;
END;
