-- Sessions with short access tokens and rotating refresh tokens.
--
-- A session is one sign-in on one device. Its tokens come in pairs; only their hashes are here.
-- Those who are signed in when this step is taken stay so.

CREATE TABLE sessions_new (
  id TEXT NOT NULL PRIMARY KEY CHECK (length (id) = 24),
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  -- When nothing can continue it any more: moves on with every refresh.
  expires_at INTEGER NOT NULL CHECK (expires_at > created_at),
  last_used_at INTEGER NOT NULL,
  address TEXT NOT NULL,
  user_agent TEXT
) STRICT;

INSERT INTO sessions_new (id, user_id, created_at, expires_at, last_used_at, address, user_agent)
  SELECT id, user_id, created_at, expires_at, last_used_at, address, user_agent FROM sessions;

CREATE TABLE session_tokens (
  access_hash BLOB NOT NULL PRIMARY KEY CHECK (length (access_hash) = 32),
  -- NULL: a session that ends with its access token.
  refresh_hash BLOB UNIQUE CHECK (length (refresh_hash) = 32),
  session_id TEXT NOT NULL REFERENCES sessions_new (id) ON DELETE CASCADE,
  -- offered: sent, but nobody has shown yet that it arrived. current: the last that did.
  -- spent: was current before. rejected: was offered beside one that became current.
  state TEXT NOT NULL CHECK (state IN ('offered', 'current', 'spent', 'rejected')),
  created_at INTEGER NOT NULL,
  access_expires_at INTEGER NOT NULL,
  refresh_expires_at INTEGER,
  CHECK ((refresh_hash IS NULL) = (refresh_expires_at IS NULL))
) STRICT;

INSERT INTO session_tokens (access_hash, session_id, state, created_at, access_expires_at)
  SELECT token_hash, id, 'current', created_at, expires_at FROM sessions;

DROP TABLE sessions;
ALTER TABLE sessions_new RENAME TO sessions;

CREATE INDEX sessions_by_user ON sessions (user_id, created_at);
CREATE INDEX sessions_by_end ON sessions (expires_at);
CREATE INDEX session_tokens_by_session ON session_tokens (session_id, created_at);
CREATE UNIQUE INDEX session_tokens_one_current ON session_tokens (session_id)
  WHERE state = 'current';
