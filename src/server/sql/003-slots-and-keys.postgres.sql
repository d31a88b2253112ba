-- No slot is given away twice, and no POST is carried out twice; see 003-slots-and-keys.sql.
--
-- Others write at the same time here, so a trigger that looks for what overlaps would miss what is not
-- committed yet. Two exclusion constraints do not. They are about moments in microseconds, which is what
-- the columns hold: int8range compares them exactly as they are, with no calendar in between.

CREATE TABLE appointment_overrides (
  appointment_id TEXT COLLATE "C" NOT NULL
    REFERENCES appointments (id) DEFERRABLE INITIALLY DEFERRED,
  version BIGINT NOT NULL CHECK (version >= 1),
  user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  reason TEXT NOT NULL CHECK (reason <> ''),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (appointment_id, version)
);

-- 1: staff let it overlap when it came to where it is, so the constraints leave it alone.
ALTER TABLE appointments ADD COLUMN overridden BIGINT NOT NULL DEFAULT 0 CHECK (overridden IN (0, 1));

ALTER TABLE appointments ADD CONSTRAINT slot_taken_doctor
  EXCLUDE USING gist (doctor_id WITH =, int8range (starts_at, ends_at) WITH &&)
  WHERE (status NOT IN ('cancelled', 'no-show') AND overridden = 0);
ALTER TABLE appointments ADD CONSTRAINT slot_taken_patient
  EXCLUDE USING gist (patient_id WITH =, int8range (starts_at, ends_at) WITH &&)
  WHERE (status NOT IN ('cancelled', 'no-show') AND overridden = 0);

-- Notes who may overlap, and keeps the others out of the time of those, whom the constraints do not see.
-- It may miss one that is being booked right now: then that one's override came second, and allows it.
CREATE FUNCTION appointments_keep_slots () RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  NEW.overridden := (SELECT count (*) FROM appointment_overrides o
                    WHERE o.appointment_id = NEW.id AND o.version = NEW.version);
  IF NEW.overridden = 0 AND EXISTS (
      SELECT 1 FROM appointments a
       WHERE (a.doctor_id = NEW.doctor_id OR a.patient_id = NEW.patient_id)
         AND a.overridden = 1
         AND a.starts_at > NEW.starts_at - 86400000000
         AND a.starts_at < NEW.starts_at + NEW.duration_minutes * 60000000
         AND a.ends_at > NEW.starts_at
         AND a.status NOT IN ('cancelled', 'no-show') AND a.id <> NEW.id) THEN
    RAISE EXCEPTION 'slot_taken';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER appointments_keep_slots_on_insert BEFORE INSERT ON appointments
  FOR EACH ROW WHEN (NEW.status NOT IN ('cancelled', 'no-show'))
  EXECUTE FUNCTION appointments_keep_slots ();

-- The same where an appointment moves, or comes back to life; a mere next state asks nothing.
CREATE TRIGGER appointments_keep_slots_on_update BEFORE UPDATE ON appointments
  FOR EACH ROW WHEN (NEW.status NOT IN ('cancelled', 'no-show')
    AND (OLD.status IN ('cancelled', 'no-show')
         OR NEW.starts_at <> OLD.starts_at
         OR NEW.duration_minutes <> OLD.duration_minutes
         OR NEW.doctor_id IS DISTINCT FROM OLD.doctor_id
         OR NEW.patient_id IS DISTINCT FROM OLD.patient_id))
  EXECUTE FUNCTION appointments_keep_slots ();

CREATE INDEX appointments_overlapping ON appointments (starts_at) WHERE overridden = 1;

CREATE TABLE idempotency_keys (
  user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  key TEXT NOT NULL CHECK (key <> ''),
  path TEXT NOT NULL,
  body_hash BYTEA NOT NULL CHECK (length (body_hash) = 32),
  record_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, key)
);

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
