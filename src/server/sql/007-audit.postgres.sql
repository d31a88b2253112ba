-- The audit log; 007-audit.sql says what is what.

CREATE TABLE audit_log (
  seq BIGINT NOT NULL PRIMARY KEY CHECK (seq >= 1),
  at BIGINT NOT NULL,
  user_id TEXT COLLATE "C",
  role TEXT,
  session_id TEXT,
  address TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action <> ''),
  record_kind TEXT,
  record_id TEXT COLLATE "C",
  result BIGINT NOT NULL,
  detail TEXT,
  hash BYTEA NOT NULL CHECK (length (hash) = 32)
);

CREATE INDEX audit_log_by_user ON audit_log (user_id, seq);
CREATE INDEX audit_log_by_record ON audit_log (record_id, seq);

CREATE TABLE audit_trims (
  seq BIGINT NOT NULL PRIMARY KEY CHECK (seq >= 1),
  at BIGINT NOT NULL,
  hash BYTEA NOT NULL CHECK (length (hash) = 32)
);

CREATE FUNCTION audit_append_only () RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_append_only';
END $$;

CREATE FUNCTION audit_keep () RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.seq > (SELECT coalesce (max (seq), 0) FROM audit_trims) THEN
    RAISE EXCEPTION 'audit_append_only';
  END IF;
  RETURN OLD;
END $$;

CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION audit_append_only ();
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION audit_keep ();
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log
  EXECUTE FUNCTION audit_append_only ();
CREATE TRIGGER audit_trims_no_update BEFORE UPDATE OR DELETE ON audit_trims
  FOR EACH ROW EXECUTE FUNCTION audit_append_only ();
CREATE TRIGGER audit_trims_no_truncate BEFORE TRUNCATE ON audit_trims
  EXECUTE FUNCTION audit_append_only ();
