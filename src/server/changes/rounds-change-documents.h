/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A change of the feed as its reader gets it: the record as it is now, or that it is gone.
 * Which changes there are is rounds-change-repository.h's.
 */

#pragma once

#include "rounds-change-repository.h"
#include "rounds-request.h"

G_BEGIN_DECLS

/* {kind, id, KIND: {…}} as the caller of @request may see it, own link included; or {kind, id,
 * removed: true}, which @removed tells. NULL with @error. (transfer full) */
JsonObject *rounds_change_document (RoundsRequest *request, const RoundsChange *change,
                                    gboolean *removed, GError **error);

G_END_DECLS
