/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The engine as the app sees it: its state, its beginning and its end.
 * What its fiber does is in rounds-sync-loop.c.
 */

#include "config.h"

#include "rounds-sync-private.h"

#include <glib/gi18n-lib.h>

#include "rounds-future.h"
#include "rounds-sync-jump.h"

G_DEFINE_QUARK (rounds_sync_error_quark, rounds_sync_error)

G_DEFINE_ENUM_TYPE (RoundsSyncState, rounds_sync_state,
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_BUSY, "busy"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_SIGNED_OUT, "signed-out"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_TROUBLE, "trouble"))

G_DEFINE_ENUM_TYPE (RoundsSyncChannel, rounds_sync_channel,
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_POLLING, "polling"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_LISTENING, "listening"))

G_DEFINE_FINAL_TYPE (RoundsSync, rounds_sync, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_REASON,
  PROP_LAST_SYNC,
  PROP_OFFLINE_SINCE,
  PROP_N_UNSENT,
  PROP_N_REFUSED,
  PROP_N_FETCHED,
  PROP_N_TOTAL,
  PROP_CHANNEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static DexFuture *
wait_milliseconds (guint milliseconds, gpointer user_data)
{
  return dex_timeout_new_msec (milliseconds);
}

static void
rounds_sync_dispose (GObject *object)
{
  RoundsSync *self = ROUNDS_SYNC (object);

  g_clear_handle_id (&self->jumps, g_source_remove);
  g_ptr_array_set_size (self->edits, 0);
  g_clear_object (&self->events);
  g_clear_object (&self->api);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->user, rounds_user_unref);

  G_OBJECT_CLASS (rounds_sync_parent_class)->dispose (object);
}

static void
rounds_sync_finalize (GObject *object)
{
  RoundsSync *self = ROUNDS_SYNC (object);

  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->settled_reason, g_free);
  g_clear_pointer (&self->waiters, g_ptr_array_unref);
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  g_clear_pointer (&self->aliases, g_hash_table_unref);
  g_clear_error (&self->unsent);
  g_clear_pointer (&self->info, rounds_server_info_unref);
  g_clear_pointer (&self->feed, rounds_sync_feed_free);
  dex_clear (&self->stopped);

  G_OBJECT_CLASS (rounds_sync_parent_class)->finalize (object);
}

static void
rounds_sync_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RoundsSync *self = ROUNDS_SYNC (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_REASON:
      g_value_set_string (value, self->reason);
      break;
    case PROP_LAST_SYNC:
      g_value_set_int64 (value, self->last_sync);
      break;
    case PROP_OFFLINE_SINCE:
      g_value_set_int64 (value, self->offline_since);
      break;
    case PROP_N_UNSENT:
      g_value_set_uint (value, rounds_sync_count_unsent (self));
      break;
    case PROP_N_REFUSED:
      g_value_set_uint (value, rounds_sync_count_refused (self));
      break;
    case PROP_N_FETCHED:
      g_value_set_uint (value, self->n_fetched);
      break;
    case PROP_N_TOTAL:
      g_value_set_uint (value, self->n_total);
      break;
    case PROP_CHANNEL:
      g_value_set_enum (value, self->channel);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_sync_class_init (RoundsSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = rounds_sync_dispose;
  object_class->finalize = rounds_sync_finalize;
  object_class->get_property = rounds_sync_get_property;

  properties[PROP_STATE]
      = g_param_spec_enum ("state", NULL, NULL, ROUNDS_TYPE_SYNC_STATE, ROUNDS_SYNC_IDLE, flags);
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  properties[PROP_LAST_SYNC] = g_param_spec_int64 ("last-sync", NULL, NULL, G_MININT64, G_MAXINT64,
                                                   ROUNDS_TIME_NONE, flags);
  properties[PROP_OFFLINE_SINCE] = g_param_spec_int64 ("offline-since", NULL, NULL, G_MININT64,
                                                       G_MAXINT64, ROUNDS_TIME_NONE, flags);
  properties[PROP_N_UNSENT] = g_param_spec_uint ("n-unsent", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_REFUSED] = g_param_spec_uint ("n-refused", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_FETCHED] = g_param_spec_uint ("n-fetched", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_TOTAL] = g_param_spec_uint ("n-total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CHANNEL] = g_param_spec_enum ("channel", NULL, NULL, ROUNDS_TYPE_SYNC_CHANNEL,
                                                ROUNDS_SYNC_POLLING, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
free_edit (gpointer data)
{
  rounds_sync_edit_free (data);
}

static void
rounds_sync_init (RoundsSync *self)
{
  self->waiters = g_ptr_array_new_with_free_func (dex_unref);
  self->aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->edits = g_ptr_array_new_with_free_func (free_edit);
  self->last_sync = ROUNDS_TIME_NONE;
  self->offline_since = ROUNDS_TIME_NONE;
  self->kept_sync = ROUNDS_TIME_NONE;
  self->listens_since = ROUNDS_TIME_NONE;
  self->listen_after = G_MININT64;
  self->feed = rounds_sync_feed_new ();
  self->delay = wait_milliseconds;
}

void
rounds_sync_set_state (RoundsSync *self, RoundsSyncState state, const char *reason)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_str (&self->reason, reason))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REASON]);
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
rounds_sync_set_last_sync (RoundsSync *self, gint64 moment)
{
  if (self->last_sync == moment)
    return;

  self->last_sync = moment;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_SYNC]);
}

void
rounds_sync_keep_last_sync (RoundsSync *self)
{
  g_autofree char *moment = g_strdup_printf ("%" G_GINT64_FORMAT, self->last_sync);

  if (self->last_sync == self->kept_sync || self->last_sync == ROUNDS_TIME_NONE)
    return;

  self->kept_sync = self->last_sync;
  rounds_future_watch (rounds_store_set_fact (self->store, ROUNDS_STORE_FACT_LAST_SYNC, moment),
                       G_OBJECT (self), rounds_sync_show_failure);
}

void
rounds_sync_set_progress (RoundsSync *self, guint n_fetched, guint n_total)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->n_total != n_total)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TOTAL]);
  if (self->n_fetched != n_fetched)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_FETCHED]);
  self->n_fetched = n_fetched;
  self->n_total = n_total;
  g_object_thaw_notify (G_OBJECT (self));
}

void
rounds_sync_set_channel (RoundsSync *self, RoundsSyncChannel channel)
{
  if (self->channel == channel)
    return;

  self->channel = channel;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNEL]);
}

void
rounds_sync_set_offline_since (RoundsSync *self, gint64 moment)
{
  if (self->offline_since == moment)
    return;

  self->offline_since = moment;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFLINE_SINCE]);
}

void
rounds_sync_notify_unsent (RoundsSync *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNSENT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_REFUSED]);
}

void
rounds_sync_wake (RoundsSync *self)
{
  g_autoptr (DexPromise) wake = g_steal_pointer (&self->wake);

  if (wake != NULL)
    dex_promise_resolve_boolean (wake, TRUE);
}

void
rounds_sync_set_delay_func (RoundsSync *self, RoundsSyncDelayFunc delay, gpointer user_data)
{
  self->delay = delay;
  self->delay_data = user_data;
}

RoundsSync *
rounds_sync_new (RoundsApi *api, RoundsStore *store, RoundsUser *user, RoundsClock *clock)
{
  RoundsSync *self;

  g_return_val_if_fail (ROUNDS_IS_API (api), NULL);
  g_return_val_if_fail (ROUNDS_IS_STORE (store), NULL);
  g_return_val_if_fail (user != NULL && user->id != NULL, NULL);
  g_return_val_if_fail (ROUNDS_IS_CLOCK (clock), NULL);

  self = g_object_new (ROUNDS_TYPE_SYNC, NULL);
  self->api = g_object_ref (api);
  self->store = g_object_ref (store);
  self->user = rounds_user_ref (user);
  self->clock = g_object_ref (clock);
  rounds_sync_connect_triggers (self);
  return self;
}

RoundsUser *
rounds_sync_get_user (RoundsSync *self)
{
  g_return_val_if_fail (ROUNDS_IS_SYNC (self), NULL);

  return self->user;
}

RoundsStore *
rounds_sync_get_store (RoundsSync *self)
{
  g_return_val_if_fail (ROUNDS_IS_SYNC (self), NULL);

  return self->store;
}

RoundsClock *
rounds_sync_get_clock (RoundsSync *self)
{
  g_return_val_if_fail (ROUNDS_IS_SYNC (self), NULL);

  return self->clock;
}

RoundsSyncState
rounds_sync_get_state (RoundsSync *self)
{
  g_return_val_if_fail (ROUNDS_IS_SYNC (self), ROUNDS_SYNC_IDLE);

  return self->state;
}

const char *
rounds_sync_get_reason (RoundsSync *self)
{
  g_return_val_if_fail (ROUNDS_IS_SYNC (self), NULL);

  return self->reason;
}

gint64
rounds_sync_get_last_sync (RoundsSync *self)
{
  g_return_val_if_fail (ROUNDS_IS_SYNC (self), ROUNDS_TIME_NONE);

  return self->last_sync;
}

gint64
rounds_sync_get_offline_since (RoundsSync *self)
{
  g_return_val_if_fail (ROUNDS_IS_SYNC (self), ROUNDS_TIME_NONE);

  return self->offline_since;
}

void
rounds_sync_start (RoundsSync *self)
{
  g_return_if_fail (ROUNDS_IS_SYNC (self));
  g_return_if_fail (!self->is_started && !self->is_stopping);

  self->is_started = TRUE;
  self->fetch_is_due = TRUE;
  self->jumps = rounds_sync_watch_jumps (rounds_sync_jump, self);
  rounds_sync_set_state (self, ROUNDS_SYNC_BUSY, NULL);

  /* The fiber ends by itself after rounds_sync_stop(), which has its own promise; nothing may
   * cancel it in the middle of an edit. */
  dex_future_disown (rounds_spawn (rounds_sync_run_fiber, g_object_ref (self), g_object_unref));
}

DexFuture *
rounds_sync_stop (RoundsSync *self)
{
  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));

  if (self->stopped == NULL)
    {
      self->stopped = dex_promise_new ();
      rounds_sync_commit_all (self);
      rounds_sync_hang_up (self);
      self->is_stopping = TRUE;
      self->holds_back = FALSE;
      if (self->is_started)
        rounds_sync_wake (self);
      else
        dex_promise_resolve_boolean (self->stopped, TRUE);
    }

  return dex_ref (DEX_FUTURE (self->stopped));
}

DexFuture *
rounds_sync_now (RoundsSync *self)
{
  g_autoptr (DexPromise) promise = NULL;

  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));

  if (self->is_stopping)
    return dex_future_new_reject (ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_STOPPED, "%s",
                                  _ ("Not fetched: you are signing out."));

  promise = dex_promise_new ();
  g_ptr_array_add (self->waiters, dex_ref (promise));
  self->holds_back = FALSE;
  rounds_sync_set_state (self, ROUNDS_SYNC_BUSY, NULL);
  rounds_sync_wake (self);
  return DEX_FUTURE (g_steal_pointer (&promise));
}
