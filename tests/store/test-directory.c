/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The people and hospitals in memory: order, look-ups, and items that stay the same.
 * How they come from the file is in test-store.c.
 */

#include "config.h"

#include "records.h"
#include "rounds-directory.h"
#include "rounds-person.h"
#include "rounds-place.h"
#include "rounds-test.h"

static char *
join_names (GListModel *model)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      g_autofree char *name = NULL;

      g_object_get (item, "name", &name, NULL);
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name != NULL ? name : "?");
    }
  return g_string_free_and_steal (g_steal_pointer (&names));
}

/* Names by their place in the array: the id stays with the place. */
static void
update (RoundsDirectory *directory, const char *const *names)
{
  g_autoptr (GPtrArray) users = new_users ();
  g_autoptr (GPtrArray) hospitals = new_hospitals ();

  for (int i = 0; names[i] != NULL; i++)
    if (names[i][0] != '-')
      g_ptr_array_add (users, make_user (i, names[i]));
  g_ptr_array_add (hospitals, make_hospital (1, "Charité"));
  rounds_directory_update (directory, users, hospitals);
}

static void
expect_people (RoundsDirectory *directory, const char *expected)
{
  g_autofree char *names = join_names (rounds_directory_get_people (directory));

  g_assert_cmpstr (names, ==, expected);
}

static void
test_order_and_lookups (void)
{
  g_autoptr (RoundsDirectory) directory = rounds_directory_new ();
  g_autofree char *first = make_id (0);
  g_autofree char *third = make_id (2);

  expect_people (directory, "");
  g_assert_null (rounds_directory_lookup_user (directory, first));
  update (directory, (const char *[]){ "Mia", "Ada", "Zoe", "Ada", NULL });
  expect_people (directory, "Ada, Ada, Mia, Zoe");
  g_assert_cmpstr (rounds_directory_lookup_user (directory, third)->name, ==, "Zoe");
  /* One is renamed, one is gone. */
  update (directory, (const char *[]){ "Mia", "-", "Abe", "Ada", NULL });
  expect_people (directory, "Abe, Ada, Mia");
  g_assert_cmpstr (rounds_directory_lookup_user (directory, third)->name, ==, "Abe");
  g_assert_cmpuint (g_list_model_get_n_items (rounds_directory_get_places (directory)), ==, 1);
  g_assert_nonnull (rounds_directory_lookup_hospital (directory, "65a50d800000000000000001"));
  g_assert_null (rounds_directory_lookup_hospital (directory, first));
}

static void
test_nameless_people_come_first (void)
{
  g_autoptr (RoundsDirectory) directory = rounds_directory_new ();
  g_autoptr (GPtrArray) users = new_users ();
  g_autoptr (GPtrArray) hospitals = new_hospitals ();

  g_ptr_array_add (users, make_user (1, "Ada"));
  g_ptr_array_add (users, make_user (2, NULL));
  rounds_directory_update (directory, users, hospitals);
  expect_people (directory, "?, Ada");
}

/* A listener may look anybody up, and finds only people that are alive. */
static void
look_up_cb (GListModel *model, guint position, guint removed, guint added,
            RoundsDirectory *directory)
{
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *id = make_id (i);
      RoundsUser *user = rounds_directory_lookup_user (directory, id);

      g_assert_true (user == NULL || g_str_equal (user->id, id));
    }
}

static void
test_lookups_in_the_middle_of_changes (void)
{
  g_autoptr (RoundsDirectory) directory = rounds_directory_new ();

  g_signal_connect (rounds_directory_get_people (directory), "items-changed",
                    G_CALLBACK (look_up_cb), directory);
  update (directory, (const char *[]){ "Mia", "Ada", "Zoe", "Eve", NULL });
  update (directory, (const char *[]){ "-", "Ida", "Zoe", "-", NULL });
  update (directory, (const char *[]){ NULL });
  expect_people (directory, "");
}

static void
test_items_give_their_values (void)
{
  g_autoptr (RoundsUser) user = make_user (1, "Ada");
  g_autoptr (RoundsHospital) hospital = make_hospital (2, "Charité");
  g_autoptr (RoundsPerson) person = rounds_person_new (user);
  g_autoptr (RoundsPlace) place = rounds_place_new (hospital);
  g_autoptr (RoundsUser) got_user = NULL;
  g_autoptr (RoundsHospital) got_hospital = NULL;

  g_object_get (person, "user", &got_user, NULL);
  g_object_get (place, "hospital", &got_hospital, NULL);
  g_assert_true (got_user == user && rounds_person_get_user (person) == user);
  g_assert_true (got_hospital == hospital && rounds_place_get_hospital (place) == hospital);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Store/Directory/order-and-lookups", test_order_and_lookups);
  g_test_add_func ("/Rounds/Store/Directory/nameless-first", test_nameless_people_come_first);
  g_test_add_func ("/Rounds/Store/Directory/lookups-in-the-middle",
                   test_lookups_in_the_middle_of_changes);
  g_test_add_func ("/Rounds/Store/Directory/items", test_items_give_their_values);
  return g_test_run ();
}
