-- No slot is given away twice, and no POST is carried out twice.
--
-- The rule about slots is the database's, not the handlers': two requests that both find a slot free
-- cannot both take it, whatever process they run in. What overlaps already stays as it is.

-- Who let an appointment overlap, and why. It holds for one version of the record: whoever moves the
-- appointment again asks again. The appointment's row is written after it, in one transaction, so
-- that the triggers find it.
CREATE TABLE appointment_overrides (
  appointment_id TEXT NOT NULL REFERENCES appointments (id) DEFERRABLE INITIALLY DEFERRED,
  version INTEGER NOT NULL CHECK (version >= 1),
  user_id TEXT NOT NULL REFERENCES users (id),
  reason TEXT NOT NULL CHECK (reason <> ''),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (appointment_id, version)
) STRICT, WITHOUT ROWID;

-- No appointment is longer than a day (the table's own check), so whatever overlaps has begun within
-- the day before: the indexes by start lead straight there.
CREATE TRIGGER appointments_keep_slots_on_insert
BEFORE INSERT ON appointments
WHEN NEW.status NOT IN ('cancelled', 'no-show')
BEGIN
  SELECT RAISE (ABORT, 'slot_taken')
   WHERE (EXISTS (SELECT 1 FROM appointments a
                   WHERE a.doctor_id = NEW.doctor_id
                     AND a.starts_at > NEW.starts_at - 86400000000
                     AND a.starts_at < NEW.starts_at + NEW.duration_minutes * 60000000
                     AND a.ends_at > NEW.starts_at
                     AND a.status NOT IN ('cancelled', 'no-show') AND a.id <> NEW.id)
          OR EXISTS (SELECT 1 FROM appointments a
                      WHERE a.patient_id = NEW.patient_id
                        AND a.starts_at > NEW.starts_at - 86400000000
                        AND a.starts_at < NEW.starts_at + NEW.duration_minutes * 60000000
                        AND a.ends_at > NEW.starts_at
                        AND a.status NOT IN ('cancelled', 'no-show') AND a.id <> NEW.id))
     AND NOT EXISTS (SELECT 1 FROM appointment_overrides o
                      WHERE o.appointment_id = NEW.id AND o.version = NEW.version);
END;

-- The same where an appointment moves, or comes back to life; a mere next state asks nothing.
CREATE TRIGGER appointments_keep_slots_on_update
BEFORE UPDATE OF starts_at, duration_minutes, doctor_id, patient_id, status ON appointments
WHEN NEW.status NOT IN ('cancelled', 'no-show')
 AND (OLD.status IN ('cancelled', 'no-show')
      OR NEW.starts_at <> OLD.starts_at
      OR NEW.duration_minutes <> OLD.duration_minutes
      OR NEW.doctor_id IS NOT OLD.doctor_id
      OR NEW.patient_id IS NOT OLD.patient_id)
BEGIN
  SELECT RAISE (ABORT, 'slot_taken')
   WHERE (EXISTS (SELECT 1 FROM appointments a
                   WHERE a.doctor_id = NEW.doctor_id
                     AND a.starts_at > NEW.starts_at - 86400000000
                     AND a.starts_at < NEW.starts_at + NEW.duration_minutes * 60000000
                     AND a.ends_at > NEW.starts_at
                     AND a.status NOT IN ('cancelled', 'no-show') AND a.id <> NEW.id)
          OR EXISTS (SELECT 1 FROM appointments a
                      WHERE a.patient_id = NEW.patient_id
                        AND a.starts_at > NEW.starts_at - 86400000000
                        AND a.starts_at < NEW.starts_at + NEW.duration_minutes * 60000000
                        AND a.ends_at > NEW.starts_at
                        AND a.status NOT IN ('cancelled', 'no-show') AND a.id <> NEW.id))
     AND NOT EXISTS (SELECT 1 FROM appointment_overrides o
                      WHERE o.appointment_id = NEW.id AND o.version = NEW.version);
END;

-- What a POST with an Idempotency-Key made. The answer is not here: it is written anew from the
-- record, with a fresh link, since links are credentials that are never stored.
CREATE TABLE idempotency_keys (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  key TEXT NOT NULL CHECK (key <> ''),
  path TEXT NOT NULL,
  body_hash BLOB NOT NULL CHECK (length (body_hash) = 32),
  record_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
