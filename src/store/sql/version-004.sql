-- SPDX-License-Identifier: GPL-3.0-or-later
-- Copyright 2026 The Rounds authors
--
-- Edits of any field: moving, another doctor, other people. An edit is a new record, a change of
-- status, or a change of fields, so the table's condition has to be another: it is made anew.

CREATE TABLE outbox_with_changes (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('appointment', 'meeting')),
  record TEXT NOT NULL,
  -- 1 held (can be undone), 2 waiting, 3 refused, 4 in conflict.
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4),
  -- Exactly one of these three: the body of the request for a new record; the status to go to; the
  -- members of a PATCH.
  draft TEXT,
  status TEXT,
  changes TEXT,
  notes TEXT,
  -- What the person saw: the status and notes, or the members of `changes`.
  base_status TEXT,
  base_notes TEXT,
  base_changes TEXT,
  attempts INTEGER NOT NULL,
  reason TEXT,
  made_at INTEGER NOT NULL,
  CHECK ((draft IS NOT NULL) + (status IS NOT NULL) + (changes IS NOT NULL) = 1),
  CHECK ((changes IS NULL) = (base_changes IS NULL))
) STRICT;

INSERT INTO outbox_with_changes (number, name, key, kind, record, state, draft, status, notes,
    base_status, base_notes, attempts, reason, made_at)
  SELECT number, name, key, kind, record, state, draft, status, notes, base_status, base_notes,
    attempts, reason, made_at FROM outbox;

DROP TABLE outbox;
ALTER TABLE outbox_with_changes RENAME TO outbox;
CREATE INDEX outbox_by_record ON outbox (kind, record);
