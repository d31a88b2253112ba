/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the store does on the database's thread, as RoundsDbJob functions.
 * Signals and models belong to the main thread and to rounds-store.c.
 */

#pragma once

#include <glib-object.h>

#include "rounds-db.h"
#include "rounds-outbox-item.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/* What a job found or did. Boxed, atomic reference count. */
typedef struct
{
  gboolean records_changed;
  GPtrArray *users; /* the whole directory when it changed, otherwise both are NULL */
  GPtrArray *hospitals;
  guint
      n_untaught; /* records that the search has yet to learn; many are ROUNDS_SEARCH_INDEX_MANY */
  RoundsOutboxItem *item; /* the edit that was added, or NULL */
} RoundsOutcome;

#define ROUNDS_TYPE_OUTCOME (rounds_outcome_get_type ())
GType rounds_outcome_get_type (void) G_GNUC_CONST;
RoundsOutcome *rounds_outcome_ref (RoundsOutcome *self);
void rounds_outcome_unref (RoundsOutcome *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsOutcome, rounds_outcome_unref)

/* One transaction's worth of changes. Arrays may be NULL. */
typedef struct
{
  gboolean whole; /* the arrays are all there is: other rows go */
  GPtrArray *appointments;
  GPtrArray *meetings;
  GPtrArray *users;
  GPtrArray *hospitals;
  char **gone[ROUNDS_N_ENTRY_KINDS]; /* ids, or NULL */
  char **gone_users;
  char **gone_hospitals;
  GHashTable *only[ROUNDS_N_ENTRY_KINDS]; /* or NULL */
  GHashTable *only_users;
  GHashTable *only_hospitals;
  char *cursor; /* or NULL */
  char *last_sync; /* or NULL */
} RoundsWrite;
void rounds_write_free (gpointer data);
/* @data: RoundsWrite. Result: RoundsOutcome. All or nothing. */
gboolean rounds_write_job (RoundsDb *db, gpointer data, GValue *result, GError **error);

/* Reads the directory. @data: the path; the file is not suspect any more. Result: RoundsOutcome. */
gboolean rounds_inspect_job (RoundsDb *db, gpointer data, GValue *result, GError **error);

typedef struct
{
  RoundsEntryKind kind;
  char *id;
} RoundsKey;
RoundsKey *rounds_key_new (RoundsEntryKind kind, const char *id);
void rounds_key_free (gpointer data);
/* @data: RoundsKey. Result: RoundsEntry, or G_IO_ERROR_NOT_FOUND. */
gboolean rounds_get_entry_job (RoundsDb *db, gpointer data, GValue *result, GError **error);

typedef struct
{
  char *name;
  char *value; /* NULL: forget it */
} RoundsFact;
RoundsFact *rounds_fact_new (const char *name, const char *value);
void rounds_fact_free (gpointer data);
/* @data: RoundsFact (value ignored). Result: a string or NULL. */
gboolean rounds_get_fact_job (RoundsDb *db, gpointer data, GValue *result, GError **error);
/* @data: RoundsFact. */
gboolean rounds_set_fact_job (RoundsDb *db, gpointer data, GValue *result, GError **error);

G_END_DECLS
