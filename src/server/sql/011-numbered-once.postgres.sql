-- The deferred trigger of 004-changes.postgres.sql is called at the commit for each note, and the first
-- call takes them all. The others asked whether any was left, and went through all that the first had
-- deleted to find none: with some thousand notes, seconds. Now they are told. Nothing is noted after the
-- first call, since no other deferred trigger writes.
CREATE OR REPLACE FUNCTION change_notes_number () RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting ('rounds.numbered', TRUE) = NEW.transaction::text THEN
    RETURN NULL;
  END IF;
  PERFORM set_config ('rounds.numbered', NEW.transaction::text, TRUE);
  PERFORM pg_advisory_xact_lock (hashtextextended ('change_feed', 0));
  WITH taken AS (
    DELETE FROM change_notes WHERE transaction = NEW.transaction
      RETURNING audience, kind, record_id)
  INSERT INTO changes (seq, audience, kind, record_id)
    SELECT nextval ('change_numbers'), audience, kind, record_id
      FROM (SELECT DISTINCT audience, kind, record_id FROM taken) AS marks
    ON CONFLICT (audience, kind, record_id) DO UPDATE SET seq = excluded.seq;
  -- Told when the commit is there; one message a transaction.
  NOTIFY rounds_changes;
  RETURN NULL;
END $$;
