-- The first schema: hospitals, people, sessions, appointments, meetings.
--
-- Moments are INTEGER microseconds since 1970 UTC; ids are 24 hex digits. No link, no token and no
-- room password is ever stored: links are minted for the caller at the moment of the answer.
-- A record is never deleted: people are switched off, appointments and meetings are cancelled. The
-- foreign keys therefore restrict, except where a row is a part of its owner.

CREATE TABLE hospitals (
  id TEXT NOT NULL PRIMARY KEY CHECK (length (id) = 24),
  name TEXT NOT NULL CHECK (name <> ''),
  timezone TEXT NOT NULL CHECK (timezone <> ''),
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE hospital_departments (
  hospital_id TEXT NOT NULL REFERENCES hospitals (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  name TEXT NOT NULL CHECK (name <> ''),
  PRIMARY KEY (hospital_id, position),
  UNIQUE (hospital_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
  id TEXT NOT NULL PRIMARY KEY CHECK (length (id) = 24),
  name TEXT NOT NULL CHECK (name <> ''),
  -- Compared without regard to ASCII case: nobody gets a second account by writing Doctor@.
  email TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (email <> ''),
  role TEXT NOT NULL CHECK (role IN ('patient', 'doctor', 'hospital', 'admin')),
  hospital_id TEXT REFERENCES hospitals (id),
  department TEXT,
  phone TEXT,
  age INTEGER CHECK (age BETWEEN 0 AND 150),
  gender TEXT,
  -- An Argon2id string with its own salt and costs; NULL: nobody can sign in with a password.
  password_hash TEXT CHECK (password_hash LIKE '$argon2id$%'),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK (role = 'admin' OR hospital_id IS NOT NULL)
) STRICT;

CREATE INDEX users_by_hospital ON users (hospital_id, role, name);

-- A row is one sign-in. Only the hash of the bearer token is here: who reads this table (or a backup
-- of it) can sign in as nobody.
CREATE TABLE sessions (
  token_hash BLOB NOT NULL PRIMARY KEY CHECK (length (token_hash) = 32),
  id TEXT NOT NULL UNIQUE CHECK (length (id) = 24),
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL CHECK (expires_at > created_at),
  last_used_at INTEGER NOT NULL,
  address TEXT NOT NULL,
  user_agent TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_user ON sessions (user_id, created_at);
CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE appointments (
  id TEXT NOT NULL PRIMARY KEY CHECK (length (id) = 24),
  hospital_id TEXT NOT NULL REFERENCES hospitals (id),
  department TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('virtual', 'in-person')),
  -- The wall date and time as they were sent, and the zone in which they were read.
  date TEXT NOT NULL,
  time TEXT NOT NULL,
  timezone TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  duration_minutes INTEGER NOT NULL CHECK (duration_minutes BETWEEN 1 AND 1440),
  ends_at INTEGER NOT NULL GENERATED ALWAYS AS (starts_at + duration_minutes * 60000000) STORED,
  reason TEXT,
  patient_full_name TEXT NOT NULL,
  patient_email TEXT,
  patient_phone TEXT,
  patient_age INTEGER CHECK (patient_age BETWEEN 0 AND 150),
  patient_gender TEXT,
  doctor_id TEXT REFERENCES users (id),
  patient_id TEXT REFERENCES users (id),
  status TEXT NOT NULL CHECK (status IN ('requested', 'confirmed', 'arrived', 'active', 'completed',
                                         'cancelled', 'no-show')),
  notes TEXT,
  room_name TEXT UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  created_by TEXT NOT NULL REFERENCES users (id),
  CHECK ((type = 'virtual') = (room_name IS NOT NULL))
) STRICT;

CREATE INDEX appointments_by_doctor ON appointments (doctor_id, starts_at);
CREATE INDEX appointments_by_patient ON appointments (patient_id, starts_at);
CREATE INDEX appointments_by_hospital ON appointments (hospital_id, starts_at);

CREATE TABLE meetings (
  id TEXT NOT NULL PRIMARY KEY CHECK (length (id) = 24),
  created_by TEXT NOT NULL REFERENCES users (id),
  role_context TEXT NOT NULL
    CHECK (role_context IN ('patient-doctor', 'patient-hospital', 'doctor-doctor',
                            'doctor-hospital', 'doctor-admin', 'hospital-hospital',
                            'hospital-admin')),
  title TEXT NOT NULL CHECK (title <> ''),
  description TEXT,
  type TEXT NOT NULL CHECK (type IN ('video', 'audio', 'chat')),
  status TEXT NOT NULL CHECK (status IN ('scheduled', 'active', 'completed', 'cancelled')),
  scheduled_at INTEGER NOT NULL,
  expected_minutes INTEGER NOT NULL CHECK (expected_minutes BETWEEN 1 AND 1440),
  started_at INTEGER,
  ended_at INTEGER,
  -- Whole minutes from started to ended; NULL until completed.
  duration INTEGER CHECK (duration >= 0),
  notes TEXT,
  room_name TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX meetings_by_creator ON meetings (created_by, scheduled_at);

CREATE TABLE meeting_participants (
  meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id),
  position INTEGER NOT NULL CHECK (position >= 0),
  PRIMARY KEY (meeting_id, user_id),
  UNIQUE (meeting_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX meeting_participants_by_user ON meeting_participants (user_id);
