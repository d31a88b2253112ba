/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A refused or conflicting edit with both sides, as people see it.
 * What they decide is carried out in rounds-sync-refused.c.
 */

#include "config.h"

#include "rounds-sync.h"

RoundsRefusal *
rounds_refusal_copy (const RoundsRefusal *self)
{
  RoundsRefusal *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (RoundsRefusal, 1);
  copy->name = g_strdup (self->name);
  copy->is_conflict = self->is_conflict;
  copy->fields = self->fields;
  g_set_object (&copy->mine, self->mine);
  g_set_object (&copy->theirs, self->theirs);
  copy->reason = g_strdup (self->reason);
  copy->made_at = self->made_at;
  return copy;
}

void
rounds_refusal_free (RoundsRefusal *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_clear_object (&self->mine);
  g_clear_object (&self->theirs);
  g_free (self->reason);
  g_free (self);
}
