-- When a patient came, the visit began and was over, with the appointment itself: whoever reads one reads
-- them with it. The program sets them with the state. What was noted beside the appointments so far goes
-- into them, with the next version, so that every client is told.
ALTER TABLE appointments ADD COLUMN arrived_at INTEGER;
ALTER TABLE appointments ADD COLUMN started_at INTEGER;
ALTER TABLE appointments ADD COLUMN ended_at INTEGER;

DROP TRIGGER appointments_note_time;

UPDATE appointments SET version = version + 1,
    arrived_at = (SELECT at FROM appointment_times t WHERE t.appointment_id = appointments.id AND t.status = 'arrived'),
    started_at = (SELECT at FROM appointment_times t WHERE t.appointment_id = appointments.id AND t.status = 'active'),
    ended_at = (SELECT at FROM appointment_times t WHERE t.appointment_id = appointments.id AND t.status = 'completed')
  WHERE id IN (SELECT appointment_id FROM appointment_times
                WHERE status IN ('arrived', 'active', 'completed'));

DROP TABLE appointment_times;
