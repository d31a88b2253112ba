-- When a patient came, the visit began and was over, with the appointment itself; 016-appointment-times.sql
-- says why.
--
-- Nodes of before may go on beside this step. They still ask for appointment_times, which stays for them,
-- with what was in it; and they set a state without its moment, which the trigger does for them.
ALTER TABLE appointments
  ADD COLUMN arrived_at BIGINT,
  ADD COLUMN started_at BIGINT,
  ADD COLUMN ended_at BIGINT;

DROP TRIGGER appointments_note_time ON appointments;

CREATE OR REPLACE FUNCTION appointments_note_time () RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  CASE NEW.status
    WHEN 'arrived' THEN NEW.arrived_at := COALESCE (NEW.arrived_at, NEW.updated_at);
    WHEN 'active' THEN NEW.started_at := COALESCE (NEW.started_at, NEW.updated_at);
    WHEN 'completed' THEN NEW.ended_at := COALESCE (NEW.ended_at, NEW.updated_at);
    ELSE NULL;
  END CASE;
  RETURN NEW;
END $$;

CREATE TRIGGER appointments_note_time BEFORE UPDATE ON appointments
  FOR EACH ROW WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION appointments_note_time ();

UPDATE appointments a SET version = version + 1, arrived_at = t.arrived_at, started_at = t.started_at,
    ended_at = t.ended_at
  FROM (SELECT appointment_id, max (at) FILTER (WHERE status = 'arrived') AS arrived_at,
               max (at) FILTER (WHERE status = 'active') AS started_at,
               max (at) FILTER (WHERE status = 'completed') AS ended_at
          FROM appointment_times WHERE status IN ('arrived', 'active', 'completed')
         GROUP BY appointment_id) t
  WHERE a.id = t.appointment_id;
