/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The fields of a RoundsEntryList, for the two files that make up the object.
 * Nobody else includes this.
 */

#pragma once

#include "rounds-store-private.h"

#include "rounds-entry-window.h"
#include "rounds-query.h"
#include "rounds-shown-order.h"

G_BEGIN_DECLS

struct _RoundsEntryList
{
  GObject parent_instance;
  RoundsStore *store;
  RoundsStoreQuery *query;
  RoundsShownOrder shown;
  RoundsEntryWindow *window;
  GError *error; /* why the last question got no answer; or NULL */
  GCancellable *asked; /* the question under way; or NULL */
  guint generation; /* counts queries: an answer to an older one is thrown away */
  gboolean loaded;
  gboolean stale; /* the store or the query changed since the last question */
  gboolean asking; /* ask_fiber runs */
  gboolean reading; /* read_fiber runs */
  gboolean typed; /* the first answer to this search is awaited */
};

/* What the store answered, and told to the listeners. */
void rounds_entry_list_show (RoundsEntryList *self, const RoundsAnswer *answer);
/* Takes @error, or NULL. */
void rounds_entry_list_set_error (RoundsEntryList *self, GError *error);

/* rounds-entry-list-asking.c */
void rounds_entry_list_refresh (RoundsEntryList *self);
void rounds_entry_list_read (RoundsEntryList *self);

G_END_DECLS
