/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How an If-Match is read, and which times are free.
 * What the API does with them is in test-api-etag.c and test-api-slots.c.
 */

#include "config.h"

#include "rounds-free-slots.h"
#include "rounds-json.h"
#include "rounds-precondition.h"
#include "rounds-test.h"

static void
test_if_match (void)
{
  static const struct
  {
    const char *if_match;
    RoundsPrecondition verdict; /* on version 3 */
  } cases[] = {
    { NULL, ROUNDS_PRECONDITION_HOLDS },
    { "*", ROUNDS_PRECONDITION_HOLDS },
    { " * ", ROUNDS_PRECONDITION_HOLDS },
    { "\"3\"", ROUNDS_PRECONDITION_HOLDS },
    { "W/\"3\"", ROUNDS_PRECONDITION_HOLDS },
    { "3", ROUNDS_PRECONDITION_HOLDS },
    { "\"2\", \"3\"", ROUNDS_PRECONDITION_HOLDS },
    { "\"2\"", ROUNDS_PRECONDITION_FAILED },
    { "\"33\"", ROUNDS_PRECONDITION_FAILED },
    { "\"\"", ROUNDS_PRECONDITION_FAILED },
    { "\"03\"", ROUNDS_PRECONDITION_FAILED },
    { "\"something else\"", ROUNDS_PRECONDITION_FAILED },
    { "99999999999999999999999", ROUNDS_PRECONDITION_FAILED },
    { "", ROUNDS_PRECONDITION_MALFORMED },
    { "\"", ROUNDS_PRECONDITION_MALFORMED },
    { "\"3", ROUNDS_PRECONDITION_MALFORMED },
    { "3\"", ROUNDS_PRECONDITION_MALFORMED },
    { "\"3\"\"4\"", ROUNDS_PRECONDITION_MALFORMED },
    { "\"3\",", ROUNDS_PRECONDITION_HOLDS },
    { ", \"2\", , \"3\"", ROUNDS_PRECONDITION_HOLDS },
    { "\"2\", ,", ROUNDS_PRECONDITION_FAILED },
    { ", ,", ROUNDS_PRECONDITION_MALFORMED },
    { "*, \"3\"", ROUNDS_PRECONDITION_MALFORMED },
    { "three", ROUNDS_PRECONDITION_MALFORMED },
    { "-3", ROUNDS_PRECONDITION_MALFORMED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].if_match != NULL ? cases[i].if_match : "(none)");
      g_assert_cmpint (rounds_precondition_parse (cases[i].if_match, 3), ==, cases[i].verdict);
    }
}

static gint64
moment (const char *text)
{
  gint64 result = 0;

  g_assert_true (rounds_time_from_rfc3339 (text, &result));
  return result;
}

typedef struct
{
  const char *zone;
  const char *from;
  const char *to;
  int minutes;
  const char *busy_from; /* or NULL */
  const char *busy_to;
  guint most;
  guint n_found;
  const char *first; /* or NULL */
  const char *last;
} SlotRow;

/* 2027-06-14 is a Monday. */
static const SlotRow slot_rows[] = {
  /* A whole day: from 8:00 to the last that ends at 18:00. */
  { "UTC", "2027-06-14T00:00:00Z", "2027-06-15T00:00:00Z", 30, NULL, NULL, 100, 39,
    "2027-06-14T08:00:00.000Z", "2027-06-14T17:30:00.000Z" },
  { "UTC", "2027-06-14T00:00:00Z", "2027-06-15T00:00:00Z", 600, NULL, NULL, 100, 1,
    "2027-06-14T08:00:00.000Z", "2027-06-14T08:00:00.000Z" },
  { "UTC", "2027-06-14T00:00:00Z", "2027-06-15T00:00:00Z", 601, NULL, NULL, 100, 0, NULL, NULL },
  /* No more than asked for, from the moment asked for. */
  { "UTC", "2027-06-14T09:01:00Z", "2027-06-20T00:00:00Z", 30, NULL, NULL, 3, 3,
    "2027-06-14T09:15:00.000Z", "2027-06-14T09:45:00.000Z" },
  { "UTC", "2027-06-14T09:00:00Z", "2027-06-14T09:59:00Z", 30, NULL, NULL, 10, 2,
    "2027-06-14T09:00:00.000Z", "2027-06-14T09:15:00.000Z" },
  /* What only touches is free. */
  { "UTC", "2027-06-14T09:00:00Z", "2027-06-14T18:00:00Z", 30, "2027-06-14T09:30:00Z",
    "2027-06-14T10:00:00Z", 2, 2, "2027-06-14T09:00:00.000Z", "2027-06-14T10:00:00.000Z" },
  { "UTC", "2027-06-14T09:00:00Z", "2027-06-15T09:00:00Z", 30, "2027-06-13T00:00:00Z",
    "2027-06-14T17:31:00Z", 1, 1, "2027-06-15T08:00:00.000Z", "2027-06-15T08:00:00.000Z" },
  /* Friday evening leads to Monday morning. */
  { "UTC", "2027-06-18T17:45:00Z", "2027-07-18T00:00:00Z", 30, NULL, NULL, 1, 1,
    "2027-06-21T08:00:00.000Z", "2027-06-21T08:00:00.000Z" },
  { "UTC", "2027-06-19T00:00:00Z", "2027-06-21T00:00:00Z", 30, NULL, NULL, 9, 0, NULL, NULL },
  /* On the hospital's clock, also across a change of it. */
  { "Europe/Berlin", "2027-06-14T00:00:00Z", "2027-06-15T00:00:00Z", 30, NULL, NULL, 1, 1,
    "2027-06-14T06:00:00.000Z", "2027-06-14T06:00:00.000Z" },
  { "Europe/Berlin", "2027-03-26T16:45:00Z", "2027-04-26T00:00:00Z", 30, NULL, NULL, 1, 1,
    "2027-03-29T06:00:00.000Z", "2027-03-29T06:00:00.000Z" },
  { "Asia/Kolkata", "2027-06-14T00:00:00Z", "2027-06-15T00:00:00Z", 30, NULL, NULL, 1, 1,
    "2027-06-14T02:30:00.000Z", "2027-06-14T02:30:00.000Z" },
  { "No/Where", "2027-06-14T00:00:00Z", "2027-06-15T00:00:00Z", 30, NULL, NULL, 1, 0, NULL, NULL },
};

static void
check_slot_row (const SlotRow *row)
{
  g_autoptr (GArray) openings = rounds_openings_new_default ();
  RoundsTimeRange busy = { 0, 0 };
  RoundsSlotSearch search = { .zone = row->zone,
                              .openings = openings,
                              .within = { moment (row->from), moment (row->to) },
                              .minutes = row->minutes,
                              .busy = &busy,
                              .most = row->most };
  g_autoptr (GArray) slots = NULL;

  if (row->busy_from != NULL)
    {
      busy = rounds_time_range_new (moment (row->busy_from), moment (row->busy_to));
      search.n_busy = 1;
    }
  slots = rounds_free_slots_find (&search);

  g_assert_cmpuint (slots->len, ==, row->n_found);
  if (slots->len > 0)
    {
      RoundsTimeRange first = g_array_index (slots, RoundsTimeRange, 0);
      RoundsTimeRange last = g_array_index (slots, RoundsTimeRange, slots->len - 1);
      g_autofree char *first_text = rounds_time_to_rfc3339 (first.start);
      g_autofree char *last_text = rounds_time_to_rfc3339 (last.start);

      g_assert_cmpstr (first_text, ==, row->first);
      g_assert_cmpstr (last_text, ==, row->last);
      g_assert_cmpint (first.end - first.start, ==, row->minutes * ROUNDS_MINUTE);
    }
}

static void
test_free_slots (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (slot_rows); i++)
    {
      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, slot_rows[i].from);
      check_slot_row (&slot_rows[i]);
    }
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Server/Precondition/if-match", test_if_match);
  g_test_add_func ("/Rounds/Server/FreeSlots/find", test_free_slots);
  return g_test_run ();
}
