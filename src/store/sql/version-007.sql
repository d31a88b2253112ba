-- SPDX-License-Identifier: GPL-3.0-or-later
-- Copyright 2026 The Rounds authors
--
-- When a patient came, the visit began and was over. What is here already does not know: the cursor is
-- forgotten, so that the server tells everything once more, while all of it stays in sight.

ALTER TABLE appointment ADD COLUMN arrived_at INTEGER;
ALTER TABLE appointment ADD COLUMN started_at INTEGER;
ALTER TABLE appointment ADD COLUMN ended_at INTEGER;

DELETE FROM fact WHERE name = 'cursor';
