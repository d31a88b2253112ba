/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How good the connection of a call is: numbers from the page, a judgement, words.
 * It asks nobody; RoundsCallMeter does.
 */

#include "config.h"

#include "rounds-call-quality.h"

#include <glib/gi18n.h>
#include <math.h>

#include "rounds-call-json.h"

/* Milliseconds: more is no measure but a mistake, and more than the server takes. */
#define MAX_RTT 60000

/* From these on speech suffers (ITU-T G.114 for the delay of both ways), and is hard to follow. */
#define FAIR_RTT 300
#define POOR_RTT 500
#define FAIR_LOSS 3
#define POOR_LOSS 8
/* The page's own judgement weighs the picture as well. */
#define FAIR_PERCENT 70
#define POOR_PERCENT 30

static int
read_number (JsonObject *object, const char *member, int most)
{
  double value = rounds_call_json_get_double (object, member, ROUNDS_CALL_UNKNOWN);

  return value >= 0 && value <= most ? (int)lround (value) : ROUNDS_CALL_UNKNOWN;
}

/* The first of two names that says something: the page's, and a plain one. */
static int
read_either (JsonObject *object, const char *first, const char *second, int most)
{
  int value = read_number (object, first, most);

  return value != ROUNDS_CALL_UNKNOWN ? value : read_number (object, second, most);
}

/* The round trip to the other side, where the page names it by connection. */
static int
read_transport (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "transport");
  JsonNode *first;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)
      || json_array_get_length (json_node_get_array (node)) == 0)
    return ROUNDS_CALL_UNKNOWN;

  first = json_array_get_element (json_node_get_array (node), 0);
  return JSON_NODE_HOLDS_OBJECT (first) ? read_number (json_node_get_object (first), "rtt", MAX_RTT)
                                        : ROUNDS_CALL_UNKNOWN;
}

/**
 * rounds_call_quality_read:
 * @result: (nullable): what the page answered, not trusted
 * @quality: (out caller-allocates): what is known of it
 *
 * Reads lib-jitsi-meet's local statistics: `connectionQuality` in percent, `jvbRTT` or the first
 * `transport`'s `rtt` in milliseconds, `packetLoss.total` in percent.
 */
gboolean
rounds_call_quality_read (JsonNode *result, RoundsCallQuality *quality)
{
  JsonObject *object;
  JsonObject *loss;

  g_return_val_if_fail (quality != NULL, FALSE);

  *quality = (RoundsCallQuality){ ROUNDS_CALL_UNKNOWN, ROUNDS_CALL_UNKNOWN, ROUNDS_CALL_UNKNOWN };
  if (result == NULL || !JSON_NODE_HOLDS_OBJECT (result))
    return FALSE;

  object = json_node_get_object (result);
  loss = rounds_call_json_get_object (object, "packetLoss");
  quality->percent = read_either (object, "connectionQuality", "quality", 100);
  quality->rtt = read_either (object, "jvbRTT", "rtt", MAX_RTT);
  if (quality->rtt == ROUNDS_CALL_UNKNOWN)
    quality->rtt = read_transport (object);
  quality->loss
      = loss != NULL ? read_number (loss, "total", 100) : read_number (object, "loss", 100);

  return quality->percent != ROUNDS_CALL_UNKNOWN || quality->rtt != ROUNDS_CALL_UNKNOWN
         || quality->loss != ROUNDS_CALL_UNKNOWN;
}

/**
 * rounds_call_quality_judge:
 *
 * Returns: the worst that any of the numbers says.
 */
RoundsCallLevel
rounds_call_quality_judge (const RoundsCallQuality *quality)
{
  g_return_val_if_fail (quality != NULL, ROUNDS_CALL_LEVEL_UNKNOWN);

  if (quality->rtt >= POOR_RTT || quality->loss >= POOR_LOSS
      || (quality->percent >= 0 && quality->percent < POOR_PERCENT))
    return ROUNDS_CALL_LEVEL_POOR;
  if (quality->rtt >= FAIR_RTT || quality->loss >= FAIR_LOSS
      || (quality->percent >= 0 && quality->percent < FAIR_PERCENT))
    return ROUNDS_CALL_LEVEL_FAIR;
  if (quality->rtt >= 0 || quality->loss >= 0 || quality->percent >= 0)
    return ROUNDS_CALL_LEVEL_GOOD;
  return ROUNDS_CALL_LEVEL_UNKNOWN;
}

const char *
rounds_call_quality_get_word (RoundsCallLevel level)
{
  switch (level)
    {
    case ROUNDS_CALL_LEVEL_POOR:
      return C_ ("connection", "Poor");
    case ROUNDS_CALL_LEVEL_FAIR:
      return C_ ("connection", "Fair");
    case ROUNDS_CALL_LEVEL_GOOD:
      return C_ ("connection", "Good");
    case ROUNDS_CALL_LEVEL_UNKNOWN:
    default:
      return NULL;
    }
}

char *
rounds_call_quality_describe (const RoundsCallQuality *quality)
{
  gboolean has_rtt;
  gboolean has_loss;

  g_return_val_if_fail (quality != NULL, NULL);

  has_rtt = quality->rtt != ROUNDS_CALL_UNKNOWN;
  has_loss = quality->loss != ROUNDS_CALL_UNKNOWN;
  if (has_rtt && has_loss)
    /* Translators: how long words take there and back, and how much of them gets lost */
    return g_strdup_printf (_ ("Round trip %d ms, %d %% of the packets lost"), quality->rtt,
                            quality->loss);
  if (has_rtt)
    return g_strdup_printf (_ ("Round trip %d ms"), quality->rtt);
  if (has_loss)
    return g_strdup_printf (_ ("%d %% of the packets lost"), quality->loss);
  return NULL;
}
