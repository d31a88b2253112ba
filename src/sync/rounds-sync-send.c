/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One edit and the server: merged with what is there by now, sent, and the answer understood.
 * What follows from it for the person is in rounds-sync-carry.c.
 */

#include "config.h"

#include "rounds-sync-private.h"

#include <glib/gi18n-lib.h>

/* Each round follows a change that somebody else made in between: more than this is no chance. */
#define MAX_ROUNDS 5

static gint64
get_version (RoundsEntry *entry)
{
  if (entry == NULL)
    return 0;
  return rounds_entry_get_kind (entry) == ROUNDS_ENTRY_APPOINTMENT
             ? rounds_entry_get_appointment (entry)->version
             : rounds_entry_get_meeting (entry)->version;
}

static RoundsSendResult
merge (RoundsSync *self, RoundsOutboxItem *item, RoundsEntry *original, GError **error)
{
  RoundsSyncFields conflicts;

  switch (rounds_sync_rebase (self, item, original, &conflicts))
    {
    case ROUNDS_MERGE_DONE:
      return ROUNDS_SEND_TAKEN;
    case ROUNDS_MERGE_SEND:
      return ROUNDS_SEND_AGAIN;
    case ROUNDS_MERGE_CONFLICT:
    default:
      g_set_error_literal (error, ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_CONFLICT,
                           _ ("Somebody else has changed this in the meantime."));
      return ROUNDS_SEND_CONFLICT;
    }
}

/* Awaits. What the server has now goes under the edits. */
static gboolean
await_refreshed (RoundsSync *self, RoundsSyncEdit *edit, GError **error)
{
  const char *id = edit->item->record;

  if (edit->item->kind == ROUNDS_ENTRY_APPOINTMENT)
    {
      g_autoptr (RoundsAppointment) appointment
          = dex_await_boxed (rounds_api_get_appointment (self->api, id), error);

      return appointment != NULL
             && dex_await (rounds_store_save_appointment (self->store, appointment), error);
    }
  else
    {
      g_autoptr (RoundsMeeting) meeting
          = dex_await_boxed (rounds_api_get_meeting (self->api, id), error);

      return meeting != NULL && dex_await (rounds_store_save_meeting (self->store, meeting), error);
    }
}

/* Awaits. NULL without an error: the server does not have it, or not any more. */
static gboolean
await_original (RoundsSync *self, RoundsSyncEdit *edit, RoundsEntry **original, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *original = dex_await_object (
      rounds_store_get_original (self->store, edit->item->kind, edit->item->record), &local_error);
  if (*original != NULL || g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
is_about_the_key (const GError *error)
{
  const char *code = rounds_net_error_get_code (error);

  return rounds_net_error_get_status (error) == 422 && code != NULL
         && g_str_has_prefix (code, "idempotency");
}

/* Whether the server has judged the request itself, so that it need not come again as it is. */
static gboolean
is_refusal (const GError *error)
{
  guint status = rounds_net_error_get_status (error);

  switch (status)
    {
    case 401:
    case 407:
    case 408:
    case 425:
    case 429:
      return FALSE;
    default:
      return status >= 400 && status < 500;
    }
}

/* Awaits. A step that cannot be taken may be one that an earlier request, whose answer got lost, or
 * somebody else has taken. */
static RoundsSendResult
judge_conflict (RoundsSync *self, RoundsSyncEdit *edit, RoundsEntry **answer)
{
  g_autoptr (RoundsEntry) original = NULL;
  g_autoptr (GError) error = NULL;

  if (edit->item->draft != NULL || !await_refreshed (self, edit, &error)
      || !await_original (self, edit, &original, &error) || original == NULL
      || !rounds_sync_has_arrived (edit->item, original))
    return ROUNDS_SEND_REFUSED;
  *answer = g_steal_pointer (&original);
  return ROUNDS_SEND_TAKEN;
}

/* Awaits. @error is why the call failed, and stays set unless it turns out to have been taken. */
static RoundsSendResult
judge_failure (RoundsSync *self, RoundsSyncEdit *edit, RoundsEntry **answer, GError **error)
{
  guint status = rounds_net_error_get_status (*error);
  g_autoptr (GError) refresh_error = NULL;
  RoundsSendResult result;

  if (status == 412 || is_about_the_key (*error))
    {
      /* The first answer to a key may be given again for ever: the next attempt takes another. */
      rounds_outbox_item_renew_key (edit->item);
      if (edit->item->draft != NULL || await_refreshed (self, edit, &refresh_error))
        return ROUNDS_SEND_AGAIN;
      g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&refresh_error));
      return is_refusal (*error) ? ROUNDS_SEND_REFUSED : ROUNDS_SEND_LATER;
    }

  if (!is_refusal (*error))
    return ROUNDS_SEND_LATER;
  if (status != 409)
    return ROUNDS_SEND_REFUSED;

  result = judge_conflict (self, edit, answer);
  if (result == ROUNDS_SEND_TAKEN)
    g_clear_error (error);
  return result;
}

/* Whether the server has certainly done nothing of it: it was not reached, or sent us away before
 * it looked at the request. */
static gboolean
was_in_vain (const GError *error)
{
  guint status = rounds_net_error_get_status (error);

  return rounds_net_error_get_never_left (error) || status == 401 || status == 429;
}

/* Awaits. The attempt is in the file before it begins: whoever starts after a crash knows of it. */
static RoundsSendResult
await_sent (RoundsSync *self, RoundsSyncEdit *edit, gint64 version, RoundsEntry **answer,
            GError **error)
{
  g_autoptr (DexFuture) sent = NULL;
  g_autoptr (GError) store_error = NULL;

  edit->item->attempts++;
  if (!dex_await (rounds_store_update_edit (self->store, edit->item), error))
    return ROUNDS_SEND_LATER;

  sent = rounds_sync_edit_send (edit, self->api, version);
  if (!dex_await (dex_ref (sent), error))
    {
      /* That was no attempt: it can still be taken back. */
      if (was_in_vain (*error))
        {
          edit->item->attempts--;
          if (!dex_await (rounds_store_update_edit (self->store, edit->item), &store_error))
            rounds_sync_note_failure (self, store_error);
        }
      return judge_failure (self, edit, answer, error);
    }
  *answer = rounds_sync_edit_read_answer (edit, sent);
  return ROUNDS_SEND_TAKEN;
}

static RoundsSendResult
send_creation (RoundsSync *self, RoundsSyncEdit *edit, RoundsEntry **answer, GError **error)
{
  if (edit->item->attempts > 0 && !rounds_sync_find_twin (self, edit, answer, error))
    return ROUNDS_SEND_LATER;
  if (*answer != NULL)
    return ROUNDS_SEND_TAKEN;
  return await_sent (self, edit, 0, answer, error);
}

/* Awaits. A cache that was mended may lack the record. What the server refuses to show, it will
 * refuse to change. */
static gboolean
await_known (RoundsSync *self, RoundsSyncEdit *edit, RoundsEntry **original, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!await_original (self, edit, original, error))
    return FALSE;
  if (*original != NULL)
    return TRUE;
  if (await_refreshed (self, edit, &local_error))
    return await_original (self, edit, original, error);
  if (is_refusal (local_error))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static RoundsSendResult
send_change (RoundsSync *self, RoundsSyncEdit *edit, RoundsEntry **answer, GError **error)
{
  g_autoptr (RoundsEntry) original = NULL;
  RoundsSendResult result = ROUNDS_SEND_AGAIN;

  if (!await_known (self, edit, &original, error))
    return ROUNDS_SEND_LATER;
  if (original != NULL)
    result = merge (self, edit->item, original, error);
  if (result == ROUNDS_SEND_TAKEN)
    *answer = g_steal_pointer (&original);
  if (result != ROUNDS_SEND_AGAIN)
    return result;
  return await_sent (self, edit, get_version (original), answer, error);
}

RoundsSendResult
rounds_sync_send_edit (RoundsSync *self, RoundsSyncEdit *edit, RoundsEntry **answer, GError **error)
{
  RoundsSendResult result = ROUNDS_SEND_AGAIN;

  for (guint i = 0; i < MAX_ROUNDS && result == ROUNDS_SEND_AGAIN; i++)
    {
      g_clear_error (error);
      result = edit->item->draft != NULL ? send_creation (self, edit, answer, error)
                                         : send_change (self, edit, answer, error);
    }
  return result == ROUNDS_SEND_AGAIN ? ROUNDS_SEND_LATER : result;
}
