-- Lists are in the order of start and id. SQLite's indexes ended with the start, so that each row of a
-- list was packed into a table of its own once more, to be put in order among those of one moment.
DROP INDEX appointments_by_doctor;
DROP INDEX appointments_by_patient;
DROP INDEX appointments_by_hospital;
CREATE INDEX appointments_by_doctor ON appointments (doctor_id, starts_at, id);
CREATE INDEX appointments_by_patient ON appointments (patient_id, starts_at, id);
CREATE INDEX appointments_by_hospital ON appointments (hospital_id, starts_at, id);
