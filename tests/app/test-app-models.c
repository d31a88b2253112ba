/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The list models between the store and the pages: today's rows, days as sections, who waits.
 * The pages themselves are in test-app-widgets.c.
 */

#include "config.h"

#include <gtk/gtk.h>

#include "records.h"
#include "rounds-day-item.h"
#include "rounds-day-model.h"
#include "rounds-day-sections.h"
#include "rounds-entry-private.h"
#include "rounds-entry-seeker.h"
#include "rounds-test.h"
#include "rounds-waiting-model.h"
#include "rounds-waiting-row.h"

static RoundsEntry *
make_entry (int number, RoundsAppointmentStatus status)
{
  g_autofree char *name = g_strdup_printf ("%d", number);
  g_autoptr (RoundsAppointment) appointment = make_appointment (number, name);

  appointment->status = status;
  return rounds_entry_new_for_appointment (appointment);
}

static void
append (GListStore *list, int number, RoundsAppointmentStatus status)
{
  g_autoptr (RoundsEntry) entry = make_entry (number, status);

  g_list_store_append (list, entry);
}

/* "0 now gap 4": the rows in their order. */
static char *
join_rows (GListModel *model)
{
  g_autoptr (GString) rows = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (RoundsDayItem) item = g_list_model_get_item (model, i);
      RoundsEntry *entry = rounds_day_item_get_entry (item);

      if (rows->len > 0)
        g_string_append_c (rows, ' ');
      if (entry != NULL)
        g_string_append (rows, rounds_entry_get_title (entry));
      else
        g_string_append (rows,
                         rounds_day_item_get_kind (item) == ROUNDS_DAY_ITEM_NOW ? "now" : "gap");
    }
  return g_string_free (g_steal_pointer (&rows), FALSE);
}

static void
expect_rows (RoundsDayModel *model, const char *expected)
{
  g_autofree char *rows = join_rows (G_LIST_MODEL (model));

  g_assert_cmpstr (rows, ==, expected);
}

/* Half-hours 0, 1 (cancelled) and 4 after MORNING. */
static GListStore *
make_day (void)
{
  GListStore *list = g_list_store_new (ROUNDS_TYPE_ENTRY);

  append (list, 0, ROUNDS_APPOINTMENT_CONFIRMED);
  append (list, 1, ROUNDS_APPOINTMENT_CANCELLED);
  append (list, 4, ROUNDS_APPOINTMENT_CONFIRMED);
  return list;
}

static void
test_now_line (void)
{
  static const struct
  {
    int minutes;
    const char *rows;
  } cases[] = {
    { -30, "now 0 1 gap 4" }, { 0, "0 now 1 gap 4" }, { 45, "0 now gap 4" },
    { 120, "0 4 now" },       { 600, "0 4 now" },
  };
  g_autoptr (GListStore) list = make_day ();
  g_autoptr (RoundsClock) clock = rounds_clock_new_fixed (MORNING - ROUNDS_HOUR);
  g_autoptr (RoundsDayModel) model = rounds_day_model_new (G_LIST_MODEL (list), clock, TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      rounds_clock_set (clock, MORNING + cases[i].minutes * ROUNDS_MINUTE);
      rounds_day_model_tick (model);
      expect_rows (model, cases[i].rows);
    }
}

/* What is over and past has rows only when asked for; what is cancelled later keeps its own. */
static void
test_finished (void)
{
  g_autoptr (GListStore) list = make_day ();
  g_autoptr (RoundsClock) clock = rounds_clock_new_fixed (MORNING);
  g_autoptr (RoundsDayModel) model = rounds_day_model_new (G_LIST_MODEL (list), clock, FALSE);

  expect_rows (model, "0 now 1 4");
  g_assert_cmpint (rounds_day_model_get_n_finished (model), ==, 0);
  rounds_clock_set (clock, MORNING + ROUNDS_HOUR);
  rounds_day_model_tick (model);
  expect_rows (model, "0 now 4");
  g_assert_cmpint (rounds_day_model_get_n_finished (model), ==, 1);

  rounds_day_model_show_finished (model, TRUE);
  expect_rows (model, "0 1 now 4");
  g_assert_cmpint (rounds_day_model_get_n_finished (model), ==, 1);
  rounds_day_model_show_finished (model, FALSE);
  expect_rows (model, "0 now 4");

  /* When nothing else is left, they are the day. */
  g_list_store_remove (list, 2);
  g_list_store_remove (list, 0);
  expect_rows (model, "1 now");
  g_assert_cmpint (rounds_day_model_get_n_finished (model), ==, 0);
}

static void
test_no_gaps (void)
{
  g_autoptr (GListStore) list = make_day ();
  g_autoptr (RoundsClock) clock = rounds_clock_new_fixed (MORNING);
  g_autoptr (RoundsDayModel) model = rounds_day_model_new (G_LIST_MODEL (list), clock, FALSE);

  expect_rows (model, "0 now 1 4");
  g_list_store_remove_all (list);
  expect_rows (model, "");
}

static void
on_items_changed_cb (GListModel *model, guint position, guint removed, guint added,
                     guint *n_changed)
{
  *n_changed += removed + added;
}

/* Rows that stay are not made anew: the focus may be in one. */
static void
test_small_changes (void)
{
  g_autoptr (GListStore) list = make_day ();
  g_autoptr (RoundsClock) clock = rounds_clock_new_fixed (MORNING);
  g_autoptr (RoundsDayModel) model = rounds_day_model_new (G_LIST_MODEL (list), clock, FALSE);
  guint n_changed = 0;

  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed_cb), &n_changed);
  rounds_day_model_tick (model);
  g_assert_cmpint (n_changed, ==, 0);
  append (list, 8, ROUNDS_APPOINTMENT_CONFIRMED);
  g_assert_cmpint (n_changed, ==, 1);
  expect_rows (model, "0 now 1 4 8");
}

static void
expect_section (RoundsDaySections *days, guint position, guint start, guint end)
{
  guint found_start, found_end;

  gtk_section_model_get_section (GTK_SECTION_MODEL (days), position, &found_start, &found_end);
  g_assert_cmpint (found_start, ==, start);
  g_assert_cmpint (found_end, ==, end);
}

static void
test_sections (void)
{
  g_autoptr (GListStore) list = g_list_store_new (ROUNDS_TYPE_ENTRY);
  g_autoptr (RoundsDaySections) days = rounds_day_sections_new (G_LIST_MODEL (list));

  expect_section (days, 0, 0, G_MAXUINT);
  /* 48 half-hours are a day; MORNING is at 08:00. */
  append (list, 0, ROUNDS_APPOINTMENT_CONFIRMED);
  append (list, 31, ROUNDS_APPOINTMENT_CONFIRMED);
  append (list, 32, ROUNDS_APPOINTMENT_CONFIRMED);
  append (list, 48, ROUNDS_APPOINTMENT_CONFIRMED);
  append (list, 480, ROUNDS_APPOINTMENT_CONFIRMED);
  expect_section (days, 0, 0, 2);
  expect_section (days, 1, 0, 2);
  expect_section (days, 2, 2, 4);
  expect_section (days, 4, 4, 5);
  expect_section (days, 5, 5, G_MAXUINT);
  g_assert_cmpint (rounds_day_sections_find (days, MORNING), ==, 0);
  g_assert_cmpint (rounds_day_sections_find (days, MORNING + 1), ==, 1);
  g_assert_cmpint (rounds_day_sections_find (days, G_MAXINT64), ==, 5);
}

/* Even what no calendar has a day for is in the section that it is said to be in. */
static void
test_sections_beyond (void)
{
  static const gint64 starts[]
      = { G_MININT64 / 2, G_MININT64 / 2 + 1, 0, G_MAXINT64 / 2, G_MAXINT64 / 2 + 1 };
  g_autoptr (GListStore) list = g_list_store_new (ROUNDS_TYPE_ENTRY);
  g_autoptr (RoundsDaySections) days = rounds_day_sections_new (G_LIST_MODEL (list));

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autoptr (RoundsEntry) entry = rounds_entry_new_blank (ROUNDS_ENTRY_APPOINTMENT, starts[i]);

      g_list_store_append (list, entry);
    }
  expect_section (days, 0, 0, 2);
  expect_section (days, 1, 0, 2);
  expect_section (days, 2, 2, 3);
  expect_section (days, 3, 3, 5);
  expect_section (days, 4, 3, 5);
}

typedef struct
{
  guint position;
  guint n_items;
} Changed;

static void
on_sections_changed_cb (GtkSectionModel *model, guint position, guint n_items, Changed *changed)
{
  changed->position = position;
  changed->n_items = n_items;
}

static void
test_sections_change (void)
{
  g_autoptr (GListStore) list = g_list_store_new (ROUNDS_TYPE_ENTRY);
  g_autoptr (RoundsDaySections) days = rounds_day_sections_new (G_LIST_MODEL (list));
  g_autoptr (RoundsEntry) between = make_entry (33, ROUNDS_APPOINTMENT_CONFIRMED);
  Changed changed = { 0 };

  append (list, 0, ROUNDS_APPOINTMENT_CONFIRMED);
  append (list, 32, ROUNDS_APPOINTMENT_CONFIRMED);
  append (list, 34, ROUNDS_APPOINTMENT_CONFIRMED);
  g_signal_connect (days, "sections-changed", G_CALLBACK (on_sections_changed_cb), &changed);
  g_list_store_insert (list, 2, between);
  g_assert_cmpint (changed.position, ==, 1);
  g_assert_cmpint (changed.n_items, ==, 3);
  g_list_store_remove_all (list);
  g_assert_cmpint (g_list_model_get_n_items (G_LIST_MODEL (days)), ==, 0);
}

static void
test_waiting (void)
{
  g_autoptr (GListStore) list = g_list_store_new (ROUNDS_TYPE_ENTRY);
  g_autoptr (GListModel) waiting = rounds_waiting_model_new (G_LIST_MODEL (list));
  g_autoptr (RoundsAppointment) early = make_appointment (7, "early");
  g_autoptr (RoundsEntry) first = NULL;
  g_autoptr (RoundsEntry) found = NULL;

  append (list, 0, ROUNDS_APPOINTMENT_CONFIRMED);
  append (list, 1, ROUNDS_APPOINTMENT_ARRIVED);
  early->status = ROUNDS_APPOINTMENT_ARRIVED;
  early->updated_at = MORNING - 2 * ROUNDS_DAY;
  first = rounds_entry_new_for_appointment (early);
  g_list_store_append (list, first);

  g_assert_cmpint (g_list_model_get_n_items (waiting), ==, 2);
  found = g_list_model_get_item (waiting, 0);
  g_assert_true (found == first);
}

static void
test_waiting_words (void)
{
  g_autoptr (RoundsAppointment) appointment = make_appointment (0, "Ana");

  g_assert_true (rounds_waiting_since (NULL) == ROUNDS_TIME_NONE);
  g_assert_true (rounds_waiting_since (appointment) == ROUNDS_TIME_NONE);
  appointment->status = ROUNDS_APPOINTMENT_ARRIVED;
  appointment->arrived_at = MORNING - 7 * ROUNDS_MINUTE;
  appointment->updated_at = MORNING; /* somebody wrote a note */
  g_assert_true (rounds_waiting_since (appointment) == MORNING - 7 * ROUNDS_MINUTE);
  appointment->arrived_at = ROUNDS_TIME_NONE;
  g_assert_true (rounds_waiting_since (appointment) == appointment->updated_at);
  appointment->updated_at = ROUNDS_TIME_NONE;
  g_assert_true (rounds_waiting_since (appointment) == appointment->starts_at);

  g_assert_cmpstr (rounds_waiting_style (0, 9 * ROUNDS_MINUTE), ==, "dimmed");
  g_assert_cmpstr (rounds_waiting_style (0, 10 * ROUNDS_MINUTE), ==, "warning");
  g_assert_cmpstr (rounds_waiting_style (0, 30 * ROUNDS_MINUTE), ==, "error");
}

/* What "found" said last. */
typedef struct
{
  guint n_told;
  guint position;
} Told;

static void
on_found_cb (Told *told, guint position)
{
  told->n_told++;
  told->position = position;
}

static RoundsEntrySeeker *
make_seeker (GListStore *list, Told *told)
{
  g_autoptr (RoundsDaySections) days = rounds_day_sections_new (G_LIST_MODEL (list));
  RoundsEntrySeeker *seeker = rounds_entry_seeker_new (days);

  g_signal_connect_swapped (seeker, "found", G_CALLBACK (on_found_cb), told);
  return seeker;
}

static void
test_seek (void)
{
  g_autoptr (GListStore) list = g_list_store_new (ROUNDS_TYPE_ENTRY);
  Told told = { 0, 0 };
  g_autoptr (RoundsEntrySeeker) seeker = make_seeker (list, &told);
  g_autoptr (RoundsEntry) again = make_entry (2, ROUNDS_APPOINTMENT_ARRIVED);
  g_autoptr (RoundsEntry) stranger = make_entry (9, ROUNDS_APPOINTMENT_CONFIRMED);

  for (int i = 0; i < 4; i++)
    append (list, i, ROUNDS_APPOINTMENT_CONFIRMED);
  g_assert_true (rounds_entry_seeker_seek (seeker, again));
  g_assert_cmpuint (told.position, ==, 2);
  g_assert_true (rounds_entry_seeker_seek (seeker, stranger));
  g_assert_cmpuint (told.position, ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (told.n_told, ==, 2);
}

/* Two rows of that moment are not read yet; the second of them is the one. */
static void
test_seek_unread (void)
{
  g_autoptr (GListStore) list = g_list_store_new (ROUNDS_TYPE_ENTRY);
  Told told = { 0, 0 };
  g_autoptr (RoundsEntrySeeker) seeker = make_seeker (list, &told);
  g_autoptr (RoundsEntry) sought = make_entry (1, ROUNDS_APPOINTMENT_CONFIRMED);
  g_autoptr (RoundsAppointment) other = make_appointment (5, "Other");
  g_autoptr (RoundsEntry) another = NULL;
  gint64 start = rounds_entry_get_range (sought).start;
  g_autoptr (RoundsEntry) first = rounds_entry_new_blank (ROUNDS_ENTRY_APPOINTMENT, start);
  g_autoptr (RoundsEntry) second = rounds_entry_new_blank (ROUNDS_ENTRY_APPOINTMENT, start);

  other->starts_at = start;
  another = rounds_entry_new_for_appointment (other);
  append (list, 0, ROUNDS_APPOINTMENT_CONFIRMED);
  g_list_store_append (list, first);
  g_list_store_append (list, second);
  g_assert_false (rounds_entry_seeker_seek (seeker, sought));
  rounds_entry_fill (first, another);
  g_assert_cmpuint (told.n_told, ==, 0);
  rounds_entry_fill (second, sought);
  g_assert_cmpuint (told.n_told, ==, 1);
  g_assert_cmpuint (told.position, ==, 2);

  /* Whoever has given up is told nothing; a row that goes is waited for no longer. */
  g_list_store_splice (list, 2, 1, NULL, 0);
  g_clear_object (&second);
  second = rounds_entry_new_blank (ROUNDS_ENTRY_APPOINTMENT, start);
  g_list_store_append (list, second);
  g_assert_false (rounds_entry_seeker_seek (seeker, sought));
  rounds_entry_seeker_stop (seeker);
  g_list_store_remove (list, 2);
  g_assert_cmpuint (told.n_told, ==, 1);
  g_list_store_append (list, second);
  g_assert_false (rounds_entry_seeker_seek (seeker, sought));
  g_list_store_remove (list, 2);
  g_assert_cmpuint (told.n_told, ==, 2);
  g_assert_cmpuint (told.position, ==, GTK_INVALID_LIST_POSITION);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/App/DayModel/now-line", test_now_line);
  g_test_add_func ("/Rounds/App/DayModel/finished", test_finished);
  g_test_add_func ("/Rounds/App/DayModel/no-gaps", test_no_gaps);
  g_test_add_func ("/Rounds/App/DayModel/small-changes", test_small_changes);
  g_test_add_func ("/Rounds/App/DaySections/bounds", test_sections);
  g_test_add_func ("/Rounds/App/DaySections/beyond", test_sections_beyond);
  g_test_add_func ("/Rounds/App/DaySections/change", test_sections_change);
  g_test_add_func ("/Rounds/App/EntrySeeker/read", test_seek);
  g_test_add_func ("/Rounds/App/EntrySeeker/unread", test_seek_unread);
  g_test_add_func ("/Rounds/App/WaitingModel/order", test_waiting);
  g_test_add_func ("/Rounds/App/WaitingRow/words", test_waiting_words);
  return g_test_run ();
}
