-- SPDX-License-Identifier: GPL-3.0-or-later
-- Copyright 2026 The Rounds authors
--
-- Drafts: what a person is in the middle of typing. Nobody but this computer knows of them.
-- `record` is the id of the record that a draft is about, '' where there is none yet.

CREATE TABLE draft (
  kind TEXT NOT NULL,
  record TEXT NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid (payload)),
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (kind, record)
) STRICT, WITHOUT ROWID;
