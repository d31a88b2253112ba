-- What Jitsi says about calls: the truth of who was there and when. docs/jitsi.md.
--
-- All of it may come late, twice or in another order: a row is named by what Jitsi says of it, so that
-- the same event again changes nothing. The same words on every database.

-- A room of ours as Jitsi had it; it may be opened several times.
CREATE TABLE call_rooms (
  room_name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  destroyed_at BIGINT,
  PRIMARY KEY (room_name, created_at)
);

-- Somebody was in a room: one row each time that he came.
CREATE TABLE call_stays (
  room_name TEXT NOT NULL,
  -- Jitsi's own name for him in this room.
  occupant TEXT NOT NULL,
  joined_at BIGINT NOT NULL,
  left_at BIGINT,
  -- Whom the token named; NULL for one without a token of ours, a recorder for instance.
  user_id TEXT,
  -- host: who holds the visit or the meeting. guest: the patient, the others. other: recorders and the like.
  side TEXT NOT NULL CHECK (side IN ('host', 'guest', 'other')),
  PRIMARY KEY (room_name, occupant, joined_at)
);

-- Somebody asked for the link, or sits in the room alone, since when.
CREATE TABLE call_waits (
  kind TEXT NOT NULL CHECK (kind IN ('appointment', 'meeting')),
  record_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id),
  side TEXT NOT NULL CHECK (side IN ('host', 'guest', 'other')),
  since BIGINT NOT NULL,
  PRIMARY KEY (kind, record_id, user_id)
);

-- Steps that a rule took, not a person. What a person decided is not here, and no rule touches it.
CREATE TABLE call_steps (
  kind TEXT NOT NULL CHECK (kind IN ('appointment', 'meeting')),
  record_id TEXT NOT NULL,
  status TEXT NOT NULL,
  -- Why somebody did not show up.
  cause TEXT CHECK (cause IN ('patient', 'staff', 'technical')),
  decided_at BIGINT NOT NULL,
  PRIMARY KEY (kind, record_id, status)
);

-- Rooms that Jitsi has reserved: one of a record at a time.
CREATE TABLE call_reservations (
  record_id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('appointment', 'meeting')),
  opened_at BIGINT NOT NULL,
  ended_at BIGINT
);
