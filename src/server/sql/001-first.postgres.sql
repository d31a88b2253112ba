-- The first schema on PostgreSQL; 001-first.sql says what is what.
--
-- Ids and what lists are ordered by compare byte by byte (COLLATE "C"), as they do in SQLite: a cursor
-- that one node made has to mean the same to the next, whatever the database's language.

-- SQLite's json_each as far as we use it: the elements of an array, each as text.
CREATE FUNCTION json_each (list TEXT) RETURNS TABLE (value TEXT)
  LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT json_array_elements_text (CAST (list AS JSON)) $$;

CREATE TABLE hospitals (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length (id) = 24),
  name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
  timezone TEXT NOT NULL CHECK (timezone <> ''),
  version BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE hospital_departments (
  hospital_id TEXT COLLATE "C" NOT NULL REFERENCES hospitals (id) ON DELETE CASCADE,
  position BIGINT NOT NULL CHECK (position >= 0),
  name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
  PRIMARY KEY (hospital_id, position),
  CONSTRAINT "hospital_departments.hospital_id, hospital_departments.name" UNIQUE (hospital_id, name)
);

CREATE TABLE users (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length (id) = 24),
  name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
  -- Compared without regard to ASCII case: see 005-addresses.sql.
  email TEXT COLLATE "C" NOT NULL CHECK (email <> ''),
  role TEXT NOT NULL CHECK (role IN ('patient', 'doctor', 'hospital', 'admin')),
  hospital_id TEXT COLLATE "C" REFERENCES hospitals (id),
  department TEXT,
  phone TEXT,
  age BIGINT CHECK (age BETWEEN 0 AND 150),
  gender TEXT,
  password_hash TEXT CHECK (password_hash LIKE '$argon2id$%'),
  active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  version BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  CHECK (role = 'admin' OR hospital_id IS NOT NULL)
);

CREATE INDEX users_by_hospital ON users (hospital_id, role, name);

CREATE TABLE sessions (
  token_hash BYTEA NOT NULL PRIMARY KEY CHECK (length (token_hash) = 32),
  id TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length (id) = 24),
  user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL CHECK (expires_at > created_at),
  last_used_at BIGINT NOT NULL,
  address TEXT NOT NULL,
  user_agent TEXT
);

CREATE TABLE appointments (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length (id) = 24),
  hospital_id TEXT COLLATE "C" NOT NULL REFERENCES hospitals (id),
  department TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('virtual', 'in-person')),
  date TEXT NOT NULL,
  time TEXT NOT NULL,
  timezone TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  duration_minutes BIGINT NOT NULL CHECK (duration_minutes BETWEEN 1 AND 1440),
  ends_at BIGINT NOT NULL GENERATED ALWAYS AS (starts_at + duration_minutes * 60000000) STORED,
  reason TEXT,
  patient_full_name TEXT NOT NULL,
  patient_email TEXT,
  patient_phone TEXT,
  patient_age BIGINT CHECK (patient_age BETWEEN 0 AND 150),
  patient_gender TEXT,
  doctor_id TEXT COLLATE "C" REFERENCES users (id),
  patient_id TEXT COLLATE "C" REFERENCES users (id),
  status TEXT NOT NULL CHECK (status IN ('requested', 'confirmed', 'arrived', 'active', 'completed',
                                         'cancelled', 'no-show')),
  notes TEXT,
  room_name TEXT CONSTRAINT "appointments.room_name" UNIQUE,
  version BIGINT NOT NULL DEFAULT 1 CHECK (version >= 1),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  created_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  CHECK ((type = 'virtual') = (room_name IS NOT NULL))
);

CREATE INDEX appointments_by_doctor ON appointments (doctor_id, starts_at, id);
CREATE INDEX appointments_by_patient ON appointments (patient_id, starts_at, id);
CREATE INDEX appointments_by_hospital ON appointments (hospital_id, starts_at, id);

CREATE TABLE meetings (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length (id) = 24),
  created_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  role_context TEXT NOT NULL
    CHECK (role_context IN ('patient-doctor', 'patient-hospital', 'doctor-doctor',
                            'doctor-hospital', 'doctor-admin', 'hospital-hospital',
                            'hospital-admin')),
  title TEXT NOT NULL CHECK (title <> ''),
  description TEXT,
  type TEXT NOT NULL CHECK (type IN ('video', 'audio', 'chat')),
  status TEXT NOT NULL CHECK (status IN ('scheduled', 'active', 'completed', 'cancelled')),
  scheduled_at BIGINT NOT NULL,
  expected_minutes BIGINT NOT NULL CHECK (expected_minutes BETWEEN 1 AND 1440),
  started_at BIGINT,
  ended_at BIGINT,
  duration BIGINT CHECK (duration >= 0),
  notes TEXT,
  room_name TEXT NOT NULL CONSTRAINT "meetings.room_name" UNIQUE,
  version BIGINT NOT NULL DEFAULT 1 CHECK (version >= 1),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE INDEX meetings_by_creator ON meetings (created_by, scheduled_at);

CREATE TABLE meeting_participants (
  meeting_id TEXT COLLATE "C" NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  position BIGINT NOT NULL CHECK (position >= 0),
  PRIMARY KEY (meeting_id, user_id),
  UNIQUE (meeting_id, position)
);

CREATE INDEX meeting_participants_by_user ON meeting_participants (user_id);
