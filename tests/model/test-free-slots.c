/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * When the doors are open, and which times are free in that.
 * What the API and the form make of it is in test-api-slots.c and test-app-proposal.c.
 */

#include "rounds-free-slots.h"

#include "rounds-init.h"
#include "rounds-json.h"

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
  /* The calendar's last day is the last that is looked at. */
  { "UTC", "9999-12-28T00:00:00Z", "9999-12-31T23:00:00Z", 600, NULL, NULL, 100, 2,
    "9999-12-28T08:00:00.000Z", "9999-12-29T08:00:00.000Z" },
  { "UTC", "9999-12-31T00:00:00Z", "9999-12-31T23:00:00Z", 600, NULL, NULL, 100, 0, NULL, NULL },
  { "No/Where", "2027-06-14T00:00:00Z", "2027-06-15T00:00:00Z", 30, NULL, NULL, 1, 0, NULL, NULL },
};

/* Mondays in two parts that touch, Saturdays to Sundays without an end, Sundays until half past
 * two. */
static const RoundsOpening touching[] = {
  { G_DATE_MONDAY, 12 * 60, 18 * 60 },
  { G_DATE_MONDAY, 8 * 60, 12 * 60 },
  { G_DATE_SATURDAY, 22 * 60, 24 * 60 },
  { G_DATE_SUNDAY, 0, 150 },
};

static const SlotRow touching_rows[] = {
  /* Over noon, as if nobody had told it in two parts. */
  { "UTC", "2027-06-14T11:30:00Z", "2027-06-14T12:30:00Z", 30, NULL, NULL, 9, 3,
    "2027-06-14T11:30:00.000Z", "2027-06-14T12:00:00.000Z" },
  { "UTC", "2027-06-14T00:00:00Z", "2027-06-15T00:00:00Z", 600, NULL, NULL, 9, 1,
    "2027-06-14T08:00:00.000Z", "2027-06-14T08:00:00.000Z" },
  /* Over midnight, each start once. */
  { "UTC", "2027-06-19T00:00:00Z", "2027-06-21T00:00:00Z", 60, NULL, NULL, 99, 15,
    "2027-06-19T22:00:00.000Z", "2027-06-20T01:30:00.000Z" },
  { "UTC", "2027-06-19T23:45:00Z", "2027-06-20T00:15:00Z", 30, NULL, NULL, 9, 1,
    "2027-06-19T23:45:00.000Z", "2027-06-19T23:45:00.000Z" },
  /* Berlin's clock goes from 2:00 to 3:00: at what would be half past two it is closed. */
  { "Europe/Berlin", "2027-03-28T00:00:00Z", "2027-03-28T04:00:00Z", 15, NULL, NULL, 9, 4,
    "2027-03-28T00:00:00.000Z", "2027-03-28T00:45:00.000Z" },
  /* Half past two comes twice; the first is meant. */
  { "Europe/Berlin", "2027-10-31T00:00:00Z", "2027-10-31T04:00:00Z", 15, NULL, NULL, 9, 2,
    "2027-10-31T00:00:00.000Z", "2027-10-31T00:15:00.000Z" },
};

static void
check_slot_row (const SlotRow *row, const GArray *openings)
{
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
check_slot_rows (const SlotRow *rows, gsize n_rows, const GArray *openings)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, rows[i].from);
      check_slot_row (&rows[i], openings);
    }
}

static void
test_free_slots (void)
{
  g_autoptr (GArray) openings = rounds_openings_new_default ();

  check_slot_rows (slot_rows, G_N_ELEMENTS (slot_rows), openings);
}

static void
test_touching (void)
{
  g_autoptr (GArray) openings
      = g_array_append_vals (rounds_openings_new (), touching, G_N_ELEMENTS (touching));

  check_slot_rows (touching_rows, G_N_ELEMENTS (touching_rows), openings);
}

/* Mondays in two parts, told in the wrong order, and Sundays to the end of the day. */
static GArray *
make_openings (void)
{
  static const RoundsOpening openings[] = {
    { G_DATE_MONDAY, 14 * 60, 18 * 60 },
    { G_DATE_MONDAY, 8 * 60, 12 * 60 },
    { G_DATE_SUNDAY, 60, 24 * 60 },
  };

  return g_array_append_vals (rounds_openings_new (), openings, G_N_ELEMENTS (openings));
}

static void
test_hours (void)
{
  /* Berlin is two hours ahead; 2027-03-28, a Sunday, has 23 hours there. */
  static const struct
  {
    const char *moment;
    const char *hours;
  } days[] = {
    { "2027-06-14T10:00:00Z", "06:00-10:00 12:00-16:00 " },
    { "2027-06-13T22:30:00Z", "06:00-10:00 12:00-16:00 " }, /* Monday has begun */
    { "2027-06-15T10:00:00Z", "" },
    { "2027-03-28T10:00:00Z", "00:00-22:00 " },
  };
  g_autoptr (GArray) openings = make_openings ();

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GArray) hours
          = rounds_opening_hours_list ("Europe/Berlin", openings, moment (days[i].moment));
      g_autoptr (GString) words = g_string_new (NULL);

      for (guint n = 0; n < hours->len; n++)
        {
          RoundsTimeRange range = g_array_index (hours, RoundsTimeRange, n);
          g_autofree char *from = rounds_time_to_rfc3339 (range.start);
          g_autofree char *to = rounds_time_to_rfc3339 (range.end);

          g_string_append_printf (words, "%.5s-%.5s ", from + 11, to + 11);
        }
      g_assert_cmpstr (words->str, ==, days[i].hours);
    }
}

static void
test_hold (void)
{
  static const struct
  {
    const char *from, *to;
    gboolean is_open;
  } visits[] = {
    { "2027-06-14T06:00:00Z", "2027-06-14T06:30:00Z", TRUE },
    { "2027-06-14T05:59:00Z", "2027-06-14T06:30:00Z", FALSE },
    { "2027-06-14T09:30:00Z", "2027-06-14T10:00:00Z", TRUE },
    { "2027-06-14T09:30:00Z", "2027-06-14T10:01:00Z", FALSE },
    { "2027-06-14T09:30:00Z", "2027-06-14T12:30:00Z", FALSE }, /* over noon */
    { "2027-06-13T21:45:00Z", "2027-06-13T22:15:00Z", FALSE }, /* closed from midnight on */
  };
  g_autoptr (GArray) openings = make_openings ();

  for (gsize i = 0; i < G_N_ELEMENTS (visits); i++)
    {
      RoundsTimeRange visit
          = rounds_time_range_new (moment (visits[i].from), moment (visits[i].to));
      g_autoptr (GArray) hours = rounds_opening_hours_list ("Europe/Berlin", openings, visit.start);

      g_test_message ("%s", visits[i].from);
      g_assert_cmpint (rounds_opening_hours_hold (hours, visit), ==, visits[i].is_open);
    }
}

int
main (int argc, char **argv)
{
  rounds_init ("test-free-slots");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Model/FreeSlots/find", test_free_slots);
  g_test_add_func ("/Rounds/Model/FreeSlots/touching", test_touching);
  g_test_add_func ("/Rounds/Model/FreeSlots/hours", test_hours);
  g_test_add_func ("/Rounds/Model/FreeSlots/hold", test_hold);
  return g_test_run ();
}
