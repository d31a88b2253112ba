/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Users and hospitals: who finds whom, by which words, and what is shown of them.
 * Signing in is tested in the test-core files.
 */

#include "config.h"

#include <string.h>

#include "api-world.h"
#include "rounds-test.h"

static ApiWorld *world;

/* The users that @who finds with @query ("?role=doctor"). */
static ServerReply *
find_users (ApiPerson who, const char *query, JsonArray **users)
{
  g_autofree char *path = g_strconcat ("/api/users", query, NULL);
  ServerReply *reply = api_expect (world, 200, who, "GET", path, NULL);

  *users = json_object_get_array_member (server_reply_get_data (reply), "users");
  return reply;
}

static JsonObject *
find_in (JsonArray *users, const char *id)
{
  for (guint i = 0; i < json_array_get_length (users); i++)
    {
      JsonObject *user = json_array_get_object_element (users, i);

      if (g_strcmp0 (api_text (user, "_id"), id) == 0)
        return user;
    }
  return NULL;
}

/* Rows: who looks; columns: whom. */
static const char seen[API_N_PEOPLE][API_N_PEOPLE + 1] = {
  [DOCTOR] = "yyynyyy", [DOCTOR2] = "yyynyyy", [DESK] = "yyynyyy",     [DESK2] = "nnnyynn",
  [ADMIN] = "yyyyyyy",  [PATIENT] = "yyynnyn", [PATIENT2] = "yyynnny",
};

static void
test_who_finds_whom (void)
{
  for (ApiPerson who = 0; who < API_N_PEOPLE; who++)
    {
      JsonArray *users = NULL;
      g_autoptr (ServerReply) reply = find_users (who, "", &users);

      for (ApiPerson whom = 0; whom < API_N_PEOPLE; whom++)
        {
          g_test_message ("%s → %s", api_person_to_string (who), api_person_to_string (whom));
          g_assert_cmpint (find_in (users, world->ids[whom]) != NULL, ==, seen[who][whom] == 'y');
        }
    }
}

static void
test_details (void)
{
  static const char *const details[] = { "email", "phoneNumber", "age", "gender" };
  JsonArray *for_patient = NULL, *for_doctor = NULL, *for_admin = NULL;
  g_autoptr (ServerReply) patient = find_users (PATIENT, "", &for_patient);
  g_autoptr (ServerReply) doctor = find_users (DOCTOR, "", &for_doctor);
  g_autoptr (ServerReply) admin = find_users (ADMIN, "", &for_admin);
  JsonObject *self = find_in (for_patient, world->ids[PATIENT]);
  JsonObject *her_doctor = find_in (for_patient, world->ids[DOCTOR]);
  JsonObject *her_patient = find_in (for_doctor, world->ids[PATIENT]);
  JsonObject *the_admin = find_in (for_doctor, world->ids[ADMIN]);

  for (gsize i = 0; i < G_N_ELEMENTS (details); i++)
    {
      g_assert_true (json_object_has_member (self, details[i]));
      g_assert_true (json_object_has_member (her_patient, details[i]));
      g_assert_false (json_object_has_member (her_doctor, details[i]));
      g_assert_false (json_object_has_member (the_admin, details[i]));
    }
  g_assert_cmpstr (api_text (her_doctor, "department"), ==, "Cardiology");
  g_assert_nonnull (api_text (find_in (for_admin, world->ids[DESK2]), "email"));
  g_assert_null (strstr (admin->body, "password"));
  g_assert_null (strstr (admin->body, "argon2"));
}

typedef struct
{
  ApiPerson who;
  const char *query;
  ApiPerson whom; /* who is found, or NOBODY: the list is empty */
} SearchRow;

static const SearchRow searches[] = {
  { DESK, "?search=leyla", DOCTOR },
  { DESK, "?search=AYDIN", DOCTOR },
  { DESK, "?search=ayd%C4%B1n", DOCTOR },
  { DESK, "?search=jurgen", DOCTOR2 },
  { DESK, "?search=wei%C3%9F", DOCTOR2 },
  { DESK, "?search=fernandez+ibanez", PATIENT },
  { DESK, "?search=%D0%BA%D0%BE%D0%B2%D0%B0%D0%BB%D0%B5%D0%BD%D0%BA%D0%BE", PATIENT2 },
  { DESK, "?search=patient2@example", PATIENT2 },
  { DESK, "?search=cardio", DOCTOR },
  { DESK, "?role=doctor&search=l", DOCTOR },
  { ADMIN, "?search=siobhan", DESK2 },
  { ADMIN, "?search=&role=admin", ADMIN },
  { DESK, "?search=siobhan", NOBODY },
  /* Security: what one may not see cannot be found by it either. */
  { PATIENT, "?search=doctor@example", NOBODY },
  { PATIENT, "?search=olek", NOBODY },
  { PATIENT, "?role=admin", NOBODY },
  /* All that SQL and patterns are written with, as plain text. */
  { DESK, "?search=%27%20OR%20%271%27%3D%271", NOBODY },
  { DESK, "?search=%25", NOBODY },
  { DESK, "?search=_____", NOBODY },
  { DESK, "?search=%27%3B%20DROP%20TABLE%20users%3B--", NOBODY },
  { DESK, "?search=%5C", NOBODY },
  { DESK, "?search=*", NOBODY },
  { DESK, "?search=%22", NOBODY },
  { DESK, "?search=%E2%80%8F%E2%80%AE", NOBODY },
};

static void
test_search (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      const SearchRow *row = &searches[i];
      JsonArray *users = NULL;
      g_autoptr (ServerReply) reply = find_users (row->who, row->query, &users);

      g_test_message ("%s %s", api_person_to_string (row->who), row->query);
      if (row->whom == NOBODY)
        g_assert_cmpuint (json_array_get_length (users), ==, 0);
      else
        g_assert_nonnull (find_in (users, world->ids[row->whom]));
    }
}

/* A given name in a script that writes names without a space between them. */
static void
test_search_in_han (void)
{
  JsonArray *users = NULL;
  g_autoptr (ServerReply) reply
      = find_users (DESK, "?search=%E5%B0%8F%E6%98%8E", &users); /* 小明 */

  g_assert_cmpuint (json_array_get_length (users), ==, 1);
  g_assert_cmpstr (api_text (json_array_get_object_element (users, 0), "name"), ==, "王小明");
}

/* The demo's people come from everywhere, and their names arrive as they are written. */
static void
test_scripts (void)
{
  static const GUnicodeScript wanted[]
      = { G_UNICODE_SCRIPT_LATIN, G_UNICODE_SCRIPT_ARABIC,     G_UNICODE_SCRIPT_CYRILLIC,
          G_UNICODE_SCRIPT_GREEK, G_UNICODE_SCRIPT_DEVANAGARI, G_UNICODE_SCRIPT_HAN };
  JsonArray *users = NULL;
  g_autoptr (ServerReply) reply = find_users (ADMIN, "", &users);
  guint found = 0;

  for (guint i = 0; i < json_array_get_length (users); i++)
    {
      const char *name = api_text (json_array_get_object_element (users, i), "name");

      for (gsize k = 0; k < G_N_ELEMENTS (wanted); k++)
        found |= (guint)(g_unichar_get_script (g_utf8_get_char (name)) == wanted[k]) << k;
    }
  g_assert_cmpuint (found, ==, (1u << G_N_ELEMENTS (wanted)) - 1);
}

static void
test_roles (void)
{
  static const char *const roles[] = { "patient", "doctor", "hospital", "admin" };

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autofree char *query = g_strconcat ("?role=", roles[i], NULL);
      JsonArray *users = NULL;
      g_autoptr (ServerReply) reply = find_users (ADMIN, query, &users);

      g_assert_cmpuint (json_array_get_length (users), >, 0);
      for (guint k = 0; k < json_array_get_length (users); k++)
        g_assert_cmpstr (api_text (json_array_get_object_element (users, k), "role"), ==, roles[i]);
    }
}

static void
test_wrong_queries (void)
{
  g_autofree char *long_search = g_strnfill (201, 'x');
  g_autofree char *long_query = g_strconcat ("/api/users?search=", long_search, NULL);
  g_autoptr (ServerReply) role
      = api_expect (world, 400, ADMIN, "GET", "/api/users?role=nurse", NULL);
  g_autoptr (ServerReply) search = api_expect (world, 400, ADMIN, "GET", long_query, NULL);

  api_assert_names_field (role, "role");
  api_assert_names_field (search, "search");
}

static void
test_me (void)
{
  static const char *const roles[API_N_PEOPLE]
      = { "doctor", "doctor", "hospital", "hospital", "admin", "patient", "patient" };

  for (ApiPerson who = 0; who < API_N_PEOPLE; who++)
    {
      g_autofree char *email = g_strconcat (api_person_to_string (who), "@example.org", NULL);
      g_autoptr (ServerReply) reply = api_expect (world, 200, who, "GET", "/api/users/me", NULL);
      JsonObject *user = api_document (reply, "user");

      g_assert_cmpstr (api_text (user, "email"), ==, email);
      g_assert_cmpstr (api_text (user, "role"), ==, roles[who]);
      g_assert_null (strstr (reply->body, "argon2"));
    }
}

static void
test_hospitals (void)
{
  for (ApiPerson who = 0; who < API_N_PEOPLE; who++)
    {
      g_autoptr (ServerReply) reply = api_expect (world, 200, who, "GET", "/api/hospitals", NULL);
      JsonArray *hospitals
          = json_object_get_array_member (server_reply_get_data (reply), "hospitals");
      JsonObject *berlin = find_in (hospitals, world->hospital);

      g_assert_cmpuint (json_array_get_length (hospitals), ==, 2);
      g_assert_nonnull (find_in (hospitals, world->other_hospital));
      g_assert_cmpstr (api_text (berlin, "timezone"), ==, "Europe/Berlin");
      g_assert_cmpuint (
          json_array_get_length (json_object_get_array_member (berlin, "departments")), >=, 4);
    }
}

/* Lists come by start. */
static void
test_order (void)
{
  static const struct
  {
    const char *path;
    const char *list;
    const char *start;
  } lists[] = { { "/api/appointments/user/%s", "appointments", "startsAt" },
                { "/api/meetings/user/%s", "meetings", "scheduledAt" } };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *path = api_path (lists[i].path, world->ids[ADMIN]);
      g_autoptr (ServerReply) reply = api_expect (world, 200, ADMIN, "GET", path, NULL);
      JsonArray *records
          = json_object_get_array_member (server_reply_get_data (reply), lists[i].list);
      const char *before = "";

      g_assert_cmpuint (json_array_get_length (records), >, 20);
      for (guint k = 0; k < json_array_get_length (records); k++)
        {
          const char *start = api_text (json_array_get_object_element (records, k), lists[i].start);

          g_assert_cmpstr (before, <=, start);
          before = start;
        }
    }
}

int
main (int argc, char **argv)
{
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();

  g_test_add_func ("/Rounds/Server/ApiDirectory/who-finds-whom", test_who_finds_whom);
  g_test_add_func ("/Rounds/Server/ApiDirectory/details", test_details);
  g_test_add_func ("/Rounds/Server/ApiDirectory/search", test_search);
  g_test_add_func ("/Rounds/Server/ApiDirectory/search-in-han", test_search_in_han);
  g_test_add_func ("/Rounds/Server/ApiDirectory/scripts", test_scripts);
  g_test_add_func ("/Rounds/Server/ApiDirectory/roles", test_roles);
  g_test_add_func ("/Rounds/Server/ApiDirectory/wrong-queries", test_wrong_queries);
  g_test_add_func ("/Rounds/Server/ApiDirectory/me", test_me);
  g_test_add_func ("/Rounds/Server/ApiDirectory/hospitals", test_hospitals);
  g_test_add_func ("/Rounds/Server/ApiDirectory/order", test_order);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
