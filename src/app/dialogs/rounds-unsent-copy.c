/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * "Save a Copy…": asks for a place and writes there what the server has not got.
 * It changes nothing in the cache: the edits still wait to be sent.
 */

#include "config.h"

#include "rounds-unsent-copy.h"

#include <string.h>

#include <glib/gi18n.h>

#include "rounds-future.h"
#include "rounds-unsent-text.h"

typedef struct
{
  GtkWidget *parent;
  RoundsStore *store;
  RoundsUser *viewer; /* or NULL */
  gint64 now;
} Saving;

static void
free_saving (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->parent);
  g_object_unref (saving->store);
  g_clear_pointer (&saving->viewer, rounds_user_unref);
  g_free (saving);
}

static void
chosen_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  GError *error = NULL;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, &error);

  if (file != NULL)
    dex_promise_resolve_object (promise, file);
  else
    dex_promise_reject (promise, error);
}

/* Resolves to a GFile. */
static DexFuture *
ask_for_place (GtkWidget *parent)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  DexPromise *promise = dex_promise_new ();
  GtkRoot *root = gtk_widget_get_root (parent);

  gtk_file_dialog_set_title (dialog, _ ("Save a Copy of Unsent Changes"));
  /* Translators: the name of a file. */
  gtk_file_dialog_set_initial_name (dialog, _ ("Unsent changes.txt"));
  gtk_file_dialog_save (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, chosen_cb,
                        dex_ref (promise));
  return DEX_FUTURE (promise);
}

static GError *
explain (GError *error)
{
  g_autoptr (GError) cause = error;

  if (g_error_matches (cause, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
      || g_error_matches (cause, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "No place was chosen");
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                                _ ("There is no room in that place. Choose another one, such as a "
                                   "USB drive."));
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_READ_ONLY)
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_READ_ONLY,
                                _ ("Nothing can be written in that place. Choose another one, such "
                                   "as a USB drive."));
  /* Translators: %s is what the system says about a file. */
  return g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The copy was not saved: %s"),
                      cause->message);
}

static char *
dup_result (guint n_changes, GFile *file)
{
  g_autofree char *name = g_file_get_parse_name (file);

  /* Translators: %s is the path of a file. */
  return g_strdup_printf (ngettext ("%u change was written to %s. That file is not encrypted: "
                                    "delete it once you no longer need it.",
                                    "%u changes were written to %s. That file is not encrypted: "
                                    "delete it once you no longer need it.",
                                    n_changes),
                          n_changes, name);
}

/* Security: this leaves the encrypted cache in clear words, because the person asked for it, where
 * the person said, readable for nobody else on this computer. */
static DexFuture *
save_fiber (gpointer data)
{
  Saving *saving = data;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  char *text;
  guint n_changes = 0;

  file = dex_await_object (ask_for_place (saving->parent), &error);
  if (file == NULL)
    return dex_future_new_for_error (explain (g_steal_pointer (&error)));
  text = rounds_unsent_text_write_fiber (saving->store, saving->viewer, saving->now, &n_changes,
                                         &error);
  if (text == NULL)
    return dex_future_new_for_error (explain (g_steal_pointer (&error)));
  bytes = g_bytes_new_take (text, strlen (text));
  if (!dex_await (dex_file_replace_contents_bytes (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE),
                  &error))
    return dex_future_new_for_error (explain (g_steal_pointer (&error)));
  return dex_future_new_take_string (dup_result (n_changes, file));
}

/**
 * rounds_unsent_copy_save:
 * @parent: in the window that asks
 * @viewer: (nullable): whose cache it is
 * @now: µs, UTC
 *
 * Returns: (transfer full): a future of a sentence for the person
 */
DexFuture *
rounds_unsent_copy_save (GtkWidget *parent, RoundsStore *store, RoundsUser *viewer, gint64 now)
{
  Saving *saving;

  dex_return_error_if_fail (GTK_IS_WIDGET (parent));
  dex_return_error_if_fail (ROUNDS_IS_STORE (store));

  saving = g_new0 (Saving, 1);
  saving->parent = g_object_ref (parent);
  saving->store = g_object_ref (store);
  saving->viewer = viewer != NULL ? rounds_user_ref (viewer) : NULL;
  saving->now = now;
  return rounds_spawn (save_fiber, saving, free_saving);
}
