-- Who did what, on which record, from where, when, with which result; docs/audit.md says how it is read
-- and checked. Rows are chained by their hashes and only ever added: even our own code cannot change one.

CREATE TABLE audit_log (
  -- Without a gap, so that a row that is taken out shows.
  seq INTEGER NOT NULL PRIMARY KEY CHECK (seq >= 1),
  at INTEGER NOT NULL,
  -- No foreign keys: what somebody did stays true of ids that are gone.
  user_id TEXT,
  role TEXT,
  session_id TEXT,
  address TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action <> ''),
  record_kind TEXT,
  record_id TEXT,
  result INTEGER NOT NULL,
  detail TEXT,
  -- Of the row before and all of the above.
  hash BLOB NOT NULL CHECK (length (hash) = 32)
) STRICT;

CREATE INDEX audit_log_by_user ON audit_log (user_id, seq);
CREATE INDEX audit_log_by_record ON audit_log (record_id, seq);

-- Up to which row the log was given up after the time for which it has to be kept, and that row's hash.
CREATE TABLE audit_trims (
  seq INTEGER NOT NULL PRIMARY KEY CHECK (seq >= 1),
  at INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length (hash) = 32)
) STRICT;

CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
BEGIN
  SELECT RAISE (ABORT, 'audit_append_only');
END;

CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
WHEN OLD.seq > (SELECT coalesce (max (seq), 0) FROM audit_trims)
BEGIN
  SELECT RAISE (ABORT, 'audit_append_only');
END;

CREATE TRIGGER audit_trims_no_update BEFORE UPDATE ON audit_trims
BEGIN
  SELECT RAISE (ABORT, 'audit_append_only');
END;

CREATE TRIGGER audit_trims_no_delete BEFORE DELETE ON audit_trims
BEGIN
  SELECT RAISE (ABORT, 'audit_append_only');
END;
