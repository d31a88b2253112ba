-- One account for an e-mail address, written in capitals or not: the same words on every database, which
-- is what the queries ask with. Only ASCII letters are folded.
CREATE UNIQUE INDEX "users.email" ON users (lower (email));
