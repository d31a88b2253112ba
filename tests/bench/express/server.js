/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The server that roundsd is measured against: the same routes over the same database.
 * It is no part of Rounds, and only as careful as such servers usually are.
 */

import express from 'express';

import { appointments } from './appointments.js';
import { findUser } from './database.js';
import { meetings } from './meetings.js';
import { answerError, Refusal } from './refusals.js';
import { authenticate, signIn } from './session.js';

const api = express.Router();

api.get('/', (request, response) => {
  response.json({ status: 'success', data: { name: 'express' } });
});
api.post('/auth/login', signIn);
api.use(authenticate);
api.get('/users/me', (request, response) => {
  response.json({ status: 'success', data: { user: findUser(request.caller.id) } });
});
api.use('/appointments', appointments);
api.use('/meetings', meetings);

const app = express();

// Nothing that roundsd does not do either.
app.set('etag', false);
app.set('x-powered-by', false);
app.use((request, response, next) => {
  response.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
  next();
});
app.use(express.json({ limit: '128kb' }));
app.use('/api', api);
app.use(() => {
  throw new Refusal(404, 'not_found', 'There is nothing at this address');
});
app.use(answerError);

// The path of a Unix socket, or a port of this machine.
const place = process.env.PLACE ?? '0';
const server = place.startsWith('/')
  ? app.listen(place, () => console.log(`listening on unix:${place}`))
  : app.listen(Number(place), '127.0.0.1', () => {
    console.log(`listening on http://127.0.0.1:${server.address().port}`);
  });
process.on('SIGTERM', () => server.close(() => process.exit(0)));
