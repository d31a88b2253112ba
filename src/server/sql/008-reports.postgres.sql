-- What reports are made of, guests of calls, and calendar feeds; 008-reports.sql says what is what.

CREATE TABLE appointment_times (
  appointment_id TEXT COLLATE "C" NOT NULL REFERENCES appointments (id) ON DELETE CASCADE,
  status TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (appointment_id, status)
);

CREATE FUNCTION appointments_note_time () RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO appointment_times (appointment_id, status, at) VALUES (NEW.id, NEW.status, NEW.updated_at)
    ON CONFLICT (appointment_id, status) DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER appointments_note_time AFTER UPDATE ON appointments
  FOR EACH ROW WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION appointments_note_time ();

CREATE TABLE call_guests (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length (id) = 24),
  kind TEXT NOT NULL CHECK (kind IN ('appointment', 'meeting')),
  record_id TEXT COLLATE "C" NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  part TEXT NOT NULL CHECK (part IN ('interpreter', 'relative', 'other')),
  created_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE INDEX call_guests_by_record ON call_guests (record_id, created_at);

CREATE TABLE call_quality (
  kind TEXT NOT NULL CHECK (kind IN ('appointment', 'meeting')),
  record_id TEXT COLLATE "C" NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  at BIGINT NOT NULL,
  quality BIGINT CHECK (quality BETWEEN 0 AND 100),
  rtt BIGINT CHECK (rtt >= 0),
  loss BIGINT CHECK (loss BETWEEN 0 AND 100),
  PRIMARY KEY (record_id, user_id, at)
);

CREATE TABLE calendar_feeds (
  user_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  token_hash BYTEA NOT NULL UNIQUE CHECK (length (token_hash) = 32),
  created_at BIGINT NOT NULL
);
