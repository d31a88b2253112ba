-- When hospitals are open; 006-opening-hours.sql says what is what.

CREATE TABLE hospital_openings (
  hospital_id TEXT COLLATE "C" NOT NULL REFERENCES hospitals (id) ON DELETE CASCADE,
  -- 1 is Monday.
  weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  -- Minutes since midnight.
  opens BIGINT NOT NULL CHECK (opens >= 0),
  closes BIGINT NOT NULL CHECK (closes > opens AND closes <= 1440),
  PRIMARY KEY (hospital_id, weekday, opens)
);

-- Until now, all were open at these hours.
INSERT INTO hospital_openings (hospital_id, weekday, opens, closes)
  SELECT id, d.column1, 480, 1080 FROM hospitals, (VALUES (1), (2), (3), (4), (5)) AS d;
