-- SPDX-License-Identifier: GPL-3.0-or-later
-- Copyright 2026 The Rounds authors
--
-- The outbox: what people did that the server has not taken yet, oldest first.
-- The tables of records hold what is shown, so with these edits; `original` holds what is under it.

CREATE TABLE outbox (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('appointment', 'meeting')),
  record TEXT NOT NULL,
  -- 1 held (can be undone), 2 waiting, 3 refused, 4 in conflict.
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4),
  -- The body of the request for a new record; NULL: a change of status.
  draft TEXT,
  status TEXT,
  notes TEXT,
  base_status TEXT,
  base_notes TEXT,
  attempts INTEGER NOT NULL,
  reason TEXT,
  made_at INTEGER NOT NULL,
  CHECK ((draft IS NULL) = (status IS NOT NULL))
) STRICT;

CREATE INDEX outbox_by_record ON outbox (kind, record);

-- The records as the server showed them last, in the form of the wire but without links.
CREATE TABLE original (
  kind TEXT NOT NULL,
  record TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (kind, record)
) STRICT, WITHOUT ROWID;
