-- Every write leaves dead rows in the change feed: a note that goes with its transaction, and a mark of
-- the same record with an older number. They are to be swept by their number, not by how large the table
-- has become, or a busy day makes each look into the feed slower.
ALTER TABLE change_notes SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
ALTER TABLE changes SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000,
                         fillfactor = 80);
