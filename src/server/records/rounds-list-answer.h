/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * GET …/user/:userId: somebody's records, as far as the caller may see them, whole or page by page.
 * What a record is and who sees it is the kind's to say.
 */

#pragma once

#include "rounds-page.h"
#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* One kind of records. Static. */
typedef struct
{
  const char *member; /* of `data`: "appointments" */
  /* The records of a person, by start. NULL with @error. (transfer full) */
  GPtrArray *(*list) (RoundsDb *db, const RoundsUser *owner, const RoundsPage *page,
                      GError **error);
  /* Writes @record into the list that is open, if the caller may see it. FALSE with @error. */
  gboolean (*put) (RoundsRequest *request, RoundsJsonWriter *writer, gconstpointer record,
                   GError **error);
  /* The cursor behind @record. (transfer full) */
  char *(*write_cursor) (gconstpointer record);
} RoundsListKind;

RoundsResponse *rounds_list_answer (RoundsRequest *request, const RoundsListKind *kind);

G_END_DECLS
