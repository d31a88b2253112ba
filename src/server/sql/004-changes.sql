-- The change feed. docs/changes.md says how it works; the triggers write it, so that no handler can
-- forget to.
--
-- A row says: for this audience, this record is no longer what it was. There is one per audience and
-- record, with the number of the last change, so that the table does not grow with the years.
-- Audiences: a (admins), u:USER (one person), s:HOSPITAL (its staff), d:HOSPITAL (who sees its
-- directory), p:HOSPITAL (its patients), m (doctors and staff anywhere), * (everybody).

CREATE TABLE change_feed (
  -- Cursors of another database are told by it.
  id TEXT NOT NULL PRIMARY KEY
) STRICT;

INSERT INTO change_feed (id) VALUES (lower (hex (randomblob (8))));

CREATE TABLE changes (
  -- Numbers are never used twice. There is one writer at a time, so their order is the order of the
  -- commits.
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  audience TEXT NOT NULL,
  -- access: what this person may see at all is another thing now.
  kind TEXT NOT NULL CHECK (kind IN ('appointment', 'meeting', 'user', 'hospital', 'access')),
  record_id TEXT NOT NULL,
  UNIQUE (audience, kind, record_id)
) STRICT;

CREATE INDEX changes_by_audience ON changes (audience, seq);

-- What the triggers below insert into.
CREATE VIEW change_marks AS SELECT audience, kind, record_id FROM changes;

CREATE TRIGGER change_marks_insert INSTEAD OF INSERT ON change_marks
WHEN NEW.audience IS NOT NULL
BEGIN
  DELETE FROM changes
    WHERE audience = NEW.audience AND kind = NEW.kind AND record_id = NEW.record_id;
  INSERT INTO changes (audience, kind, record_id) VALUES (NEW.audience, NEW.kind, NEW.record_id);
END;

-- Appointments: admins, staff of the hospital, doctor, patient; of before and after.

CREATE TRIGGER appointments_insert_change AFTER INSERT ON appointments
BEGIN
  INSERT INTO change_marks (audience, kind, record_id) VALUES
    ('a', 'appointment', NEW.id),
    ('s:' || NEW.hospital_id, 'appointment', NEW.id),
    ('u:' || NEW.doctor_id, 'appointment', NEW.id),
    ('u:' || NEW.patient_id, 'appointment', NEW.id);
END;

CREATE TRIGGER appointments_update_change AFTER UPDATE ON appointments
BEGIN
  INSERT INTO change_marks (audience, kind, record_id)
    SELECT column1, 'appointment', NEW.id FROM (
      VALUES ('a'), ('s:' || NEW.hospital_id), ('u:' || NEW.doctor_id), ('u:' || NEW.patient_id)
      UNION
      VALUES ('s:' || OLD.hospital_id), ('u:' || OLD.doctor_id), ('u:' || OLD.patient_id));
END;

CREATE TRIGGER appointments_delete_change AFTER DELETE ON appointments
BEGIN
  INSERT INTO change_marks (audience, kind, record_id) VALUES
    ('a', 'appointment', OLD.id),
    ('s:' || OLD.hospital_id, 'appointment', OLD.id),
    ('u:' || OLD.doctor_id, 'appointment', OLD.id),
    ('u:' || OLD.patient_id, 'appointment', OLD.id);
END;

-- Meetings: admins, creator, participants. Who joins or leaves changes it for all the others.

CREATE TRIGGER meetings_insert_change AFTER INSERT ON meetings
BEGIN
  INSERT INTO change_marks (audience, kind, record_id) VALUES
    ('a', 'meeting', NEW.id), ('u:' || NEW.created_by, 'meeting', NEW.id);
END;

CREATE TRIGGER meetings_update_change AFTER UPDATE ON meetings
BEGIN
  INSERT INTO change_marks (audience, kind, record_id)
    SELECT column1, 'meeting', NEW.id FROM (
      VALUES ('a'), ('u:' || NEW.created_by), ('u:' || OLD.created_by)
      UNION
      SELECT 'u:' || user_id FROM meeting_participants WHERE meeting_id = NEW.id);
END;

CREATE TRIGGER meetings_delete_change AFTER DELETE ON meetings
BEGIN
  INSERT INTO change_marks (audience, kind, record_id) VALUES
    ('a', 'meeting', OLD.id), ('u:' || OLD.created_by, 'meeting', OLD.id);
END;

CREATE TRIGGER meeting_participants_insert_change AFTER INSERT ON meeting_participants
BEGIN
  INSERT INTO change_marks (audience, kind, record_id)
    SELECT column1, 'meeting', NEW.meeting_id FROM (
      VALUES ('a')
      UNION
      SELECT 'u:' || created_by FROM meetings WHERE id = NEW.meeting_id
      UNION
      SELECT 'u:' || user_id FROM meeting_participants WHERE meeting_id = NEW.meeting_id);
END;

CREATE TRIGGER meeting_participants_delete_change AFTER DELETE ON meeting_participants
BEGIN
  INSERT INTO change_marks (audience, kind, record_id)
    SELECT column1, 'meeting', OLD.meeting_id FROM (
      VALUES ('a'), ('u:' || OLD.user_id)
      UNION
      SELECT 'u:' || created_by FROM meetings WHERE id = OLD.meeting_id
      UNION
      SELECT 'u:' || user_id FROM meeting_participants WHERE meeting_id = OLD.meeting_id);
END;

CREATE TRIGGER meeting_participants_update_change AFTER UPDATE ON meeting_participants
BEGIN
  INSERT INTO change_marks (audience, kind, record_id)
    SELECT column1, 'meeting', NEW.meeting_id FROM (
      VALUES ('a'), ('u:' || OLD.user_id)
      UNION
      SELECT 'u:' || created_by FROM meetings WHERE id = NEW.meeting_id
      UNION
      SELECT 'u:' || user_id FROM meeting_participants WHERE meeting_id = NEW.meeting_id);
END;

-- People: admins, oneself, and who may find them in the directory.

CREATE TRIGGER users_insert_change AFTER INSERT ON users
BEGIN
  INSERT INTO change_marks (audience, kind, record_id)
    SELECT column1, 'user', NEW.id FROM (
      VALUES ('a'), ('u:' || NEW.id), ('d:' || NEW.hospital_id),
        (CASE WHEN NEW.role IN ('doctor', 'hospital') THEN 'p:' || NEW.hospital_id END),
        (CASE WHEN NEW.role = 'admin' THEN 'm' END));
END;

-- Not of the password: nobody sees it.
CREATE TRIGGER users_update_change AFTER UPDATE OF
  name, email, role, hospital_id, department, phone, age, gender, active ON users
BEGIN
  INSERT INTO change_marks (audience, kind, record_id)
    SELECT column1, 'user', NEW.id FROM (
      VALUES ('a'), ('u:' || NEW.id), ('d:' || NEW.hospital_id),
        (CASE WHEN NEW.role IN ('doctor', 'hospital') THEN 'p:' || NEW.hospital_id END),
        (CASE WHEN NEW.role = 'admin' THEN 'm' END)
      UNION
      VALUES ('d:' || OLD.hospital_id),
        (CASE WHEN OLD.role IN ('doctor', 'hospital') THEN 'p:' || OLD.hospital_id END),
        (CASE WHEN OLD.role = 'admin' THEN 'm' END));
END;

CREATE TRIGGER users_update_access AFTER UPDATE OF role, hospital_id ON users
WHEN NEW.role <> OLD.role OR NEW.hospital_id IS NOT OLD.hospital_id
BEGIN
  INSERT INTO change_marks (audience, kind, record_id) VALUES ('u:' || NEW.id, 'access', NEW.id);
END;

CREATE TRIGGER users_delete_change AFTER DELETE ON users
BEGIN
  INSERT INTO change_marks (audience, kind, record_id)
    SELECT column1, 'user', OLD.id FROM (
      VALUES ('a'), ('d:' || OLD.hospital_id),
        (CASE WHEN OLD.role IN ('doctor', 'hospital') THEN 'p:' || OLD.hospital_id END),
        (CASE WHEN OLD.role = 'admin' THEN 'm' END));
END;

-- Hospitals: everybody.

CREATE TRIGGER hospitals_insert_change AFTER INSERT ON hospitals
BEGIN
  INSERT INTO change_marks (audience, kind, record_id) VALUES ('*', 'hospital', NEW.id);
END;

CREATE TRIGGER hospitals_update_change AFTER UPDATE ON hospitals
BEGIN
  INSERT INTO change_marks (audience, kind, record_id) VALUES ('*', 'hospital', NEW.id);
END;

CREATE TRIGGER hospitals_delete_change AFTER DELETE ON hospitals
BEGIN
  INSERT INTO change_marks (audience, kind, record_id) VALUES ('*', 'hospital', OLD.id);
END;

CREATE TRIGGER hospital_departments_insert_change AFTER INSERT ON hospital_departments
BEGIN
  INSERT INTO change_marks (audience, kind, record_id) VALUES ('*', 'hospital', NEW.hospital_id);
END;

CREATE TRIGGER hospital_departments_update_change AFTER UPDATE ON hospital_departments
BEGIN
  INSERT INTO change_marks (audience, kind, record_id) VALUES ('*', 'hospital', NEW.hospital_id);
END;

CREATE TRIGGER hospital_departments_delete_change AFTER DELETE ON hospital_departments
BEGIN
  INSERT INTO change_marks (audience, kind, record_id) VALUES ('*', 'hospital', OLD.hospital_id);
END;

-- What is there already is the beginning of the feed.

INSERT INTO changes (audience, kind, record_id)
  SELECT '*', 'hospital', id FROM hospitals;

INSERT INTO changes (audience, kind, record_id)
  SELECT 'a', 'user', id FROM users
  UNION SELECT 'u:' || id, 'user', id FROM users
  UNION SELECT 'd:' || hospital_id, 'user', id FROM users WHERE hospital_id IS NOT NULL
  UNION SELECT 'p:' || hospital_id, 'user', id FROM users WHERE role IN ('doctor', 'hospital')
  UNION SELECT 'm', 'user', id FROM users WHERE role = 'admin';

INSERT INTO changes (audience, kind, record_id)
  SELECT 'a', 'appointment', id FROM appointments
  UNION SELECT 's:' || hospital_id, 'appointment', id FROM appointments
  UNION SELECT 'u:' || doctor_id, 'appointment', id FROM appointments WHERE doctor_id IS NOT NULL
  UNION SELECT 'u:' || patient_id, 'appointment', id FROM appointments
    WHERE patient_id IS NOT NULL;

INSERT INTO changes (audience, kind, record_id)
  SELECT 'a', 'meeting', id FROM meetings
  UNION SELECT 'u:' || created_by, 'meeting', id FROM meetings
  UNION SELECT 'u:' || user_id, 'meeting', meeting_id FROM meeting_participants;
