-- SPDX-License-Identifier: GPL-3.0-or-later
-- Copyright 2026 The Rounds authors
--
-- Why a visit did not take place, where the server found out. What is here already does not know, and has to
-- be told once more.

ALTER TABLE appointment ADD COLUMN no_show_cause TEXT;

DELETE FROM fact WHERE name = 'cursor';
