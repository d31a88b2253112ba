-- SPDX-License-Identifier: GPL-3.0-or-later
-- Copyright 2026 The Rounds authors
--
-- The cache's first schema: what the server showed this account.
-- Security: personal links have no column here, so that no token can ever reach the file.

CREATE TABLE fact (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT
) STRICT, WITHOUT ROWID;

-- Texts with several parts (departments) keep them apart by U+001F.
CREATE TABLE hospital (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT,
  timezone TEXT,
  departments TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT,
  email TEXT,
  role TEXT NOT NULL,
  hospital TEXT,
  department TEXT,
  phone TEXT,
  age INTEGER NOT NULL,
  gender TEXT
) STRICT, WITHOUT ROWID;

-- Times are microseconds since 1970, UTC. `number` is the row's name in the search index.
CREATE TABLE appointment (
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

CREATE INDEX appointment_by_start ON appointment (starts_at, id);
CREATE INDEX appointment_by_doctor ON appointment (doctor);
CREATE INDEX appointment_by_patient ON appointment (patient);

CREATE TABLE meeting (
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

CREATE INDEX meeting_by_start ON meeting (scheduled_at, id);
CREATE INDEX meeting_by_creator ON meeting (created_by);

CREATE TABLE participant (
  meeting INTEGER NOT NULL REFERENCES meeting (number) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (meeting, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX participant_by_person ON participant (person);

-- The words of each record, folded by rounds-words.c before they come here, so that marks and letter
-- case of every script are gone on both sides of a search.
CREATE VIRTUAL TABLE appointment_search USING fts5 (
  words, content = '', contentless_delete = 1, prefix = '2 3',
  tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE meeting_search USING fts5 (
  words, content = '', contentless_delete = 1, prefix = '2 3',
  tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER appointment_gone AFTER DELETE ON appointment BEGIN
  DELETE FROM appointment_search WHERE rowid = old.number;
END;
CREATE TRIGGER meeting_gone AFTER DELETE ON meeting BEGIN
  DELETE FROM meeting_search WHERE rowid = old.number;
END;

-- What a person can search a record by.
CREATE VIEW appointment_words (number, words) AS
  SELECT a.number, concat_ws (char (10), a.patient_name, a.reason, a.notes, a.department, d.name,
    p.name)
  FROM appointment a
  LEFT JOIN person d ON d.id = a.doctor
  LEFT JOIN person p ON p.id = a.patient;

CREATE VIEW meeting_words (number, words) AS
  SELECT m.number, concat_ws (char (10), m.title, m.description, m.notes, c.name,
    (SELECT group_concat (p.name, char (10))
     FROM participant t JOIN person p ON p.id = t.person
     WHERE t.meeting = m.number))
  FROM meeting m
  LEFT JOIN person c ON c.id = m.created_by;
