-- What reports are made of, guests of calls, and calendar feeds.

-- When an appointment came into which state for the first time; how long somebody waited follows.
CREATE TABLE appointment_times (
  appointment_id TEXT NOT NULL REFERENCES appointments (id) ON DELETE CASCADE,
  status TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (appointment_id, status)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER appointments_note_time AFTER UPDATE OF status ON appointments
WHEN NEW.status <> OLD.status
BEGIN
  INSERT INTO appointment_times (appointment_id, status, at) VALUES (NEW.id, NEW.status, NEW.updated_at)
    ON CONFLICT (appointment_id, status) DO NOTHING;
END;

-- Somebody without an account who was let into one call. The link is not here: it is minted, and over
-- after a quarter of an hour.
CREATE TABLE call_guests (
  id TEXT NOT NULL PRIMARY KEY CHECK (length (id) = 24),
  kind TEXT NOT NULL CHECK (kind IN ('appointment', 'meeting')),
  record_id TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  part TEXT NOT NULL CHECK (part IN ('interpreter', 'relative', 'other')),
  created_by TEXT NOT NULL REFERENCES users (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX call_guests_by_record ON call_guests (record_id, created_at);

-- How a call was for somebody at a moment. The same moment told twice is one sample.
CREATE TABLE call_quality (
  kind TEXT NOT NULL CHECK (kind IN ('appointment', 'meeting')),
  record_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id),
  at INTEGER NOT NULL,
  -- Percent, as Jitsi says it; milliseconds; percent.
  quality INTEGER CHECK (quality BETWEEN 0 AND 100),
  rtt INTEGER CHECK (rtt >= 0),
  loss INTEGER CHECK (loss BETWEEN 0 AND 100),
  PRIMARY KEY (record_id, user_id, at)
) STRICT, WITHOUT ROWID;

-- Who has a calendar feed. Only the hash of its address is here; the address is shown once.
CREATE TABLE calendar_feeds (
  user_id TEXT NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  token_hash BLOB NOT NULL UNIQUE CHECK (length (token_hash) = 32),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
