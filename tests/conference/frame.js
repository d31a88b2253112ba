/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Runs in a frame of another origin inside the conference page: tries what it must not get.
 * It reports to its own server only.
 */

const report = data =>
  fetch ('/report', { method: 'POST', body: JSON.stringify ({ kind: 'frame', origin: location.origin, ...data }) });

navigator.mediaDevices.getUserMedia ({ audio: true, video: true })
  .then (() => report ({ devices: 'allowed' }), error => report ({ devices: error.name }));
