-- Sessions with short access tokens and rotating refresh tokens; see 002-sessions.sql.

CREATE TABLE sessions_new (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length (id) = 24),
  user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL CHECK (expires_at > created_at),
  last_used_at BIGINT NOT NULL,
  address TEXT NOT NULL,
  user_agent TEXT
);

INSERT INTO sessions_new (id, user_id, created_at, expires_at, last_used_at, address, user_agent)
  SELECT id, user_id, created_at, expires_at, last_used_at, address, user_agent FROM sessions;

CREATE TABLE session_tokens (
  access_hash BYTEA NOT NULL PRIMARY KEY CHECK (length (access_hash) = 32),
  refresh_hash BYTEA UNIQUE CHECK (length (refresh_hash) = 32),
  session_id TEXT COLLATE "C" NOT NULL REFERENCES sessions_new (id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('offered', 'current', 'spent', 'rejected')),
  created_at BIGINT NOT NULL,
  access_expires_at BIGINT NOT NULL,
  refresh_expires_at BIGINT,
  CHECK ((refresh_hash IS NULL) = (refresh_expires_at IS NULL))
);

INSERT INTO session_tokens (access_hash, session_id, state, created_at, access_expires_at)
  SELECT token_hash, id, 'current', created_at, expires_at FROM sessions;

DROP TABLE sessions;
ALTER TABLE sessions_new RENAME TO sessions;

CREATE INDEX sessions_by_user ON sessions (user_id, created_at);
CREATE INDEX sessions_by_end ON sessions (expires_at);
CREATE INDEX session_tokens_by_session ON session_tokens (session_id, created_at);
CREATE UNIQUE INDEX session_tokens_one_current ON session_tokens (session_id)
  WHERE state = 'current';
