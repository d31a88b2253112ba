-- From where somebody has signed in before: hashes of address and program. Others' wrong guesses at the
-- account do not hold him up there.
CREATE TABLE known_places (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  place_hash BLOB NOT NULL CHECK (length (place_hash) = 32),
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, place_hash)
) STRICT, WITHOUT ROWID;
