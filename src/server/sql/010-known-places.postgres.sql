-- From where somebody has signed in before; 010-known-places.sql says what is what.
CREATE TABLE known_places (
  user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  place_hash BYTEA NOT NULL CHECK (length (place_hash) = 32),
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, place_hash)
);
