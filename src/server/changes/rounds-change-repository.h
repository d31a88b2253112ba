/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The change feed in the server's database: what changed for whom since when. docs/changes.md.
 * Triggers of the schema write it; here it is only read, and who may see a record is not decided.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-user.h"

G_BEGIN_DECLS

/* How far a reader has come. */
typedef struct
{
  gint64 seq; /* the last change that he has */
  gint64 base; /* where the feed stood when he began with nothing */
} RoundsChangeCursor;

typedef enum
{
  ROUNDS_CHANGE_APPOINTMENT,
  ROUNDS_CHANGE_MEETING,
  ROUNDS_CHANGE_USER,
  ROUNDS_CHANGE_HOSPITAL,
  ROUNDS_CHANGE_ACCESS,
} RoundsChangeKind;

const char *rounds_change_kind_to_string (RoundsChangeKind kind);

typedef struct
{
  gint64 seq;
  RoundsChangeKind kind;
  char *id;
} RoundsChange;

void rounds_change_free (RoundsChange *self);

/* All of these block, and belong on the thread that owns @db. What is read together belongs into
 * one rounds_db_begin_read(). */

/* The audiences that @user belongs to. (transfer full) */
char **rounds_change_audiences (const RoundsUser *user);
/* The last number that was given. */
gboolean rounds_change_repository_get_head (RoundsDb *db, gint64 *head, GError **error);
/* The number of the last change of what @user_id may see at all; 0 for never. */
gboolean rounds_change_repository_get_access (RoundsDb *db, const char *user_id, gint64 *seq,
                                              GError **error);
/* How many marks there are for @audiences: about as many as records, more where one has several
 * marks. */
gboolean rounds_change_repository_count (RoundsDb *db, const char *const *audiences, gint64 *count,
                                         GError **error);
/* The first @limit changes for @audiences after @seq, by number; @more says
 * whether there are others. (transfer full) (element-type RoundsChange) */
GPtrArray *rounds_change_repository_list (RoundsDb *db, const char *const *audiences, gint64 seq,
                                          guint limit, gboolean *more, GError **error);
/* The audiences of all changes after @seq, each with its last number, and @head, the last of all.
 * (transfer full) (element-type utf8 gint64) */
GHashTable *
rounds_change_repository_list_audiences (RoundsDb *db, gint64 seq, gint64 *head, GError **error);

/* The feed's name, by which cursors of another database are told. (transfer full) */
char *rounds_change_feed_read_name (RoundsDb *db, GError **error);
/* @cursor of @feed as text that means nothing to clients. (transfer full) */
char *rounds_change_cursor_format (const char *feed, const RoundsChangeCursor *cursor);
/* The same for the feed of @db. (transfer full) */
char *rounds_change_cursor_write (RoundsDb *db, const RoundsChangeCursor *cursor, GError **error);
/* TRUE with @valid FALSE for what is no cursor at all, and with @known FALSE for one of another
 * database. */
gboolean rounds_change_cursor_read (RoundsDb *db, const char *text, RoundsChangeCursor *cursor,
                                    gboolean *valid, gboolean *known, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsChange, rounds_change_free)

G_END_DECLS
