-- Of people in a meeting there were three orders. Two are enough: by meeting and position, which is how
-- they are read, and by person; a person is in a meeting once. 015-cheaper-writes.sql does more, for what
-- is dear on SQLite only.
ALTER TABLE meeting_participants
  DROP CONSTRAINT meeting_participants_pkey,
  DROP CONSTRAINT meeting_participants_meeting_id_position_key;
ALTER TABLE meeting_participants
  ADD PRIMARY KEY (meeting_id, position),
  ADD UNIQUE (user_id, meeting_id);
DROP INDEX meeting_participants_by_user;
