/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One line of the audit log, and the hash that chains it to the one before.
 * It reads and writes no database.
 */

#include "config.h"

#include "rounds-audit-entry.h"

#include <sodium.h>
#include <string.h>

/* Stands at the head of what is hashed; another way of hashing has another one. */
#define FORMAT "rounds-audit-1"

void
rounds_audit_entry_free (RoundsAuditEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->user_id);
  g_free (self->role);
  g_free (self->session_id);
  g_free (self->address);
  g_free (self->action);
  g_free (self->record_kind);
  g_free (self->record_id);
  g_free (self->detail);
  g_free (self);
}

static void
add_number (crypto_generichash_state *state, gint64 number)
{
  const gint64 ordered = GINT64_TO_BE (number);

  crypto_generichash_update (state, (const guint8 *)&ordered, sizeof ordered);
}

/* Nothing is told from an empty text by its length. */
static void
add_text (crypto_generichash_state *state, const char *text)
{
  add_number (state, text != NULL ? (gint64)strlen (text) : -1);
  if (text != NULL)
    crypto_generichash_update (state, (const guint8 *)text, strlen (text));
}

void
rounds_audit_entry_hash (const RoundsAuditEntry *self, const guint8 *previous, guint8 *hash)
{
  crypto_generichash_state state;

  g_return_if_fail (self != NULL && previous != NULL && hash != NULL);

  crypto_generichash_init (&state, NULL, 0, ROUNDS_AUDIT_HASH_LENGTH);
  add_text (&state, FORMAT);
  crypto_generichash_update (&state, previous, ROUNDS_AUDIT_HASH_LENGTH);
  add_number (&state, self->seq);
  add_number (&state, self->at);
  add_text (&state, self->user_id);
  add_text (&state, self->role);
  add_text (&state, self->session_id);
  add_text (&state, self->address);
  add_text (&state, self->action);
  add_text (&state, self->record_kind);
  add_text (&state, self->record_id);
  add_number (&state, self->result);
  add_text (&state, self->detail);
  crypto_generichash_final (&state, hash, ROUNDS_AUDIT_HASH_LENGTH);
}
