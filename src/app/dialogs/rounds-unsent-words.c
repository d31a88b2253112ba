/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What an edit is called that the server has not got, on the screen and in a copy.
 * Which fields it changes is said by rounds-field-words.c.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-unsent-words.h"

#include "rounds-status-look.h"

const char *
rounds_unsent_words_missing (const RoundsOutboxItem *item)
{
  return item->kind == ROUNDS_ENTRY_APPOINTMENT
             ? _ ("An appointment that comes with the next update")
             : _ ("A meeting that comes with the next update");
}

const char *
rounds_unsent_words_new (const RoundsOutboxItem *item)
{
  return item->kind == ROUNDS_ENTRY_APPOINTMENT ? _ ("New appointment") : _ ("New meeting");
}

const char *
rounds_unsent_words_status (const RoundsOutboxItem *item)
{
  return item->kind == ROUNDS_ENTRY_APPOINTMENT
             ? rounds_status_look_of_appointment (item->status).word
             : rounds_status_look_of_meeting (item->status).word;
}
