/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What stands in the rows that say when, as a draft keeps it: as typed, whether it can be booked or
 * not. The rows are RoundsWhenGroup's.
 */

#include "config.h"

#include "rounds-when-draft.h"

/**
 * rounds_when_draft_write:
 * @draft: gets what stands in the rows, as it stands there
 */
void
rounds_when_draft_write (RoundsWhenGroup *group, JsonObject *draft)
{
  g_autofree char *date = NULL;

  g_return_if_fail (ROUNDS_IS_WHEN_GROUP (group));
  g_return_if_fail (draft != NULL);

  /* What is only proposed is nobody's work; by another day, another time is. */
  if (rounds_when_group_is_chosen (group))
    {
      date = rounds_when_group_dup_date (group);
      json_object_set_string_member (draft, "date", date);
      json_object_set_string_member (draft, "time", rounds_when_group_get_time (group));
    }
  json_object_set_int_member (draft, "minutes", rounds_when_group_get_minutes (group));
}

/**
 * rounds_when_draft_restore:
 * @draft: of rounds_when_draft_write()
 */
void
rounds_when_draft_restore (RoundsWhenGroup *group, JsonObject *draft)
{
  const char *date = NULL;
  const char *time = NULL;
  int minutes;

  g_return_if_fail (ROUNDS_IS_WHEN_GROUP (group));
  g_return_if_fail (draft != NULL);

  date = json_object_get_string_member_with_default (draft, "date", NULL);
  time = json_object_get_string_member_with_default (draft, "time", NULL);
  minutes = (int)CLAMP (json_object_get_int_member_with_default (draft, "minutes", 0), 0, G_MAXINT);
  if (minutes == 0)
    minutes = rounds_when_group_get_minutes (group);
  if (date != NULL && time != NULL)
    rounds_when_group_fill (group, date, time, minutes);
  else
    {
      rounds_when_group_set_minutes (group, minutes);
      rounds_when_group_fill_in (group);
    }
}
