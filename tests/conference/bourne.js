/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Stands in for the one function that @jitsi/js-utils takes from a CommonJS package: careful JSON.
 * Nothing of the transport itself is replaced.
 */

export function parse (text) {
  return JSON.parse (text, (key, value) => {
    if (key === '__proto__')
      throw new SyntaxError ('Object contains forbidden prototype property');

    return value;
  });
}
