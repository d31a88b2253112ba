-- SPDX-License-Identifier: GPL-3.0-or-later
-- Copyright 2026 The Rounds authors
--
-- When hospitals are open, so that a form knows it without the server: one time a line, "1 480 1080" for
-- Mondays from 8:00 to 18:00. What is here already does not know, and has to be told once more.

ALTER TABLE hospital ADD COLUMN openings TEXT NOT NULL DEFAULT '';
ALTER TABLE hospital ADD COLUMN version INTEGER NOT NULL DEFAULT 0;

DELETE FROM fact WHERE name = 'cursor';
