/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Cursors of the change feed as clients get them.
 * They hold no right: what a reader sees is decided by who he is when he comes with one.
 */

#include "config.h"

#include "rounds-change-repository.h"

#include <sodium.h>
#include <string.h>

#define MAX_CURSOR 128

char *
rounds_change_feed_read_name (RoundsDb *db, GError **error)
{
  g_return_val_if_fail (db != NULL, NULL);

  char *id = NULL;
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "SELECT id FROM change_feed", error);
  if (statement == NULL)
    return NULL;
  RoundsDbStep step = rounds_db_step (statement, error);
  if (step == ROUNDS_DB_ROW)
    id = g_strdup (rounds_db_get_text (statement, 0));
  else if (step == ROUNDS_DB_DONE)
    g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_DAMAGED,
                         "The change feed has no name");
  return id;
}

char *
rounds_change_cursor_format (const char *feed, const RoundsChangeCursor *cursor)
{
  g_return_val_if_fail (feed != NULL && cursor != NULL, NULL);

  g_autofree char *plain = g_strdup_printf ("%s.%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, feed,
                                            cursor->seq, cursor->base);
  gsize length = strlen (plain);
  gsize size = sodium_base64_encoded_len (length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  g_autofree char *text = g_malloc (size);
  sodium_bin2base64 (text, size, (const guint8 *)plain, length,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return g_steal_pointer (&text);
}

char *
rounds_change_cursor_write (RoundsDb *db, const RoundsChangeCursor *cursor, GError **error)
{
  g_return_val_if_fail (db != NULL && cursor != NULL, NULL);

  g_autofree char *feed = rounds_change_feed_read_name (db, error);
  return feed != NULL ? rounds_change_cursor_format (feed, cursor) : NULL;
}

static gboolean
parse (const char *text, char ***parts, RoundsChangeCursor *cursor)
{
  char plain[MAX_CURSOR + 1];
  gsize length = 0;
  gint64 seq = 0;
  gint64 base = 0;

  if (strlen (text) > MAX_CURSOR
      || sodium_base642bin ((guint8 *)plain, MAX_CURSOR, text, strlen (text), NULL, &length, NULL,
                            sodium_base64_VARIANT_URLSAFE_NO_PADDING)
             != 0)
    return FALSE;
  plain[length] = '\0';
  if (!g_utf8_validate_len (plain, length, NULL))
    return FALSE;
  *parts = g_strsplit (plain, ".", 4);
  if (g_strv_length (*parts) != 3
      || !g_ascii_string_to_signed ((*parts)[1], 10, 0, G_MAXINT64, &seq, NULL)
      || !g_ascii_string_to_signed ((*parts)[2], 10, 0, G_MAXINT64, &base, NULL))
    return FALSE;
  *cursor = (RoundsChangeCursor){ .seq = seq, .base = base };
  return TRUE;
}

gboolean
rounds_change_cursor_read (RoundsDb *db, const char *text, RoundsChangeCursor *cursor,
                           gboolean *valid, gboolean *known, GError **error)
{
  g_return_val_if_fail (db != NULL && text != NULL && cursor != NULL, FALSE);
  g_return_val_if_fail (valid != NULL && known != NULL, FALSE);

  g_auto (GStrv) parts = NULL;
  *known = FALSE;
  *valid = parse (text, &parts, cursor);
  if (!*valid)
    return TRUE;
  g_autofree char *feed = rounds_change_feed_read_name (db, error);
  if (feed == NULL)
    return FALSE;
  *known = g_str_equal (parts[0], feed);
  return TRUE;
}
