-- What JaaS's webhooks tell of calls: somebody came, somebody went, a room was opened or closed, each a
-- moment by itself. docs/jitsi.md.
--
-- Which coming belongs to which going follows from all of them together, in whatever order they were told:
-- the rows of call_stays and call_rooms are made from these. A row is named by what it says, so that the same
-- moment again is the same row. The same words on every database.
CREATE TABLE call_marks (
  room_name TEXT NOT NULL,
  -- JaaS's own name for who came or went, with the side room's behind it; empty for the room itself.
  occupant TEXT NOT NULL,
  happened_at BIGINT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('began', 'ended')),
  -- Whom the token named, and on which side he is; see call_stays.
  user_id TEXT,
  side TEXT NOT NULL CHECK (side IN ('host', 'guest', 'other')),
  PRIMARY KEY (room_name, occupant, happened_at, what)
);
