/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of RFC 3339 times, both ways.
 * Wall clocks and zones are tested in model.
 */

#include "rounds-json.h"

#include "rounds-clock.h"
#include "rounds-init.h"

static void
test_read (void)
{
  static const struct
  {
    const char *text;
    gint64 seconds;
    int microseconds;
  } cases[] = {
    { "1970-01-01T00:00:00Z", 0, 0 },
    { "1969-12-31T23:59:59.999Z", -1, 999000 },
    { "2024-01-15T14:00:00Z", 1705327200, 0 },
    { "2024-01-15t14:00:00z", 1705327200, 0 },
    { "2024-01-15T14:00:00.000Z", 1705327200, 0 },
    { "2024-01-15T14:00:00.5Z", 1705327200, 500000 },
    { "2024-01-15T14:00:00.123456Z", 1705327200, 123456 },
    { "2024-01-15T14:00:00.1234569999999999Z", 1705327200, 123456 },
    { "2024-01-15T15:00:00+01:00", 1705327200, 0 },
    { "2024-01-15T14:00:00+00:00", 1705327200, 0 },
    { "2024-01-15T14:00:00-00:00", 1705327200, 0 },
    { "2024-01-15T08:15:00-05:45", 1705327200, 0 },
    { "2024-02-29T00:00:00Z", 1709164800, 0 },
    { "2000-02-29T23:59:59Z", 951868799, 0 },
    { "2016-12-31T23:59:60Z", 1483228800, 0 },
    { "0001-01-01T00:00:00Z", -62135596800, 0 },
    { "9999-12-31T23:59:59Z", 253402300799, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 moment;

      g_test_message ("%s", cases[i].text);
      g_assert_true (rounds_time_from_rfc3339 (cases[i].text, &moment));
      g_assert_cmpint (moment, ==, cases[i].seconds * ROUNDS_SECOND + cases[i].microseconds);
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    "now",
    "1705327200",
    "2024-01-15",
    "14:00:00",
    "2024-01-15T14:00Z",
    "2024-01-15T14:00:00",
    "2024-01-15 14:00:00Z",
    "2024-01-15T14:00:00 Z",
    " 2024-01-15T14:00:00Z",
    "2024-01-15T14:00:00Z ",
    "2024-01-15T14:00:00ZZ",
    "2024-01-15T14:00:00.Z",
    "2024-01-15T14:00:00,5Z",
    "2024-1-15T14:00:00Z",
    "24-01-15T14:00:00Z",
    "02024-01-15T14:00:00Z",
    "20240115T140000Z",
    "2024-00-15T14:00:00Z",
    "2024-13-15T14:00:00Z",
    "2024-01-00T14:00:00Z",
    "2024-01-32T14:00:00Z",
    "2023-02-29T14:00:00Z",
    "1900-02-29T14:00:00Z",
    "2024-04-31T14:00:00Z",
    "2024-01-15T24:00:00Z",
    "2024-01-15T14:60:00Z",
    "2024-01-15T14:00:61Z",
    "2024-01-15T-1:00:00Z",
    "2024-01-15T14:00:00+1:00",
    "2024-01-15T14:00:00+0100",
    "2024-01-15T14:00:00+24:00",
    "2024-01-15T14:00:00+01:60",
    "2024-01-15T14:00:00+01",
    "2024-01-15T14:00:00+01:00Z",
    "2024-01-15T14:00:00\u221201:00",
    "٢٠٢٤-01-15T14:00:00Z",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00",
    "9999-12-31T23:59:60Z",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gint64 moment = 42;

      g_test_message ("%s", texts[i]);
      g_assert_false (rounds_time_from_rfc3339 (texts[i], &moment));
      g_assert_cmpint (moment, ==, 42);
    }
}

static void
test_write (void)
{
  static const struct
  {
    gint64 moment;
    const char *text;
  } cases[] = {
    { 0, "1970-01-01T00:00:00.000Z" },
    { -1, "1969-12-31T23:59:59.999Z" },
    { 999, "1970-01-01T00:00:00.000Z" },
    { 1705327200123999, "2024-01-15T14:00:00.123Z" },
    { G_GINT64_CONSTANT (-62135596800000000), "0001-01-01T00:00:00.000Z" },
    { G_GINT64_CONSTANT (253402300799999999), "9999-12-31T23:59:59.999Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = rounds_time_to_rfc3339 (cases[i].moment);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* GDateTime says the same, through other arithmetic. */
static void
test_agrees_with_glib (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  for (int i = 0; i < 20000; i++)
    {
      gint64 seconds = g_test_rand_double_range (-62135596800.0, 253402300799.0);
      g_autoptr (GDateTime) expected = g_date_time_new_from_unix_utc (seconds);
      g_autofree char *expected_text = g_date_time_format (expected, "%Y-%m-%dT%H:%M:%S.000Z");
      g_autofree char *text = rounds_time_to_rfc3339 (seconds * ROUNDS_SECOND);
      gint64 moment;

      /* %Y is not padded in years below 1000. */
      if (g_date_time_get_year (expected) >= 1000)
        g_assert_cmpstr (text, ==, expected_text);
      g_assert_true (rounds_time_from_rfc3339 (text, &moment));
      g_assert_cmpint (moment, ==, seconds * ROUNDS_SECOND);
    }
}

/* Each day of the 400 years after which the calendar begins anew. */
static void
test_each_day (void)
{
  g_autoptr (GDate) day = g_date_new_dmy (1, G_DATE_JANUARY, 1800);
  guint32 epoch = 719163; /* 1970-01-01 in GDate's count */

  while (g_date_get_year (day) < 2200)
    {
      char expected[16] = "";
      gint64 days = (gint64)g_date_get_julian (day) - epoch;
      g_autofree char *text = rounds_time_to_rfc3339 (days * ROUNDS_DAY + ROUNDS_HOUR);

      g_date_strftime (expected, sizeof expected, "%Y-%m-%d", day);
      g_assert_true (g_str_has_prefix (text, expected));
      g_date_add_days (day, 1);
    }
}

static void
test_write_out_of_range (void)
{
  static const gint64 moments[]
      = { ROUNDS_TIME_NONE, G_MAXINT64, G_GINT64_CONSTANT (-62135596800000001),
          G_GINT64_CONSTANT (253402300800000000) };

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_test_expect_message ("rounds-base", G_LOG_LEVEL_CRITICAL, "*days*");
      g_assert_null (rounds_time_to_rfc3339 (moments[i]));
      g_test_assert_expected_messages ();
    }
}

int
main (int argc, char **argv)
{
  rounds_init ("test-json-time");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Base/JsonTime/read", test_read);
  g_test_add_func ("/Rounds/Base/JsonTime/refused", test_refused);
  g_test_add_func ("/Rounds/Base/JsonTime/write", test_write);
  g_test_add_func ("/Rounds/Base/JsonTime/agrees-with-glib", test_agrees_with_glib);
  g_test_add_func ("/Rounds/Base/JsonTime/each-day", test_each_day);
  g_test_add_func ("/Rounds/Base/JsonTime/write-out-of-range", test_write_out_of_range);

  return g_test_run ();
}
