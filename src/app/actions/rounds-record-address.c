/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Addresses of records, "rounds:appointment/<id>", as calendars have them from the server's feed.
 * They hold no secret; following one is the window's.
 */

#include "config.h"

#include "rounds-record-address.h"

#include <string.h>

#include "rounds-id.h"

static const struct
{
  const char *start; /* of what follows the scheme */
  RoundsEntryKind kind;
} kinds[] = {
  { "appointment/", ROUNDS_ENTRY_APPOINTMENT },
  { "meeting/", ROUNDS_ENTRY_MEETING },
};

/**
 * rounds_record_address_parse:
 * @address: what another program gave us
 * @kind: (out): of the record
 * @id: (out) (transfer full): of the record
 *
 * Takes "rounds:appointment/<id>" and "rounds:meeting/<id>", which roundsd's iCalendar feed has
 * (docs/api.md), and the same with "//" after the colon, which some programs put there. Schemes
 * have no case (RFC 3986, 3.1).
 *
 * Security: an address can come from any web page or mail. Nothing but a kind and an id in the form
 * of ours is taken from it.
 *
 * Returns: %FALSE for every other text; @kind and @id are left alone then.
 */
gboolean
rounds_record_address_parse (const char *address, RoundsEntryKind *kind, char **id)
{
  const char *rest;

  g_return_val_if_fail (address != NULL, FALSE);
  g_return_val_if_fail (kind != NULL && id != NULL, FALSE);

  if (g_ascii_strncasecmp (address, ROUNDS_RECORD_SCHEME ":", strlen (ROUNDS_RECORD_SCHEME ":"))
      != 0)
    return FALSE;
  rest = address + strlen (ROUNDS_RECORD_SCHEME ":");
  if (g_str_has_prefix (rest, "//"))
    rest += strlen ("//");

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_has_prefix (rest, kinds[i].start)
          && rounds_id_is_valid (rest + strlen (kinds[i].start)))
        {
          *kind = kinds[i].kind;
          *id = g_strdup (rest + strlen (kinds[i].start));
          return TRUE;
        }
    }
  return FALSE;
}
