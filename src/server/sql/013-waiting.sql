-- Whoever opens a WebSocket is told who waits just now: the few rows of the last minutes.
CREATE INDEX call_waits_by_since ON call_waits (since);
