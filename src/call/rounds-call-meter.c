/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Asks the meeting's page now and then how good the connection is.
 * What the numbers mean is in rounds-call-quality.h.
 */

#include "config.h"

#include "rounds-call-meter.h"

/* Seconds between two questions. The page has new numbers every ten at most. */
#define PERIOD 10
/* In the first moments there is nothing to say yet; after this many a page will never say. */
#define MAX_MISSES 6

struct _RoundsCallMeter
{
  GObject parent_instance;

  RoundsCallBridge *bridge;
  gint64 asked; /* the id of the question that waits for its answer; 0: none */
  guint misses;
  guint beat;
};

G_DEFINE_FINAL_TYPE (RoundsCallMeter, rounds_call_meter, G_TYPE_OBJECT)

enum
{
  SIGNAL_MEASURED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
stop (RoundsCallMeter *self)
{
  g_clear_handle_id (&self->beat, g_source_remove);
}

static void
miss (RoundsCallMeter *self)
{
  self->misses++;
  if (self->misses >= MAX_MISSES)
    stop (self);
}

static void
ask (RoundsCallMeter *self)
{
  JsonObject *request;

  if (self->asked != 0)
    miss (self);
  if (self->misses >= MAX_MISSES || !rounds_call_bridge_is_ready (self->bridge))
    return;

  request = json_object_new ();
  json_object_set_string_member (request, "name", "get-connection-stats");
  self->asked = rounds_call_bridge_send_request (self->bridge, request);
}

static gboolean
beat_cb (gpointer user_data)
{
  RoundsCallMeter *self = user_data;

  ask (self);
  /* Too many misses have removed this source already. */
  return self->beat != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
response_cb (RoundsCallMeter *self, gint64 id, JsonNode *result)
{
  RoundsCallQuality quality;

  if (id != self->asked)
    return;

  self->asked = 0;
  if (!rounds_call_quality_read (result, &quality))
    {
      miss (self);
      return;
    }
  self->misses = 0;
  g_signal_emit (self, signals[SIGNAL_MEASURED], 0, &quality);
}

static void
rounds_call_meter_dispose (GObject *object)
{
  RoundsCallMeter *self = ROUNDS_CALL_METER (object);

  g_clear_handle_id (&self->beat, g_source_remove);
  g_clear_object (&self->bridge);

  G_OBJECT_CLASS (rounds_call_meter_parent_class)->dispose (object);
}

static void
rounds_call_meter_class_init (RoundsCallMeterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_call_meter_dispose;

  signals[SIGNAL_MEASURED] = g_signal_new ("measured", ROUNDS_TYPE_CALL_METER, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
rounds_call_meter_init (RoundsCallMeter *self)
{
}

/**
 * rounds_call_meter_new:
 * @bridge: (transfer none): to the page
 *
 * Returns: (transfer full): one that asks nothing before it is started.
 */
RoundsCallMeter *
rounds_call_meter_new (RoundsCallBridge *bridge)
{
  RoundsCallMeter *self;

  g_return_val_if_fail (ROUNDS_IS_CALL_BRIDGE (bridge), NULL);

  self = g_object_new (ROUNDS_TYPE_CALL_METER, NULL);
  self->bridge = g_object_ref (bridge);
  g_signal_connect_object (bridge, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);

  return self;
}

void
rounds_call_meter_start (RoundsCallMeter *self)
{
  g_return_if_fail (ROUNDS_IS_CALL_METER (self));

  stop (self);
  self->misses = 0;
  self->asked = 0;
  self->beat = g_timeout_add_seconds (PERIOD, beat_cb, self);
  ask (self);
}
