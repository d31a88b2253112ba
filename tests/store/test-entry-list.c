/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Lists: what they show, what they say when it changes, and what they never say.
 * What a search finds is in test-store-search.c.
 */

#include "config.h"

#include "records.h"
#include "rounds-test.h"

/* A second list kept by signals alone: what a view believes. */
typedef struct
{
  GPtrArray *believed; /* of RoundsEntry */
  GString *log; /* "position-removed+added " for each signal */
} Mirror;

static void
items_changed_cb (GListModel *list, guint position, guint removed, guint added, Mirror *mirror)
{
  g_string_append_printf (mirror->log, "%u-%u+%u ", position, removed, added);
  g_assert_cmpuint (position + removed, <=, mirror->believed->len);
  if (removed > 0)
    g_ptr_array_remove_range (mirror->believed, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror->believed, (int)(position + i),
                        g_list_model_get_item (list, position + i));
  /* Right in the middle of several signals, too. */
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, mirror->believed->len);
  for (guint i = 0; i < mirror->believed->len; i++)
    {
      g_autoptr (RoundsEntry) entry = g_list_model_get_item (list, i);

      g_assert_true (entry == mirror->believed->pdata[i]);
    }
}

static void
start_mirror (Mirror *mirror, RoundsEntryList *list)
{
  guint length = g_list_model_get_n_items (G_LIST_MODEL (list));

  mirror->believed = g_ptr_array_new_with_free_func (g_object_unref);
  mirror->log = g_string_new (NULL);
  for (guint i = 0; i < length; i++)
    g_ptr_array_add (mirror->believed, g_list_model_get_item (G_LIST_MODEL (list), i));
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), mirror);
}

static void
stop_mirror (Mirror *mirror, RoundsEntryList *list)
{
  g_signal_handlers_disconnect_by_data (list, mirror);
  g_ptr_array_unref (mirror->believed);
  g_string_free (mirror->log, TRUE);
}

static void
expect_log (Mirror *mirror, const char *log)
{
  g_assert_cmpstr (mirror->log->str, ==, log);
  g_string_truncate (mirror->log, 0);
}

static void
test_queries (void)
{
  const struct
  {
    RoundsStoreQuery query;
    const char *titles;
  } cases[] = {
    { { 0 }, "Anna, Board, Bruno, Chat, Carla" },
    { { .appointments = TRUE }, "Anna, Bruno, Carla" },
    { { .meetings = TRUE }, "Board, Chat" },
    { { .appointments = TRUE, .meetings = TRUE }, "Anna, Board, Bruno, Chat, Carla" },
    { { .hide_over = TRUE }, "Anna, Board, Carla" },
    { { .range = { MORNING, MORNING + ROUNDS_HOUR } }, "Anna, Board" },
    { { .range = { MORNING + 1, MORNING + 2 * ROUNDS_HOUR } }, "Board, Bruno, Chat" },
    { { .range = { MORNING, MORNING } }, "Anna, Board, Bruno, Chat, Carla" },
    { { .range = { 0, MORNING } }, "" },
    { { .appointments = TRUE, .search = "follow", .hide_over = TRUE }, "Anna, Carla" },
    { { .meetings = TRUE, .search = "anna" }, "" },
  };
  g_autoptr (RoundsStore) store = open_store ();
  RoundsAppointment *bruno = make_appointment (2, "Bruno");
  RoundsMeeting *chat = make_meeting (3, "Chat");

  bruno->status = ROUNDS_APPOINTMENT_NO_SHOW;
  chat->status = ROUNDS_MEETING_COMPLETED;
  save_appointment (store, make_appointment (4, "Carla"));
  save_appointment (store, bruno);
  save_meeting (store, chat);
  save_appointment (store, make_appointment (0, "Anna"));
  save_meeting (store, make_meeting (1, "Board"));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsEntryList) list = list_all (store, &cases[i].query);
      g_autofree char *titles = join_titles (G_LIST_MODEL (list));

      g_test_message ("query %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (titles, ==, cases[i].titles);
    }
}

static void
test_is_a_list_model (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autoptr (RoundsEntryList) list = rounds_store_list (store, &(RoundsStoreQuery){ 0 });
  gboolean loaded;
  guint length;

  g_object_get (list, "loaded", &loaded, "n-items", &length, NULL);
  g_assert_false (loaded);
  g_assert_cmpuint (length, ==, 0);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == ROUNDS_TYPE_ENTRY);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 0));
  save_appointment (store, make_appointment (0, "Anna"));
  wait_for_titles (list, "Anna");
  g_object_get (list, "loaded", &loaded, "n-items", &length, NULL);
  g_assert_true (loaded);
  g_assert_cmpuint (length, ==, 1);
}

static void
test_changes_are_minimal (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autoptr (GPtrArray) appointments = make_appointments (6);
  g_autoptr (RoundsEntryList) list = NULL;
  g_autofree char *id = make_id (1);
  RoundsAppointment *moved = make_appointment (3, "Patient 3");
  Mirror mirror;

  rounds_test_expect (rounds_store_replace (store, appointments, NULL, NULL, NULL));
  list = list_all (store, NULL);
  start_mirror (&mirror, list);

  save_appointment (store, make_appointment (2, "Renamed"));
  wait_for_titles (list, "Patient 0, Patient 1, Renamed, Patient 3, Patient 4, Patient 5");
  expect_log (&mirror, "2-1+1 ");
  remove_record (store, ROUNDS_ENTRY_APPOINTMENT, id);
  wait_for_titles (list, "Patient 0, Renamed, Patient 3, Patient 4, Patient 5");
  expect_log (&mirror, "1-1+0 ");
  save_meeting (store, make_meeting (100, "Late"));
  wait_for_titles (list, "Patient 0, Renamed, Patient 3, Patient 4, Patient 5, Late");
  expect_log (&mirror, "5-0+1 ");
  moved->starts_at = MORNING - ROUNDS_HOUR;
  save_appointment (store, moved);
  wait_for_titles (list, "Patient 3, Patient 0, Renamed, Patient 4, Patient 5, Late");
  expect_log (&mirror, "2-1+0 0-0+1 ");

  /* Back to the first six: two far apart change, those between are not touched. */
  rounds_test_expect (rounds_store_replace (store, appointments, NULL, NULL, NULL));
  wait_for_titles (list, "Patient 0, Patient 1, Patient 2, Patient 3, Patient 4, Patient 5, Late");
  expect_log (&mirror, "2-1+3 0-1+0 ");
  stop_mirror (&mirror, list);
}

static void
test_no_change_says_nothing (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autoptr (GPtrArray) first = make_appointments (4);
  g_autoptr (GPtrArray) same = make_appointments (4);
  g_autoptr (GPtrArray) users = new_users ();
  g_autoptr (RoundsEntryList) list = NULL;
  g_autoptr (RoundsEntryList) witness = NULL;
  Mirror mirror;

  rounds_test_expect (rounds_store_replace (store, first, NULL, NULL, NULL));
  list = list_all (store, NULL);
  start_mirror (&mirror, list);
  rounds_test_expect (rounds_store_replace (store, same, NULL, NULL, NULL));
  /* A change elsewhere makes the list ask again; it still has nothing to say. */
  g_ptr_array_add (users, make_user (1, "Ilse"));
  rounds_test_expect (rounds_store_replace (store, NULL, NULL, users, NULL));
  rounds_entry_list_set_query (list, &(RoundsStoreQuery){ 0 });
  witness = list_all (store, NULL);
  rounds_test_drain ();
  expect_log (&mirror, "");
  stop_mirror (&mirror, list);
}

static void
test_two_lists_on_one_store (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autoptr (RoundsEntryList) all = list_all (store, NULL);
  g_autoptr (RoundsEntryList) meetings = list_all (store, &(RoundsStoreQuery){ .meetings = TRUE });
  Mirror mirror;

  start_mirror (&mirror, meetings);
  save_appointment (store, make_appointment (0, "Anna"));
  save_meeting (store, make_meeting (1, "Board"));
  wait_for_titles (all, "Anna, Board");
  wait_for_titles (meetings, "Board");
  expect_log (&mirror, "0-0+1 ");
  stop_mirror (&mirror, meetings);
}

/* Asked for quickly one after the other, only what was asked last shows: no answer in between. */
static void
test_only_the_last_query_shows (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autoptr (GPtrArray) appointments = make_appointments (30);
  g_autoptr (RoundsEntryList) list = NULL;
  Mirror mirror;

  rounds_test_expect (rounds_store_replace (store, appointments, NULL, NULL, NULL));
  list = list_all (store, &(RoundsStoreQuery){ .meetings = TRUE });
  start_mirror (&mirror, list);
  rounds_entry_list_set_query (list, &(RoundsStoreQuery){ .search = "patient" });
  /* The first question is under way from here on. */
  rounds_test_drain ();
  for (int i = 0; i < 29; i++)
    {
      g_autofree char *search = g_strdup_printf ("patient %d", i);

      rounds_entry_list_set_query (list, &(RoundsStoreQuery){ .search = search });
    }
  rounds_entry_list_set_query (list, &(RoundsStoreQuery){ .search = "patient 29" });
  wait_for_titles (list, "Patient 29");
  /* At most the question that had its answer in time, and the last. */
  g_assert_true (g_str_equal (mirror.log->str, "0-0+1 ")
                 || g_str_has_prefix (mirror.log->str, "0-0+30 "));
  stop_mirror (&mirror, list);
}

static void
test_many_changes_are_few_questions (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autoptr (RoundsEntryList) list = list_all (store, NULL);
  g_autoptr (GString) titles = g_string_new (NULL);
  Mirror mirror;

  start_mirror (&mirror, list);
  for (int i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("P%d", i);
      g_autoptr (RoundsAppointment) appointment = make_appointment (i, name);

      dex_future_disown (rounds_store_save_appointment (store, appointment));
      g_string_append_printf (titles, "%sP%d", i > 0 ? ", " : "", i);
    }
  wait_for_titles (list, titles->str);
  g_assert_cmpuint (mirror.believed->len, ==, 50);
  stop_mirror (&mirror, list);
}

static void
test_dropped_while_asking (void)
{
  g_autoptr (RoundsStore) store = open_store ();

  for (int i = 0; i < 20; i++)
    {
      RoundsEntryList *list = rounds_store_list (store, &(RoundsStoreQuery){ 0 });

      if (i % 2 == 0)
        g_main_context_iteration (NULL, FALSE);
      g_object_add_weak_pointer (G_OBJECT (list), (gpointer *)&list);
      g_object_unref (list);
      g_assert_null (list);
    }
  save_appointment (store, make_appointment (0, "Anna"));
}

static void
drop_cb (GListModel *model, guint position, guint removed, guint added, RoundsEntryList **list)
{
  g_clear_object (list);
}

static gboolean
is_gone (gpointer list)
{
  return *(RoundsEntryList **)list == NULL;
}

/* A view may let go of its list because of what the list just told it. */
static void
test_dropped_by_its_own_signal (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  RoundsEntryList *list = list_all (store, NULL);

  g_signal_connect (list, "items-changed", G_CALLBACK (drop_cb), &list);
  save_appointment (store, make_appointment (0, "Anna"));
  rounds_test_wait_until (is_gone, &list);
  rounds_test_drain ();
}

static gboolean
has_error (gpointer list)
{
  return rounds_entry_list_get_error (list) != NULL;
}

static void
test_error_shows_and_rows_stay (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autoptr (RoundsEntryList) list = NULL;
  g_autoptr (GError) error = NULL;

  save_appointment (store, make_appointment (0, "Anna"));
  list = list_all (store, NULL);
  rounds_test_expect (rounds_store_close (store));
  rounds_entry_list_set_query (list, &(RoundsStoreQuery){ .meetings = TRUE });
  rounds_test_wait_until (has_error, list);
  g_object_get (list, "error", &error, NULL);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Store/EntryList/queries", test_queries);
  g_test_add_func ("/Rounds/Store/EntryList/is-a-list-model", test_is_a_list_model);
  g_test_add_func ("/Rounds/Store/EntryList/changes-are-minimal", test_changes_are_minimal);
  g_test_add_func ("/Rounds/Store/EntryList/no-change-says-nothing", test_no_change_says_nothing);
  g_test_add_func ("/Rounds/Store/EntryList/two-lists", test_two_lists_on_one_store);
  g_test_add_func ("/Rounds/Store/EntryList/only-the-last-query-shows",
                   test_only_the_last_query_shows);
  g_test_add_func ("/Rounds/Store/EntryList/many-changes", test_many_changes_are_few_questions);
  g_test_add_func ("/Rounds/Store/EntryList/dropped-while-asking", test_dropped_while_asking);
  g_test_add_func ("/Rounds/Store/EntryList/dropped-by-its-own-signal",
                   test_dropped_by_its_own_signal);
  g_test_add_func ("/Rounds/Store/EntryList/error-shows", test_error_shows_and_rows_stay);
  return g_test_run ();
}
