/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a search finds among records in many scripts, and what it survives.
 * How lists follow changes is in test-entry-list.c.
 */

#include "config.h"

#include "records.h"
#include "rounds-test.h"

static RoundsStore *
open_filled_store (void)
{
  RoundsStore *store = open_store ();
  RoundsAppointment *appointment = make_appointment (1, "José Núñez O'Brien");
  RoundsMeeting *meeting;

  appointment->notes = g_strdup ("Allergic to penicillin");
  appointment->doctor_id = make_id (8000);
  save_appointment (store, appointment);
  appointment = make_appointment (2, "مُحَمَّد الأحمد");
  g_free (appointment->reason);
  appointment->reason = g_strdup ("Kniegelenk, 100% \"dringend\"");
  g_free (appointment->department);
  appointment->department = g_strdup ("Orthopädie");
  save_appointment (store, appointment);
  save_appointment (store, make_appointment (3, "山田太郎"));
  meeting = make_meeting (4, "Tumour board");
  meeting->description = g_strdup ("Weekly review");
  meeting->notes = g_strdup ("Bring the scans");
  save_meeting (store, meeting);
  return store;
}

static void
expect_found (RoundsStore *store, const char *search, const char *titles)
{
  g_autoptr (RoundsEntryList) list = list_all (store, &(RoundsStoreQuery){ .search = search });
  g_autofree char *found = join_titles (G_LIST_MODEL (list));

  g_assert_no_error (rounds_entry_list_get_error (list));
  g_test_message ("%s", search);
  g_assert_cmpstr (found, ==, titles);
}

#define JOSE "José Núñez O'Brien"
#define AHMAD "مُحَمَّد الأحمد"
#define YAMADA "山田太郎"
#define BOARD "Tumour board"
#define ALL JOSE ", " AHMAD ", " YAMADA ", " BOARD

static void
test_searches (void)
{
  const struct
  {
    const char *search;
    const char *titles;
  } cases[] = {
    { NULL, ALL },
    { "", ALL },
    { "   ", ALL },
    { "jose", JOSE },
    { "JOSÉ", JOSE },
    { "nun", JOSE },
    { "nunez jos", JOSE },
    { "o'brien", JOSE },
    { "brien", JOSE },
    { "penic", JOSE },
    { "jose scans", "" },
    { "ose", "" },
    { "محمد", AHMAD },
    { "احمد", AHMAD },
    { "الاحمد", AHMAD },
    { "مُحَمَّد", AHMAD },
    { "knie", AHMAD },
    { "orthopadie", AHMAD },
    { "100%", AHMAD },
    { "\"dringend\"", AHMAD },
    { "山田", YAMADA },
    { "太郎", YAMADA },
    { "山", YAMADA },
    { "郎", YAMADA },
    { "山太", "" },
    { "j", JOSE },
    { "cardio", JOSE ", " YAMADA },
    { "tumour", BOARD },
    { "weekly", BOARD },
    { "scans", BOARD },
    { "follow-up", JOSE ", " YAMADA },
  };
  g_autoptr (RoundsStore) store = open_filled_store ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    expect_found (store, cases[i].search, cases[i].titles);
}

static void
test_syntax_is_only_text (void)
{
  const char *const cases[] = {
    "\"",     "\"\"",       "\"\"\"",    "'",        "%",        "_",          "*",
    "jose*x", "^",          "NEAR(a b)", "a AND",    "OR",       "NOT",        "words: x",
    "-x",     "{words}: x", "(",         ")",        "x + y",    "'; DROP --", "\\",
    "$1",     "?",          ":",         "\xff\xfe", "\x01\x1f", "❤",          "'\"'\"'\"'x",
  };
  g_autoptr (RoundsStore) store = open_filled_store ();
  g_autofree char *endless = g_strnfill (100000, 'a');

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsEntryList) list
          = list_all (store, &(RoundsStoreQuery){ .search = cases[i] });

      g_assert_no_error (rounds_entry_list_get_error (list));
    }

  g_autoptr (RoundsEntryList) none = list_all (store, &(RoundsStoreQuery){ .search = endless });

  g_assert_no_error (rounds_entry_list_get_error (none));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (none)), ==, 0);
  expect_found (store, NULL, ALL);
}

/* Somebody searches for the colleague, whose name stands only in the directory. */
static void
test_names_of_people_are_found (void)
{
  g_autoptr (RoundsStore) store = open_filled_store ();
  g_autoptr (GPtrArray) users = new_users ();
  g_autoptr (GPtrArray) renamed = new_users ();

  expect_found (store, "weber", "");
  g_ptr_array_add (users, make_user (8000, "Dr. Ilse Weber"));
  g_ptr_array_add (users, make_user (8001, "Dr. Çelik"));
  g_assert_true (
      rounds_test_expect_boolean (rounds_store_replace (store, NULL, NULL, users, NULL)));
  expect_found (store, "weber", JOSE ", " BOARD);
  expect_found (store, "weber penicillin", JOSE);
  expect_found (store, "celik", BOARD);
  g_ptr_array_add (renamed, make_user (8000, "Dr. Ilse Sommer"));
  g_assert_true (
      rounds_test_expect_boolean (rounds_store_replace (store, NULL, NULL, renamed, NULL)));
  expect_found (store, "weber", "");
  expect_found (store, "sommer", JOSE ", " BOARD);
}

static void
test_search_follows_changes (void)
{
  g_autoptr (RoundsStore) store = open_filled_store ();
  g_autoptr (GPtrArray) none = new_appointments ();
  g_autofree char *id = make_id (4);

  save_appointment (store, make_appointment (1, "Renamed Person"));
  expect_found (store, "jose", "");
  expect_found (store, "penicillin", "");
  expect_found (store, "renamed", "Renamed Person");
  remove_record (store, ROUNDS_ENTRY_MEETING, id);
  expect_found (store, "tumour", "");
  rounds_test_expect (rounds_store_replace (store, none, NULL, NULL, NULL));
  expect_found (store, "renamed", "");
  /* Numbers of rows that are gone may be used again; their words may not come back. */
  save_appointment (store, make_appointment (5, "Newcomer"));
  expect_found (store, "renamed", "");
  expect_found (store, "newcomer", "Newcomer");
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Store/Search/finds", test_searches);
  g_test_add_func ("/Rounds/Store/Search/syntax-is-only-text", test_syntax_is_only_text);
  g_test_add_func ("/Rounds/Store/Search/names-of-people", test_names_of_people_are_found);
  g_test_add_func ("/Rounds/Store/Search/follows-changes", test_search_follows_changes);
  return g_test_run ();
}
