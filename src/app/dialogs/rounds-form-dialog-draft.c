/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What stands in a form as a draft: taken up again, kept while it is filled in and when it closes.
 * Where drafts are is RoundsDraftKeeper's business.
 */

#include "config.h"

#include "rounds-form-dialog-private.h"

#include <glib/gi18n.h>

#include "rounds-error-words.h"
#include "rounds-future.h"
#include "rounds-time-words.h"
#include "rounds-unsaved.h"

/* (transfer full) */
static char *
write_draft (RoundsFormDialog *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, json_object_new ());
  ROUNDS_FORM_DIALOG_GET_CLASS (self)->write (self, json_node_get_object (node));
  return json_to_string (node, FALSE);
}

static void
restore_draft (RoundsFormDialog *self, const char *payload)
{
  g_autoptr (JsonNode) node = json_from_string (payload, NULL);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    ROUNDS_FORM_DIALOG_GET_CLASS (self)->restore (self, json_node_get_object (node));
}

/* A form that holds no more than an untouched one is not worth keeping, nor a word when it closes.
 */
void
rounds_form_dialog_keep_draft (RoundsFormDialog *self)
{
  RoundsFormDialogPrivate *private = rounds_form_dialog_get_private (self);
  g_autofree char *payload = write_draft (self);
  gboolean is_blank = g_str_equal (payload, private->blank);

  adw_dialog_set_can_close (ADW_DIALOG (self), is_blank);
  if (private->is_loaded)
    rounds_draft_keeper_set (private->keeper, is_blank ? NULL : payload);
}

static void
on_not_kept_cb (RoundsFormDialog *self, const GError *error)
{
  g_autofree char *why = rounds_error_words_line (error, NULL);
  /* Translators: what is typed into a form is kept as a draft; %s says why it could not be. */
  g_autofree char *words = g_strdup_printf (_ ("What you fill in is not kept. %s"), why);

  rounds_form_dialog_show_banner (self, words, NULL);
}

/* Takes up what was left unfinished, unless the person was faster. */
static DexFuture *
load_fiber (gpointer data)
{
  RoundsFormDialog *self = data;
  RoundsFormDialogPrivate *private = rounds_form_dialog_get_private (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsStoreDraft) draft
      = dex_await_boxed (rounds_store_load_draft (rounds_sync_get_store (private->sync),
                                                  private->kind, private->record),
                         &error);
  g_autofree char *now = write_draft (self);

  private->is_loaded = TRUE;
  if (draft != NULL && g_str_equal (now, private->blank))
    {
      g_autofree char *when = rounds_time_words_when (
          draft->updated_at, rounds_clock_now (rounds_sync_get_clock (private->sync)));
      /* Translators: %s is when it was last worked on, as in "Today 09:42". */
      g_autofree char *words = g_strdup_printf (_ ("Your draft is back · %s"), when);

      restore_draft (self, draft->payload);
      rounds_form_dialog_show_banner (self, words, _ ("_Start Over"));
    }
  rounds_form_dialog_keep_draft (self);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

static void
on_failed_cb (const GError *error, gpointer owner)
{
  on_not_kept_cb (owner, error);
}

static DexFuture *
close_fiber (gpointer data)
{
  RoundsFormDialog *self = data;
  RoundsFormDialogPrivate *private = rounds_form_dialog_get_private (self);
  g_autoptr (GError) error = NULL;

  if (!dex_await (rounds_draft_keeper_flush (private->keeper), &error))
    {
      rounds_unsaved_ask (ADW_DIALOG (self));
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  g_signal_emit_by_name (self, "draft-kept", private->keeper);
  adw_dialog_force_close (ADW_DIALOG (self));
  return dex_future_new_true ();
}

/* From now on what stands in the rows is kept as the draft of @kind and @record (or NULL); what is
 * in them by now is nobody's work. */
void
rounds_form_dialog_open_draft (RoundsFormDialog *self, const char *kind, const char *record)
{
  RoundsFormDialogPrivate *private = rounds_form_dialog_get_private (self);

  g_set_str (&private->kind, kind);
  g_set_str (&private->record, record);
  private->keeper = rounds_draft_keeper_new (rounds_sync_get_store (private->sync),
                                             rounds_sync_get_clock (private->sync), kind, record);
  g_signal_connect_object (private->keeper, "failed", G_CALLBACK (on_not_kept_cb), self,
                           G_CONNECT_SWAPPED);
  private->blank = write_draft (self);
  rounds_future_watch (rounds_spawn (load_fiber, g_object_ref (self), g_object_unref),
                       G_OBJECT (self), on_failed_cb);
}

/* The form is as if nobody had done anything in it. */
void
rounds_form_dialog_empty_draft (RoundsFormDialog *self)
{
  restore_draft (self, rounds_form_dialog_get_private (self)->blank);
}

/* Writes at once what would be written in a moment. */
void
rounds_form_dialog_flush_draft (RoundsFormDialog *self)
{
  RoundsFormDialogPrivate *private = rounds_form_dialog_get_private (self);

  if (private->keeper != NULL && private->is_loaded)
    rounds_future_watch (rounds_draft_keeper_flush (private->keeper), G_OBJECT (self),
                         on_failed_cb);
}

/* Closes the dialog once the draft is kept; where it cannot be, the person is asked. */
void
rounds_form_dialog_leave (RoundsFormDialog *self)
{
  rounds_future_watch (rounds_spawn (close_fiber, g_object_ref (self), g_object_unref),
                       G_OBJECT (self), on_failed_cb);
}
