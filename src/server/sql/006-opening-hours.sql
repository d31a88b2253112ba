-- When hospitals are open, on their own wall clocks. A change of it is a change of the hospital: its
-- version and its place in the change feed move with the row in hospitals, which is written as well.

CREATE TABLE hospital_openings (
  hospital_id TEXT NOT NULL REFERENCES hospitals (id) ON DELETE CASCADE,
  -- 1 is Monday.
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  -- Minutes since midnight.
  opens INTEGER NOT NULL CHECK (opens >= 0),
  closes INTEGER NOT NULL CHECK (closes > opens AND closes <= 1440),
  PRIMARY KEY (hospital_id, weekday, opens)
) STRICT, WITHOUT ROWID;

-- Until now, all were open at these hours.
INSERT INTO hospital_openings (hospital_id, weekday, opens, closes)
  SELECT id, d.column1, 480, 1080 FROM hospitals, (VALUES (1), (2), (3), (4), (5)) AS d;
