/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Lists that are longer than what is read at once: rows come when somebody holds them, and stay
 * right while the store changes.
 */

#include "config.h"

#include "records.h"
#include "rounds-test.h"

#define N_ROWS 3000

static RoundsStore *
open_long_store (void)
{
  RoundsStore *store = open_store ();
  g_autoptr (GPtrArray) appointments = make_appointments (N_ROWS);

  rounds_test_expect (rounds_store_replace (store, appointments, NULL, NULL, NULL));
  return store;
}

static GPtrArray *
hold (RoundsEntryList *list, guint from, guint count)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = from; i < from + count; i++)
    g_ptr_array_add (rows, g_list_model_get_item (G_LIST_MODEL (list), i));
  return rows;
}

static gboolean
are_loaded (gpointer data)
{
  GPtrArray *rows = data;

  for (guint i = 0; i < rows->len; i++)
    if (!rounds_entry_is_loaded (rows->pdata[i]))
      return FALSE;
  return TRUE;
}

static void
expect_title (RoundsEntry *entry, guint number)
{
  g_autofree char *title = g_strdup_printf ("Patient %u", number);

  g_assert_cmpstr (rounds_entry_get_title (entry), ==, title);
}

static void
count_cb (RoundsEntry *entry, guint *count)
{
  (*count)++;
}

static void
test_rows_come_when_held (void)
{
  g_autoptr (RoundsStore) store = open_long_store ();
  g_autoptr (RoundsEntryList) list = list_all (store, NULL);
  const guint places[] = { 0, 1500, N_ROWS - 40, 700 };

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, N_ROWS);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GPtrArray) rows = hold (list, places[i], 40);
      guint n_told = 0;
      guint n_blank = 0;

      for (guint j = 0; j < rows->len; j++)
        {
          RoundsEntry *row = rows->pdata[j];

          n_blank += !rounds_entry_is_loaded (row);
          g_signal_connect (row, "loaded", G_CALLBACK (count_cb), &n_told);
          /* Known before the rest has come. */
          g_assert_cmpint (rounds_entry_get_range (row).start, ==,
                           MORNING + (gint64)(places[i] + j) * 30 * ROUNDS_MINUTE);
          g_assert_cmpint (rounds_entry_get_kind (row), ==, ROUNDS_ENTRY_APPOINTMENT);
        }
      g_assert_cmpuint (n_blank, ==, i == 0 ? 0 : 40);
      rounds_test_wait_until (are_loaded, rows);
      g_assert_cmpuint (n_told, ==, n_blank);
      for (guint j = 0; j < rows->len; j++)
        {
          g_autoptr (RoundsEntry) again
              = g_list_model_get_item (G_LIST_MODEL (list), places[i] + j);

          expect_title (rows->pdata[j], places[i] + j);
          g_assert_true (again == rows->pdata[j]);
        }
    }
}

static void
test_looking_in_passing_reads_nothing (void)
{
  g_autoptr (RoundsStore) store = open_long_store ();
  g_autoptr (RoundsEntryList) list = list_all (store, NULL);

  for (guint i = 1000; i < N_ROWS; i += 100)
    {
      gint64 start = MORNING + (gint64)i * 30 * ROUNDS_MINUTE;

      g_assert_cmpint (rounds_entry_list_get_start (list, i), ==, start);
      g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), i));
    }
  g_assert_cmpint (rounds_entry_list_get_start (list, N_ROWS), ==, ROUNDS_TIME_NONE);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), N_ROWS));
  rounds_test_drain ();
}

static void
items_changed_cb (GListModel *list, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "%u-%u+%u ", position, removed, added);
}

static gboolean
has_log (gpointer data)
{
  return ((GString *)data)->len > 0;
}

static void
test_changes_far_away (void)
{
  g_autoptr (RoundsStore) store = open_long_store ();
  g_autoptr (RoundsEntryList) list = list_all (store, NULL);
  g_autoptr (GPtrArray) rows = hold (list, 2000, 10);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *gone = make_id (100);
  g_autoptr (RoundsEntry) changed = NULL;
  g_autoptr (RoundsEntry) kept = NULL;

  rounds_test_wait_until (are_loaded, rows);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), log);

  save_appointment (store, make_appointment (2003, "Renamed"));
  rounds_test_wait_until (has_log, log);
  g_assert_cmpstr (log->str, ==, "2003-1+1 ");
  changed = g_list_model_get_item (G_LIST_MODEL (list), 2003);
  g_assert_true (rounds_entry_is_loaded (changed));
  g_assert_cmpstr (rounds_entry_get_title (changed), ==, "Renamed");

  /* Nobody sees it go, and what is seen moves up as it is. */
  g_string_truncate (log, 0);
  remove_record (store, ROUNDS_ENTRY_APPOINTMENT, gone);
  rounds_test_wait_until (has_log, log);
  g_assert_cmpstr (log->str, ==, "100-1+0 ");
  kept = g_list_model_get_item (G_LIST_MODEL (list), 2000 - 1);
  g_assert_true (kept == rows->pdata[0]);

  /* What changed out of sight is read anew when it comes into sight. */
  save_appointment (store, make_appointment (2500, "Unseen"));
  rounds_test_drain ();
  g_ptr_array_set_size (rows, 0);
  g_ptr_array_add (rows, g_list_model_get_item (G_LIST_MODEL (list), 2500 - 1));
  rounds_test_wait_until (are_loaded, rows);
  g_assert_cmpstr (rounds_entry_get_title (rows->pdata[0]), ==, "Unseen");
  g_signal_handlers_disconnect_by_data (list, log);
}

static void
test_filters (void)
{
  g_autofree char *doctor = make_id (8000);
  g_autofree char *colleague = make_id (8001);
  const struct
  {
    RoundsStoreQuery query;
    const char *titles;
  } cases[] = {
    { { .person = doctor }, "Anna, Board" },
    { { .person = colleague }, "Board" },
    { { .person = "nobody" }, "" },
    { { .person = doctor, .appointments = TRUE }, "Anna" },
    { { .person = doctor, .search = "follow" }, "Anna" },
    { { .person = colleague, .search = "anna" }, "" },
    { { .appointment_statuses = 1 << ROUNDS_APPOINTMENT_ARRIVED, .appointments = TRUE }, "Bruno" },
    { { .appointment_statuses = 1 << ROUNDS_APPOINTMENT_ARRIVED | 1 << ROUNDS_APPOINTMENT_CANCELLED,
        .hide_over = TRUE },
      "Bruno, Board" },
    { { .meeting_statuses = 1 << ROUNDS_MEETING_ACTIVE, .meetings = TRUE }, "" },
    { { .appointment_statuses = 1 << ROUNDS_APPOINTMENT_ARRIVED, .search = "bru" }, "Bruno" },
    { { .appointment_statuses = 1 << ROUNDS_APPOINTMENT_ARRIVED, .search = "ann" }, "" },
    { { .search = "follow", .range = { MORNING, MORNING + ROUNDS_HOUR } }, "Anna, Bruno" },
  };
  g_autoptr (RoundsStore) store = open_store ();
  RoundsAppointment *anna = make_appointment (0, "Anna");
  RoundsAppointment *bruno = make_appointment (1, "Bruno");
  RoundsAppointment *carla = make_appointment (2, "Carla");

  anna->doctor_id = make_id (8000);
  bruno->status = ROUNDS_APPOINTMENT_ARRIVED;
  carla->status = ROUNDS_APPOINTMENT_CANCELLED;
  save_appointment (store, anna);
  save_appointment (store, bruno);
  save_appointment (store, carla);
  save_meeting (store, make_meeting (3, "Board"));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsEntryList) list = list_all (store, &cases[i].query);
      g_autofree char *titles = join_titles (G_LIST_MODEL (list));

      g_test_message ("filter %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (titles, ==, cases[i].titles);
    }
}

static void
set_true_cb (RoundsStore *store, gboolean *flag)
{
  *flag = TRUE;
}

static gboolean
is_true (gpointer flag)
{
  return *(gboolean *)flag;
}

static gboolean
is_whole (gpointer list)
{
  return g_list_model_get_n_items (list) == N_ROWS;
}

/* The first rows of a search come before the others; in the end all are there. */
static void
test_search_grows (void)
{
  g_autoptr (RoundsStore) store = open_long_store ();
  g_autoptr (RoundsEntryList) list = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gboolean learnt = FALSE;

  g_signal_connect (store, "search-changed", G_CALLBACK (set_true_cb), &learnt);
  rounds_test_wait_until (is_true, &learnt);
  list = list_all (store, &(RoundsStoreQuery){ .search = "p" });
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), >=, 40);
  rounds_test_wait_until (is_whole, list);
  rows = hold (list, 0, 40);
  rounds_test_wait_until (are_loaded, rows);
  for (guint i = 0; i < rows->len; i++)
    expect_title (rows->pdata[i], i);
}

static void
test_dropped_while_reading (void)
{
  g_autoptr (RoundsStore) store = open_long_store ();
  g_autoptr (GPtrArray) rows = NULL;
  RoundsEntryList *list = list_all (store, NULL);

  rows = hold (list, 1000, 40);
  g_main_context_iteration (NULL, FALSE);
  g_clear_object (&list);
  rounds_test_drain ();
  /* Theirs alone now: nobody fills them any more, and nothing breaks. */
  g_assert_nonnull (rounds_entry_get_id (rows->pdata[0]));
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Store/LongList/rows-come-when-held", test_rows_come_when_held);
  g_test_add_func ("/Rounds/Store/LongList/in-passing", test_looking_in_passing_reads_nothing);
  g_test_add_func ("/Rounds/Store/LongList/changes-far-away", test_changes_far_away);
  g_test_add_func ("/Rounds/Store/LongList/filters", test_filters);
  g_test_add_func ("/Rounds/Store/LongList/search-grows", test_search_grows);
  g_test_add_func ("/Rounds/Store/LongList/dropped-while-reading", test_dropped_while_reading);
  return g_test_run ();
}
