-- The change feed once more, with the same rows and rules. That there is one mark for each audience and
-- record is looked up by the record first: ids go up with the time, so the marks of a new record stand
-- together at the end, where they were sought out among all the others of their audience before, on a page
-- for each.

CREATE TABLE old_changes AS SELECT seq, audience, kind, record_id FROM changes;
CREATE TABLE old_sequence AS SELECT seq FROM sqlite_sequence WHERE name = 'changes';
DROP TABLE changes;

CREATE TABLE changes (
  -- Numbers are never used twice. There is one writer at a time, so their order is the order of the
  -- commits.
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  audience TEXT NOT NULL,
  -- access: what this person may see at all is another thing now.
  kind TEXT NOT NULL CHECK (kind = 'appointment' OR kind = 'meeting' OR kind = 'user'
                            OR kind = 'hospital' OR kind = 'access'),
  record_id TEXT NOT NULL,
  UNIQUE (record_id, audience, kind)
) STRICT;

INSERT INTO changes (seq, audience, kind, record_id)
  SELECT seq, audience, kind, record_id FROM old_changes ORDER BY seq;
DROP TABLE old_changes;

-- Also where the last number was given to a mark that is gone.
UPDATE sqlite_sequence SET seq = (SELECT max (seq) FROM old_sequence)
 WHERE name = 'changes' AND seq < (SELECT max (seq) FROM old_sequence);
INSERT INTO sqlite_sequence (name, seq)
  SELECT 'changes', seq FROM old_sequence
   WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'changes');
DROP TABLE old_sequence;

CREATE INDEX changes_by_audience ON changes (audience, seq);
