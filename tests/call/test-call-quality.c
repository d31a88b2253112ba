/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How good a connection is, from what pages say of it.
 * That it is asked and shown is in test-call-page.c.
 */

#include "config.h"

#include "rounds-call-quality.h"
#include "rounds-init.h"

#define UNKNOWN ROUNDS_CALL_UNKNOWN

static void
test_read (void)
{
  static const struct
  {
    const char *json; /* NULL: no answer */
    RoundsCallQuality expected;
  } cases[] = {
    { NULL, { UNKNOWN, UNKNOWN, UNKNOWN } },
    { "null", { UNKNOWN, UNKNOWN, UNKNOWN } },
    { "true", { UNKNOWN, UNKNOWN, UNKNOWN } },
    { "[]", { UNKNOWN, UNKNOWN, UNKNOWN } },
    { "{}", { UNKNOWN, UNKNOWN, UNKNOWN } },
    { "{\"connectionQuality\":87.6,\"jvbRTT\":45,\"packetLoss\":{\"total\":2,\"upload\":9}}",
      { 88, 45, 2 } },
    { "{\"quality\":50,\"rtt\":120.4,\"loss\":1}", { 50, 120, 1 } },
    { "{\"transport\":[{\"rtt\":33},{\"rtt\":99}]}", { UNKNOWN, 33, UNKNOWN } },
    { "{\"transport\":[]}", { UNKNOWN, UNKNOWN, UNKNOWN } },
    { "{\"transport\":[7]}", { UNKNOWN, UNKNOWN, UNKNOWN } },
    { "{\"jvbRTT\":20,\"transport\":[{\"rtt\":33}]}", { UNKNOWN, 20, UNKNOWN } },
    { "{\"connectionQuality\":\"good\",\"jvbRTT\":null,\"packetLoss\":7}",
      { UNKNOWN, UNKNOWN, UNKNOWN } },
    /* What cannot be is not known. */
    { "{\"connectionQuality\":101,\"jvbRTT\":-1,\"packetLoss\":{\"total\":1e300}}",
      { UNKNOWN, UNKNOWN, UNKNOWN } },
    { "{\"connectionQuality\":0,\"jvbRTT\":0,\"packetLoss\":{\"total\":0}}", { 0, 0, 0 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node
          = cases[i].json != NULL ? json_from_string (cases[i].json, NULL) : NULL;
      const RoundsCallQuality *expected = &cases[i].expected;
      RoundsCallQuality quality;
      gboolean is_known
          = expected->percent != UNKNOWN || expected->rtt != UNKNOWN || expected->loss != UNKNOWN;

      g_test_message ("%s", cases[i].json);
      g_assert_cmpint (rounds_call_quality_read (node, &quality), ==, is_known);
      g_assert_cmpint (quality.percent, ==, expected->percent);
      g_assert_cmpint (quality.rtt, ==, expected->rtt);
      g_assert_cmpint (quality.loss, ==, expected->loss);
    }
}

static void
test_judge (void)
{
  static const struct
  {
    RoundsCallQuality quality;
    RoundsCallLevel level;
    const char *word;
    const char *numbers;
  } cases[] = {
    { { UNKNOWN, UNKNOWN, UNKNOWN }, ROUNDS_CALL_LEVEL_UNKNOWN, NULL, NULL },
    { { 100, 40, 0 }, ROUNDS_CALL_LEVEL_GOOD, "Good", "Round trip 40 ms, 0 % of the packets lost" },
    { { 100, UNKNOWN, UNKNOWN }, ROUNDS_CALL_LEVEL_GOOD, "Good", NULL },
    { { UNKNOWN, 299, UNKNOWN }, ROUNDS_CALL_LEVEL_GOOD, "Good", "Round trip 299 ms" },
    { { UNKNOWN, 300, UNKNOWN }, ROUNDS_CALL_LEVEL_FAIR, "Fair", "Round trip 300 ms" },
    { { UNKNOWN, 500, UNKNOWN }, ROUNDS_CALL_LEVEL_POOR, "Poor", "Round trip 500 ms" },
    { { 100, 40, 3 }, ROUNDS_CALL_LEVEL_FAIR, "Fair", "Round trip 40 ms, 3 % of the packets lost" },
    { { UNKNOWN, UNKNOWN, 8 }, ROUNDS_CALL_LEVEL_POOR, "Poor", "8 % of the packets lost" },
    { { 69, 40, 0 }, ROUNDS_CALL_LEVEL_FAIR, "Fair", "Round trip 40 ms, 0 % of the packets lost" },
    /* The worst of them counts. */
    { { 29, 40, 0 }, ROUNDS_CALL_LEVEL_POOR, "Poor", "Round trip 40 ms, 0 % of the packets lost" },
    { { 0, 0, 0 }, ROUNDS_CALL_LEVEL_POOR, "Poor", "Round trip 0 ms, 0 % of the packets lost" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RoundsCallLevel level = rounds_call_quality_judge (&cases[i].quality);
      g_autofree char *numbers = rounds_call_quality_describe (&cases[i].quality);

      g_assert_cmpint (level, ==, cases[i].level);
      g_assert_cmpstr (rounds_call_quality_get_word (level), ==, cases[i].word);
      g_assert_cmpstr (numbers, ==, cases[i].numbers);
    }
}

int
main (int argc, char *argv[])
{
  rounds_init ("rounds-call-test");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Call/Quality/read", test_read);
  g_test_add_func ("/Rounds/Call/Quality/judge", test_judge);

  return g_test_run ();
}
