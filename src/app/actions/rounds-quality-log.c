/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How the connection of one call was, collected and told to the server once a minute.
 * It shows nothing, and nobody waits for it.
 */

#include "config.h"

#include "rounds-quality-log.h"

#include "rounds-future.h"

/* Samples that are sent together; there is one every ten seconds. */
#define BATCH 6

struct _RoundsQualityLog
{
  GObject parent_instance;

  RoundsSync *sync;
  RoundsEntryKind kind;
  char *id;
  GArray *samples; /* of RoundsApiSample, oldest first: not told yet */
  gboolean is_sending;
  gboolean is_refused; /* the server wants none */
};

G_DEFINE_FINAL_TYPE (RoundsQualityLog, rounds_quality_log, G_TYPE_OBJECT)

/* Kept until the next time where the server could not be reached; it takes a moment once only, so
 * that nothing counts twice. Whatever else it says, it will say again. */
static DexFuture *
send_fiber (gpointer data)
{
  RoundsQualityLog *self = data;
  g_autoptr (GArray) sent = g_array_copy (self->samples);
  g_autoptr (GError) error = NULL;

  if (dex_await (rounds_sync_report_quality (self->sync, self->kind, self->id, sent), &error))
    g_array_remove_range (self->samples, 0, MIN (sent->len, self->samples->len));
  else if (!g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNREACHABLE)
           && !g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_BUSY))
    self->is_refused = TRUE;
  self->is_sending = FALSE;
  return dex_future_new_true ();
}

/* Never: the fiber resolves in any case. */
static void
on_failed_cb (const GError *error, gpointer owner)
{
  ROUNDS_QUALITY_LOG (owner)->is_refused = TRUE;
}

static void
rounds_quality_log_finalize (GObject *object)
{
  RoundsQualityLog *self = ROUNDS_QUALITY_LOG (object);

  g_object_unref (self->sync);
  g_free (self->id);
  g_array_unref (self->samples);

  G_OBJECT_CLASS (rounds_quality_log_parent_class)->finalize (object);
}

static void
rounds_quality_log_class_init (RoundsQualityLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_quality_log_finalize;
}

static void
rounds_quality_log_init (RoundsQualityLog *self)
{
  self->samples = g_array_new (FALSE, FALSE, sizeof (RoundsApiSample));
}

/**
 * rounds_quality_log_new:
 * @sync: (transfer none): tells the server
 * @id: of the record whose call it is
 *
 * Returns: (transfer full): an empty log. Main thread.
 */
RoundsQualityLog *
rounds_quality_log_new (RoundsSync *sync, RoundsEntryKind kind, const char *id)
{
  RoundsQualityLog *self;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (ROUNDS_TYPE_QUALITY_LOG, NULL);
  self->sync = g_object_ref (sync);
  self->kind = kind;
  self->id = g_strdup (id);
  return self;
}

/**
 * rounds_quality_log_add:
 * @quality: a measure
 * @at: of that moment, µs UTC
 *
 * Keeps it, and tells what is kept from time to time. Where the server is away for long, the newest
 * are kept.
 */
void
rounds_quality_log_add (RoundsQualityLog *self, const RoundsCallQuality *quality, gint64 at)
{
  RoundsApiSample sample;

  g_return_if_fail (ROUNDS_IS_QUALITY_LOG (self));
  g_return_if_fail (quality != NULL);

  if (self->is_refused)
    return;
  sample = (RoundsApiSample){ at, quality->percent, quality->rtt, quality->loss };
  if (self->samples->len >= ROUNDS_API_MOST_SAMPLES && !self->is_sending)
    g_array_remove_index (self->samples, 0);
  if (self->samples->len < ROUNDS_API_MOST_SAMPLES)
    g_array_append_val (self->samples, sample);
  if (self->samples->len % BATCH == 0)
    rounds_quality_log_flush (self);
}

void
rounds_quality_log_flush (RoundsQualityLog *self)
{
  g_return_if_fail (ROUNDS_IS_QUALITY_LOG (self));

  if (self->is_sending || self->is_refused || self->samples->len == 0)
    return;
  self->is_sending = TRUE;
  rounds_future_watch (rounds_spawn (send_fiber, g_object_ref (self), g_object_unref),
                       G_OBJECT (self), on_failed_cb);
}
