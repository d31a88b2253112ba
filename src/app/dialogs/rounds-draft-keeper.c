/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Keeps what is being typed into a form in the account's cache, so that it outlives a crash.
 * What a draft says is the form's; where it lies is the store's.
 */

#include "config.h"

#include "rounds-draft-keeper.h"

#include "rounds-future.h"
#include "rounds-sync.h"

/* From the first key after a pause to the disk. Each write is a synced transaction, so not for each
 * key; and a person may lose no more than the last moment's typing. */
#define PAUSE_MS 700

struct _RoundsDraftKeeper
{
  GObject parent_instance;

  RoundsStore *store;
  RoundsClock *clock;
  char *kind;
  char *record; /* or NULL */

  char *payload; /* what is to be kept; NULL: nothing */
  gboolean is_handed_over;
  guint source;
};

G_DEFINE_FINAL_TYPE (RoundsDraftKeeper, rounds_draft_keeper, G_TYPE_OBJECT)

enum
{
  SIGNAL_FAILED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static DexFuture *
write_payload (RoundsDraftKeeper *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->is_handed_over)
    return dex_future_new_true ();
  if (self->payload == NULL)
    return rounds_store_remove_draft (self->store, self->kind, self->record);
  return rounds_store_save_draft (self->store, self->kind, self->record, self->payload,
                                  rounds_clock_now (self->clock));
}

static void
on_failed_cb (const GError *error, gpointer owner)
{
  g_signal_emit (owner, signals[SIGNAL_FAILED], 0, error);
}

static void
pause_over_cb (gpointer data)
{
  RoundsDraftKeeper *self = data;

  self->source = 0;
  rounds_future_watch (write_payload (self), G_OBJECT (self), on_failed_cb);
}

static void
write_soon (RoundsDraftKeeper *self)
{
  self->is_handed_over = FALSE;
  if (self->source == 0)
    self->source = g_timeout_add_once (PAUSE_MS, pause_over_cb, self);
}

static void
rounds_draft_keeper_dispose (GObject *object)
{
  RoundsDraftKeeper *self = ROUNDS_DRAFT_KEEPER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rounds_draft_keeper_parent_class)->dispose (object);
}

static void
rounds_draft_keeper_finalize (GObject *object)
{
  RoundsDraftKeeper *self = ROUNDS_DRAFT_KEEPER (object);

  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->record, g_free);
  g_clear_pointer (&self->payload, g_free);

  G_OBJECT_CLASS (rounds_draft_keeper_parent_class)->finalize (object);
}

static void
rounds_draft_keeper_class_init (RoundsDraftKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rounds_draft_keeper_dispose;
  object_class->finalize = rounds_draft_keeper_finalize;

  /**
   * RoundsDraftKeeper::failed:
   * @error: why what was typed is not on the disk
   */
  signals[SIGNAL_FAILED]
      = g_signal_new ("failed", ROUNDS_TYPE_DRAFT_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
rounds_draft_keeper_init (RoundsDraftKeeper *self)
{
}

/**
 * rounds_draft_keeper_new:
 * @store: (transfer none): the account's cache
 * @clock: (transfer none): tells when a draft was last worked on
 * @kind: what the form is for
 * @record: (nullable): id of the record that the form is about
 *
 * Returns: (transfer full): a keeper that has kept nothing yet
 */
RoundsDraftKeeper *
rounds_draft_keeper_new (RoundsStore *store, RoundsClock *clock, const char *kind,
                         const char *record)
{
  RoundsDraftKeeper *self = NULL;

  g_return_val_if_fail (ROUNDS_IS_STORE (store), NULL);
  g_return_val_if_fail (ROUNDS_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  self = g_object_new (ROUNDS_TYPE_DRAFT_KEEPER, NULL);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->kind = g_strdup (kind);
  self->record = g_strdup (record);
  return self;
}

/**
 * rounds_draft_keeper_set:
 * @payload: (nullable): a JSON text; %NULL when there is nothing worth keeping any more
 *
 * Takes note of what stands in the form; it is on the disk within a second.
 */
void
rounds_draft_keeper_set (RoundsDraftKeeper *self, const char *payload)
{
  g_return_if_fail (ROUNDS_IS_DRAFT_KEEPER (self));

  if (g_set_str (&self->payload, payload))
    write_soon (self);
}

/**
 * rounds_draft_keeper_hand_over:
 *
 * Returns: (transfer full): what was set last, which an edit takes the place of from now on
 */
RoundsStoreDraft *
rounds_draft_keeper_hand_over (RoundsDraftKeeper *self)
{
  g_return_val_if_fail (ROUNDS_IS_DRAFT_KEEPER (self), NULL);

  g_clear_handle_id (&self->source, g_source_remove);
  self->is_handed_over = TRUE;
  return rounds_store_draft_new (self->kind, self->record, self->payload,
                                 rounds_clock_now (self->clock));
}

/**
 * rounds_draft_keeper_take_back:
 * @error: why the edit came to nothing
 *
 * What was handed over is a draft again, and is on the disk within a second; but for an edit in
 * conflict, which the engine keeps.
 */
void
rounds_draft_keeper_take_back (RoundsDraftKeeper *self, const GError *error)
{
  g_return_if_fail (ROUNDS_IS_DRAFT_KEEPER (self));

  if (self->is_handed_over
      && !g_error_matches (error, ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_CONFLICT))
    write_soon (self);
}

/**
 * rounds_draft_keeper_flush:
 *
 * Returns: (transfer full): resolves to %TRUE once what was set last is on the disk; rejects with a
 *   %ROUNDS_STORE_ERROR.
 */
DexFuture *
rounds_draft_keeper_flush (RoundsDraftKeeper *self)
{
  dex_return_error_if_fail (ROUNDS_IS_DRAFT_KEEPER (self));

  return write_payload (self);
}
