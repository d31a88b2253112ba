/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What went wrong with the database, in the store's terms.
 * The words that people read are the app's, chosen by the code.
 */

#include "config.h"

#include "rounds-store-private.h"

#include "rounds-db.h"

G_DEFINE_QUARK (rounds_store_error, rounds_store_error)

static RoundsStoreError
classify (const GError *error)
{
  switch ((RoundsDbError)error->code)
    {
    case ROUNDS_DB_ERROR_KEY:
      return ROUNDS_STORE_ERROR_LOCKED;
    case ROUNDS_DB_ERROR_NEWER:
      return ROUNDS_STORE_ERROR_NEWER;
    case ROUNDS_DB_ERROR_DAMAGED:
      return ROUNDS_STORE_ERROR_DAMAGED;
    case ROUNDS_DB_ERROR_FULL:
      return ROUNDS_STORE_ERROR_FULL;
    case ROUNDS_DB_ERROR_READ_ONLY:
      return ROUNDS_STORE_ERROR_READ_ONLY;
    case ROUNDS_DB_ERROR_OPEN:
    case ROUNDS_DB_ERROR_BUSY:
    case ROUNDS_DB_ERROR_CONSTRAINT:
    case ROUNDS_DB_ERROR_SQL:
    default:
      return ROUNDS_STORE_ERROR_FAILED_IO;
    }
}

static DexFuture *
translate_error_cb (DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  if (error->domain != ROUNDS_DB_ERROR)
    return dex_ref (future);
  return dex_future_new_for_error (
      g_error_new_literal (ROUNDS_STORE_ERROR, (int)classify (error), error->message));
}

DexFuture *
rounds_store_translate_error (DexFuture *future)
{
  return dex_future_catch (future, translate_error_cb, NULL, NULL);
}
