/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who belongs to which audiences, found by audience: a commit that concerns three people looks at
 * three, however many wait.
 * It never looks at a member.
 */

#include "config.h"

#include "rounds-audience-index.h"

struct _RoundsAudienceIndex
{
  GHashTable *sets; /* char * → GHashTable used as a set of members; none is empty */
};

RoundsAudienceIndex *
rounds_audience_index_new (void)
{
  RoundsAudienceIndex *self = g_new0 (RoundsAudienceIndex, 1);
  self->sets
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  return self;
}

void
rounds_audience_index_free (RoundsAudienceIndex *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->sets);
  g_free (self);
}

void
rounds_audience_index_add (RoundsAudienceIndex *self, const char *const *audiences, gpointer member)
{
  g_return_if_fail (self != NULL && audiences != NULL && member != NULL);

  for (gsize i = 0; audiences[i] != NULL; i++)
    {
      GHashTable *set = g_hash_table_lookup (self->sets, audiences[i]);
      if (set == NULL)
        {
          set = g_hash_table_new (NULL, NULL);
          g_hash_table_insert (self->sets, g_strdup (audiences[i]), set);
        }
      g_hash_table_add (set, member);
    }
}

void
rounds_audience_index_remove (RoundsAudienceIndex *self, const char *const *audiences,
                              gpointer member)
{
  g_return_if_fail (self != NULL && audiences != NULL && member != NULL);

  for (gsize i = 0; audiences[i] != NULL; i++)
    {
      GHashTable *set = g_hash_table_lookup (self->sets, audiences[i]);
      if (set == NULL)
        continue;
      g_hash_table_remove (set, member);
      if (g_hash_table_size (set) == 0)
        g_hash_table_remove (self->sets, audiences[i]);
    }
}

GHashTable *
rounds_audience_index_get (RoundsAudienceIndex *self, const char *audience)
{
  g_return_val_if_fail (self != NULL && audience != NULL, NULL);

  return g_hash_table_lookup (self->sets, audience);
}
