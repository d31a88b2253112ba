/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Answers that are not a success, in JSend's form.
 * It decides nothing.
 */

export class Refusal extends Error {
  constructor(status, code, message, errors) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

export class Problems {
  list = [];

  add(field, message) {
    this.list.push({ field, message });
  }

  refuse(status) {
    if (this.list.length > 0)
      throw new Refusal(status, 'invalid', this.list[0].message, this.list);
  }
}

export function notFound(what) {
  return new Refusal(404, 'not_found', `There is no such ${what}`);
}

export function forbidden(message) {
  return new Refusal(403, 'forbidden', message);
}

export function answerError(error, request, response, next) {
  if (response.headersSent)
    return next(error);
  const status = error.status ?? 500;
  if (status >= 500) {
    console.error(error);
    response.status(500).json({ status: 'error', message: 'Something went wrong here' });
    return;
  }
  const { code = 'invalid', message, errors } = error;
  response.status(status).json({ status: 'fail', code, message, errors });
}
