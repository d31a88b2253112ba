/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tells that the copy on this computer could not be read and was replaced, at the start or while
 * Rounds runs, and what became of changes that were not sent. Mending itself is the store's.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-future.h"
#include "rounds-store-outbox.h"
#include "rounds-window-private.h"

/* The store of whom it is told, should somebody else sign in meanwhile. */
typedef struct
{
  RoundsWindow *window;
  RoundsStore *store;
} Notice;

static Notice *
make_notice (RoundsWindow *window, RoundsStore *store)
{
  Notice *self = g_new0 (Notice, 1);

  self->window = g_object_ref (window);
  self->store = g_object_ref (store);
  return self;
}

static void
free_notice (gpointer data)
{
  Notice *self = data;

  g_object_unref (self->window);
  g_object_unref (self->store);
  g_free (self);
}

static void
free_closure_notice (gpointer data, GClosure *closure)
{
  free_notice (data);
}

static void
on_answered_cb (AdwAlertDialog *dialog, const char *response, Notice *self)
{
  /* From here on the person knows. */
  rounds_future_watch (rounds_store_set_fact (self->store, ROUNDS_STORE_FACT_MENDED, NULL),
                       G_OBJECT (self->window), rounds_window_on_failed);
  if (g_str_equal (response, "unsent"))
    gtk_widget_activate_action (GTK_WIDGET (self->window), "win.show-unsent", NULL);
}

/* What became of changes that only this computer knew. (transfer full) */
static char *
dup_unsent_words (gboolean is_part, guint n_unsent)
{
  if (n_unsent > 0)
    return g_strdup_printf (
        ngettext ("%u change that was not sent yet was saved; you find it under Unsent Changes.",
                  "%u changes that were not sent yet were saved; you find them under Unsent "
                  "Changes.",
                  n_unsent),
        n_unsent);
  if (is_part)
    return g_strdup (_ ("No unsent changes were found in it."));
  return g_strdup (_ ("Changes that were not sent yet, if there were any, have to be made again."));
}

/* (transfer full) */
static char *
dup_words (gboolean is_part, guint n_unsent)
{
  g_autofree char *unsent = dup_unsent_words (is_part, n_unsent);

  if (is_part)
    /* Translators: %s is a sentence about changes that were not sent yet. */
    return g_strdup_printf (_ ("A part of the copy on this computer could not be read. The rest "
                               "was kept, and what is missing comes from the server again. %s"),
                            unsent);
  /* Translators: %s is a sentence about changes that were not sent yet. */
  return g_strdup_printf (_ ("The copy on this computer could not be opened: it is damaged, or the "
                             "keyring has another key for it by now. Everything comes from the "
                             "server again. %s"),
                          unsent);
}

static void
present_notice (RoundsWindow *self, RoundsStore *store, gboolean is_part, guint n_unsent)
{
  g_autofree char *words = dup_words (is_part, n_unsent);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (
      adw_alert_dialog_new (is_part ? _ ("Damaged Copy Mended") : _ ("Copy Replaced"), words));

  adw_alert_dialog_add_response (dialog, "close", _ ("_Close"));
  if (n_unsent > 0)
    adw_alert_dialog_add_response (dialog, "unsent", _ ("_Unsent Changes…"));
  adw_alert_dialog_set_default_response (dialog, "close");
  adw_alert_dialog_set_close_response (dialog, "close");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_answered_cb), make_notice (self, store),
                         free_closure_notice, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static DexFuture *
tell_fiber (gpointer data)
{
  Notice *notice = data;
  g_autofree char *mended = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  guint n_unsent = 0;

  mended
      = dex_await_string (rounds_store_get_fact (notice->store, ROUNDS_STORE_FACT_MENDED), &error);
  if (mended != NULL)
    items = dex_await_boxed (rounds_store_list_edits (notice->store), &error);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (items != NULL && notice->window->workspace != NULL
      && rounds_sync_get_store (rounds_window_get_sync (notice->window)) == notice->store)
    {
      /* The engine may know of more than the new file has, and is about to write it down. */
      g_object_get (rounds_window_get_sync (notice->window), "n-unsent", &n_unsent, NULL);
      present_notice (notice->window, notice->store, g_str_equal (mended, ROUNDS_STORE_MENDED_PART),
                      MAX (items->len, n_unsent));
    }
  return dex_future_new_true ();
}

static void
tell (RoundsWindow *self, RoundsStore *store)
{
  rounds_future_watch (rounds_spawn (tell_fiber, make_notice (self, store), free_notice),
                       G_OBJECT (self), rounds_window_on_failed);
}

void
rounds_window_watch_mending (RoundsWindow *self)
{
  RoundsStore *store = rounds_sync_get_store (rounds_window_get_sync (self));

  g_signal_connect_object (store, "mended", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  tell (self, store);
}
