-- The change feed; see 004-changes.sql for what it says and docs/changes.md for how it works.
--
-- Several write at the same time here. A number that is drawn first may be committed last, and a reader
-- who has seen the later one would never see the earlier. So the triggers only note what changed; the
-- numbers are drawn at the very end of the transaction, under a lock that is held until its commit is
-- there for everybody.

CREATE TABLE change_feed (
  id TEXT NOT NULL PRIMARY KEY
);

INSERT INTO change_feed (id) SELECT left (replace (gen_random_uuid ()::text, '-', ''), 16);

CREATE SEQUENCE change_numbers AS BIGINT;

CREATE TABLE changes (
  seq BIGINT NOT NULL PRIMARY KEY,
  audience TEXT COLLATE "C" NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('appointment', 'meeting', 'user', 'hospital', 'access')),
  record_id TEXT COLLATE "C" NOT NULL,
  UNIQUE (audience, kind, record_id)
);

CREATE INDEX changes_by_audience ON changes (audience, seq);

-- What the transactions that are open have changed. No row outlives its transaction, so a crash loses
-- nothing with it.
CREATE UNLOGGED TABLE change_notes (
  transaction XID8 NOT NULL DEFAULT pg_current_xact_id (),
  audience TEXT COLLATE "C" NOT NULL,
  kind TEXT NOT NULL,
  record_id TEXT COLLATE "C" NOT NULL
);

CREATE INDEX change_notes_by_transaction ON change_notes (transaction);

-- At the commit: once for each note, but the first call takes them all.
CREATE FUNCTION change_notes_number () RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM change_notes WHERE transaction = pg_current_xact_id ()) THEN
    RETURN NULL;
  END IF;
  PERFORM pg_advisory_xact_lock (hashtextextended ('change_feed', 0));
  WITH taken AS (
    DELETE FROM change_notes WHERE transaction = pg_current_xact_id ()
      RETURNING audience, kind, record_id)
  INSERT INTO changes (seq, audience, kind, record_id)
    SELECT nextval ('change_numbers'), audience, kind, record_id
      FROM (SELECT DISTINCT audience, kind, record_id FROM taken) AS marks
    ON CONFLICT (audience, kind, record_id) DO UPDATE SET seq = excluded.seq;
  -- Told when the commit is there; one message a transaction.
  NOTIFY rounds_changes;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER change_notes_number AFTER INSERT ON change_notes
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_notes_number ();

-- @audiences may hold NULLs, of people who have no hospital and visits without a doctor.
CREATE FUNCTION change_note (noted_kind TEXT, noted_id TEXT, VARIADIC audiences TEXT[])
  RETURNS VOID LANGUAGE SQL AS $$
  INSERT INTO change_notes (audience, kind, record_id)
    SELECT DISTINCT audience, noted_kind, noted_id FROM unnest (audiences) AS audience
     WHERE audience IS NOT NULL
$$;

-- Appointments: admins, staff of the hospital, doctor, patient; of before and after.
CREATE FUNCTION appointments_change () RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    PERFORM change_note ('appointment', NEW.id, 'a', 's:' || NEW.hospital_id,
                         'u:' || NEW.doctor_id, 'u:' || NEW.patient_id);
  END IF;
  IF TG_OP <> 'INSERT' THEN
    PERFORM change_note ('appointment', OLD.id, 'a', 's:' || OLD.hospital_id,
                         'u:' || OLD.doctor_id, 'u:' || OLD.patient_id);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER appointments_change AFTER INSERT OR UPDATE OR DELETE ON appointments
  FOR EACH ROW EXECUTE FUNCTION appointments_change ();

-- Meetings: admins, creator, participants. Who joins or leaves changes it for all the others.
CREATE FUNCTION meetings_note_participants (noted_id TEXT) RETURNS VOID LANGUAGE SQL AS $$
  INSERT INTO change_notes (audience, kind, record_id)
    SELECT 'u:' || user_id, 'meeting', noted_id FROM meeting_participants
     WHERE meeting_id = noted_id
$$;

CREATE FUNCTION meetings_change () RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    PERFORM change_note ('meeting', NEW.id, 'a', 'u:' || NEW.created_by);
    PERFORM meetings_note_participants (NEW.id);
  END IF;
  IF TG_OP <> 'INSERT' THEN
    PERFORM change_note ('meeting', OLD.id, 'a', 'u:' || OLD.created_by);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER meetings_change AFTER INSERT OR UPDATE OR DELETE ON meetings
  FOR EACH ROW EXECUTE FUNCTION meetings_change ();

CREATE FUNCTION meeting_participants_change () RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
  meeting TEXT := CASE WHEN TG_OP = 'DELETE' THEN OLD.meeting_id ELSE NEW.meeting_id END;
BEGIN
  PERFORM change_note ('meeting', meeting, 'a',
                       (SELECT 'u:' || created_by FROM meetings WHERE id = meeting));
  IF TG_OP <> 'INSERT' THEN
    PERFORM change_note ('meeting', meeting, 'u:' || OLD.user_id);
  END IF;
  PERFORM meetings_note_participants (meeting);
  RETURN NULL;
END $$;

CREATE TRIGGER meeting_participants_change AFTER INSERT OR UPDATE OR DELETE ON meeting_participants
  FOR EACH ROW EXECUTE FUNCTION meeting_participants_change ();

-- People: admins, oneself, and who may find them in the directory.
CREATE FUNCTION users_note (person users) RETURNS VOID LANGUAGE SQL AS $$
  SELECT change_note ('user', person.id, 'a', 'd:' || person.hospital_id,
                      CASE WHEN person.role IN ('doctor', 'hospital')
                           THEN 'p:' || person.hospital_id END,
                      CASE WHEN person.role = 'admin' THEN 'm' END)
$$;

CREATE FUNCTION users_change () RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    PERFORM users_note (NEW);
    PERFORM change_note ('user', NEW.id, 'u:' || NEW.id);
  END IF;
  IF TG_OP <> 'INSERT' THEN
    PERFORM users_note (OLD);
  END IF;
  IF TG_OP = 'UPDATE'
     AND (NEW.role <> OLD.role OR NEW.hospital_id IS DISTINCT FROM OLD.hospital_id) THEN
    PERFORM change_note ('access', NEW.id, 'u:' || NEW.id);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER users_insert_change AFTER INSERT OR DELETE ON users
  FOR EACH ROW EXECUTE FUNCTION users_change ();
-- Not of the password: nobody sees it.
CREATE TRIGGER users_update_change
  AFTER UPDATE OF name, email, role, hospital_id, department, phone, age, gender, active ON users
  FOR EACH ROW EXECUTE FUNCTION users_change ();

-- Hospitals: everybody.
CREATE FUNCTION hospitals_change () RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM change_note ('hospital', CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END, '*');
  RETURN NULL;
END $$;

CREATE TRIGGER hospitals_change AFTER INSERT OR UPDATE OR DELETE ON hospitals
  FOR EACH ROW EXECUTE FUNCTION hospitals_change ();

CREATE FUNCTION hospital_departments_change () RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM change_note ('hospital', CASE WHEN TG_OP = 'DELETE' THEN OLD.hospital_id
                                        ELSE NEW.hospital_id END, '*');
  RETURN NULL;
END $$;

CREATE TRIGGER hospital_departments_change AFTER INSERT OR UPDATE OR DELETE ON hospital_departments
  FOR EACH ROW EXECUTE FUNCTION hospital_departments_change ();

-- What is there already is the beginning of the feed.

INSERT INTO change_notes (audience, kind, record_id)
  SELECT '*', 'hospital', id FROM hospitals
  UNION SELECT 'a', 'user', id FROM users
  UNION SELECT 'u:' || id, 'user', id FROM users
  UNION SELECT 'd:' || hospital_id, 'user', id FROM users WHERE hospital_id IS NOT NULL
  UNION SELECT 'p:' || hospital_id, 'user', id FROM users WHERE role IN ('doctor', 'hospital')
  UNION SELECT 'm', 'user', id FROM users WHERE role = 'admin'
  UNION SELECT 'a', 'appointment', id FROM appointments
  UNION SELECT 's:' || hospital_id, 'appointment', id FROM appointments
  UNION SELECT 'u:' || doctor_id, 'appointment', id FROM appointments WHERE doctor_id IS NOT NULL
  UNION SELECT 'u:' || patient_id, 'appointment', id FROM appointments
    WHERE patient_id IS NOT NULL
  UNION SELECT 'a', 'meeting', id FROM meetings
  UNION SELECT 'u:' || created_by, 'meeting', id FROM meetings
  UNION SELECT 'u:' || user_id, 'meeting', meeting_id FROM meeting_participants;
