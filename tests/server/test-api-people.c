/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Adding people and hospitals and changing them: what is kept, what is refused, what follows.
 * Who may at all is in test-api-matrix.c.
 */

#include "config.h"

#include <string.h>

#include "api-world.h"
#include "rounds-test.h"

#define PASSWORD "a-new-password"

static ApiWorld *world;
static guint n_made;

/* A patient added by the desk, who can sign in as "added<n>@example.org". (transfer full) */
static ServerReply *
add_patient (char **account)
{
  g_autofree char *body = NULL;

  *account = g_strdup_printf ("added%u@example.org", n_made++);
  body = g_strdup_printf ("{\"name\":\"Added Patient\",\"email\":\"%s\",\"age\":41,"
                          "\"phoneNumber\":\"+49 30 23125 001\",\"password\":\"" PASSWORD "\"}",
                          *account);
  return api_expect (world, 201, DESK, "POST", "/api/users", body);
}

static guint
sign_in (const char *account, const char *password, char **token)
{
  g_autofree char *body
      = g_strdup_printf ("{\"email\":\"%s\",\"password\":\"%s\"}", account, password);
  g_autoptr (ServerReply) reply
      = server_fixture_send (world->server, "POST", "/api/auth/login", NULL, body);

  if (token != NULL && reply->status == 200)
    *token = g_strdup (api_text (server_reply_get_data (reply), "accessToken"));
  return reply->status;
}

/* The record that a 412 shows. */
static JsonObject *
get_current (ServerReply *reply, const char *member)
{
  return json_object_get_object_member (json_object_get_object_member (reply->json, "data"),
                                        member);
}

static void
test_add (void)
{
  g_autofree char *account = NULL;
  g_autoptr (ServerReply) reply = add_patient (&account);
  JsonObject *user = api_document (reply, "user");
  g_autofree char *path = api_path ("/api/users/%s", api_text (user, "id"));
  g_autofree char *twin
      = g_strdup_printf ("{\"name\":\"Twin\",\"email\":\"%s\"}", "DESK@example.org");
  g_autoptr (ServerReply) shown = api_expect (world, 200, DESK, "GET", path, NULL);
  g_autoptr (ServerReply) taken = api_expect (world, 409, DESK, "POST", "/api/users", twin);

  /* Without a role and a hospital: a patient of the desk's own. */
  g_assert_cmpstr (api_text (user, "role"), ==, "patient");
  g_assert_cmpstr (api_text (user, "hospital"), ==, world->hospital);
  g_assert_cmpint (json_object_get_int_member (user, "version"), ==, 1);
  g_assert_cmpstr (server_reply_get_header (reply, "etag"), ==, "\"1\"");
  g_assert_null (strstr (reply->body, PASSWORD));
  g_assert_cmpint (json_object_get_int_member (api_document (shown, "user"), "age"), ==, 41);
  g_assert_cmpstr (server_reply_get_code (taken), ==, "address_taken");
  g_assert_cmpuint (sign_in (account, PASSWORD, NULL), ==, 200);
}

static void
test_add_malformed (void)
{
  static const struct
  {
    const char *body;
    const char *field;
  } rows[] = {
    { "{\"email\":\"x@example.org\"}", "name" },
    { "{\"name\":\"X\"}", "email" },
    { "{\"name\":\"X\",\"email\":\"x\"}", "email" },
    { "{\"name\":7,\"email\":\"x@example.org\"}", "name" },
    { "{\"name\":\"X\",\"email\":\"x@example.org\",\"role\":\"nurse\"}", "role" },
    { "{\"name\":\"X\",\"email\":\"x@example.org\",\"age\":131}", "age" },
    { "{\"name\":\"X\",\"email\":\"x@example.org\",\"phoneNumber\":\"no\"}", "phoneNumber" },
    { "{\"name\":\"X\",\"email\":\"x@example.org\",\"password\":\"short\"}", "password" },
    { "{\"name\":\"X\",\"email\":\"x@example.org\",\"hospital\":\"here\"}", "hospital" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ServerReply) reply
          = api_expect (world, 400, DESK, "POST", "/api/users", rows[i].body);

      api_assert_names_field (reply, rows[i].field);
    }
}

/* The same key makes one person, and its answer comes again. */
static void
test_add_twice (void)
{
  static const char body[] = "{\"name\":\"Once\",\"email\":\"once@example.org\"}";
  static const char other[] = "{\"name\":\"Twice\",\"email\":\"twice@example.org\"}";
  g_autoptr (ServerReply) first
      = api_expect_with (world, 201, DESK, "POST", "/api/users", "Idempotency-Key: person-1", body);
  g_autoptr (ServerReply) again
      = api_expect_with (world, 201, DESK, "POST", "/api/users", "Idempotency-Key: person-1", body);
  g_autoptr (ServerReply) reused = api_expect_with (world, 422, DESK, "POST", "/api/users",
                                                    "Idempotency-Key: person-1", other);

  g_assert_cmpstr (api_text (api_document (first, "user"), "id"), ==,
                   api_text (api_document (again, "user"), "id"));
  g_assert_cmpstr (server_reply_get_code (reused), ==, "idempotency_key_reused");
}

/* What staff and admins may say of a patient of the desk's. */
static void
test_edit_rules (void)
{
  static const struct
  {
    const char *body;
    guint desk;
    guint admin;
  } rows[] = {
    { "{\"name\":\"New Name\",\"age\":42,\"gender\":\"\"}", 200, 200 },
    { "{\"email\":\"moved@example.org\"}", 403, 200 },
    { "{\"role\":\"doctor\"}", 403, 200 },
    { "{\"hospital\":\"%s\"}", 403, 200 },
    { "{\"hospital\":\"" API_UNKNOWN_ID "\"}", 403, 422 },
    { "{\"password\":\"another-password\"}", 403, 200 },
    { "{\"active\":false}", 403, 200 },
    { "{\"age\":-1}", 400, 400 },
    { "{\"name\":\"\"}", 400, 400 },
    { "{\"email\":\"admin@example.org\"}", 403, 409 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *account = NULL;
      g_autoptr (ServerReply) made = add_patient (&account);
      g_autofree char *path
          = api_path ("/api/users/%s", api_text (api_document (made, "user"), "id"));
      g_auto (GStrv) parts = g_strsplit (rows[i].body, "%s", 2);
      g_autofree char *body = g_strjoinv (world->other_hospital, parts);
      g_autoptr (ServerReply) desk = api_expect (world, rows[i].desk, DESK, "PATCH", path, body);
      g_autoptr (ServerReply) admin = api_expect (world, rows[i].admin, ADMIN, "PATCH", path, body);

      if (desk->status >= 400)
        api_assert_refused (desk);
    }
}

static void
test_edit_versions (void)
{
  g_autofree char *account = NULL;
  g_autoptr (ServerReply) made = add_patient (&account);
  g_autofree char *path = api_path ("/api/users/%s", api_text (api_document (made, "user"), "id"));
  g_autoptr (ServerReply) first
      = api_expect_with (world, 200, DESK, "PATCH", path, "If-Match: \"1\"", "{\"age\":50}");
  g_autoptr (ServerReply) late
      = api_expect_with (world, 412, DESK, "PATCH", path, "If-Match: \"1\"", "{\"age\":51}");

  g_assert_cmpstr (server_reply_get_header (first, "etag"), ==, "\"2\"");
  g_assert_cmpstr (server_reply_get_header (late, "etag"), ==, "\"2\"");
  g_assert_cmpint (json_object_get_int_member (get_current (late, "user"), "age"), ==, 50);
}

/* Whether an admin finds the account @id among those that are switched off, page by page. */
static void
assert_listed_off (const char *id, gboolean expected)
{
  gboolean found = FALSE;
  g_autofree char *cursor = g_strdup ("");

  while (cursor != NULL)
    {
      g_autofree char *path = g_strconcat ("/api/users?active=false&limit=1", cursor, NULL);
      g_autoptr (ServerReply) reply = api_expect (world, 200, ADMIN, "GET", path, NULL);
      JsonObject *data = server_reply_get_data (reply);
      JsonArray *users = json_object_get_array_member (data, "users");

      g_clear_pointer (&cursor, g_free);
      if (json_object_has_member (data, "nextCursor"))
        cursor = g_strconcat ("&cursor=", api_text (data, "nextCursor"), NULL);
      for (guint i = 0; i < json_array_get_length (users); i++)
        {
          JsonObject *user = json_array_get_object_element (users, i);

          g_assert_false (json_object_get_boolean_member (user, "active"));
          found = found || g_str_equal (api_text (user, "id"), id);
        }
    }
  g_assert_cmpint (found, ==, expected);
}

/* Switching an account off ends what it is signed in to; only an admin finds it again. */
static void
test_switch_off (void)
{
  g_autofree char *account = NULL;
  g_autofree char *token = NULL;
  g_autoptr (ServerReply) made = add_patient (&account);
  g_autofree char *path = api_path ("/api/users/%s", api_text (api_document (made, "user"), "id"));

  g_assert_cmpuint (sign_in (account, PASSWORD, &token), ==, 200);
  g_clear_pointer (
      &(ServerReply *){ api_expect (world, 200, ADMIN, "PATCH", path, "{\"active\":false}") },
      server_reply_free);
  g_autoptr (ServerReply) out
      = server_fixture_send (world->server, "GET", "/api/users/me", token, NULL);
  g_assert_cmpuint (out->status, ==, 401);
  g_assert_cmpuint (sign_in (account, PASSWORD, NULL), ==, 401);
  g_autoptr (ServerReply) gone = api_expect (world, 404, DESK, "GET", path, NULL);
  g_autoptr (ServerReply) still = api_expect (world, 404, DESK, "PATCH", path, "{\"age\":3}");
  g_autoptr (ServerReply) hidden
      = api_expect (world, 403, DESK, "GET", "/api/users?active=false", NULL);
  g_autoptr (ServerReply) shown = api_expect (world, 200, ADMIN, "GET", path, NULL);
  g_assert_false (json_object_get_boolean_member (api_document (shown, "user"), "active"));
  assert_listed_off (api_text (api_document (shown, "user"), "id"), TRUE);
  g_autoptr (ServerReply) on = api_expect (world, 200, ADMIN, "PATCH", path, "{\"active\":true}");
  assert_listed_off (api_text (api_document (on, "user"), "id"), FALSE);
  g_assert_false (json_object_has_member (api_document (on, "user"), "active"));
  g_assert_cmpuint (sign_in (account, PASSWORD, NULL), ==, 200);
}

/* A password that somebody else sets signs the person out everywhere. */
static void
test_password_by_admin (void)
{
  g_autofree char *account = NULL;
  g_autofree char *token = NULL;
  g_autoptr (ServerReply) made = add_patient (&account);
  g_autofree char *path = api_path ("/api/users/%s", api_text (api_document (made, "user"), "id"));

  g_assert_cmpuint (sign_in (account, PASSWORD, &token), ==, 200);
  g_autoptr (ServerReply) set
      = api_expect (world, 200, ADMIN, "PATCH", path, "{\"password\":\"from-the-admin\"}");
  g_autoptr (ServerReply) out
      = server_fixture_send (world->server, "GET", "/api/users/me", token, NULL);

  g_assert_cmpuint (out->status, ==, 401);
  g_assert_cmpuint (sign_in (account, PASSWORD, NULL), ==, 401);
  g_assert_cmpuint (sign_in (account, "from-the-admin", NULL), ==, 200);
}

static void
test_own_account (void)
{
  g_autofree char *path = api_path ("/api/users/%s", world->ids[ADMIN]);
  g_autoptr (ServerReply) off = api_expect (world, 409, ADMIN, "PATCH", path, "{\"active\":false}");
  g_autoptr (ServerReply) role
      = api_expect (world, 409, ADMIN, "PATCH", path,
                    "{\"role\":\"hospital\",\"hospital\":\"" API_UNKNOWN_ID "\"}");
  /* Not without the old one, which is asked for elsewhere. */
  g_autoptr (ServerReply) password
      = api_expect (world, 409, ADMIN, "PATCH", path, "{\"password\":\"found-it-open\"}");

  g_assert_cmpstr (server_reply_get_code (off), ==, "own_account");
  g_assert_cmpstr (server_reply_get_code (role), ==, "own_account");
  g_assert_cmpstr (server_reply_get_code (password), ==, "own_account");
}

/* Of oneself one says the telephone number, and nothing else of what the body may hold. */
static void
test_edit_me (void)
{
  g_autoptr (ServerReply) before = api_expect (world, 200, PATIENT, "GET", "/api/users/me", NULL);
  g_autofree char *match
      = g_strconcat ("If-Match: ", server_reply_get_header (before, "etag"), NULL);
  g_autoptr (ServerReply) after = api_expect_with (
      world, 200, PATIENT, "PATCH", "/api/users/me", match,
      "{\"phoneNumber\":\"+49 30 23125 777\",\"role\":\"admin\",\"name\":\"X\"}");
  g_autoptr (ServerReply) late = api_expect_with (world, 412, PATIENT, "PATCH", "/api/users/me",
                                                  match, "{\"phoneNumber\":\"+49 30 23125 778\"}");
  g_autoptr (ServerReply) bad
      = api_expect (world, 400, PATIENT, "PATCH", "/api/users/me", "{\"phoneNumber\":\"call me\"}");
  g_autoptr (ServerReply) wrong = api_expect (
      world, 403, PATIENT, "PATCH", "/api/users/me",
      "{\"phoneNumber\":\"\",\"currentPassword\":\"wrong\",\"newPassword\":\"" PASSWORD "\"}");
  g_autoptr (ServerReply) nothing
      = api_expect (world, 400, PATIENT, "PATCH", "/api/users/me", "{\"name\":\"X\"}");
  g_autoptr (ServerReply) now = api_expect (world, 200, PATIENT, "GET", "/api/users/me", NULL);

  g_assert_cmpstr (api_text (api_document (after, "user"), "phoneNumber"), ==, "+49 30 23125 777");
  g_assert_cmpstr (api_text (api_document (after, "user"), "role"), ==, "patient");
  g_assert_cmpstr (api_text (api_document (after, "user"), "name"), ==,
                   api_text (api_document (before, "user"), "name"));
  api_assert_names_field (bad, "phoneNumber");
  g_assert_nonnull (strstr (nothing->body, "Only phoneNumber"));
  g_assert_cmpstr (server_reply_get_code (wrong), ==, "wrong_password");
  g_assert_cmpstr (api_text (api_document (now, "user"), "phoneNumber"), ==, "+49 30 23125 777");
}

/* Page by page the directory is the same as at once, whatever is asked for. */
static void
test_pages (gconstpointer data)
{
  const char *list = data;
  const char *member = strstr (list, "hospitals") != NULL ? "hospitals" : "users";
  const char *mark = strchr (list, '?') != NULL ? "&" : "?";
  g_autoptr (ServerReply) whole = api_expect (world, 200, ADMIN, "GET", list, NULL);
  JsonArray *all = json_object_get_array_member (server_reply_get_data (whole), member);
  g_autofree char *cursor = NULL;
  guint n_seen = 0;

  g_assert_false (json_object_has_member (server_reply_get_data (whole), "nextCursor"));
  do
    {
      g_autofree char *path
          = g_strdup_printf ("%s%slimit=7%s%s", list, mark, cursor != NULL ? "&cursor=" : "",
                             cursor != NULL ? cursor : "");
      g_autoptr (ServerReply) page = api_expect (world, 200, ADMIN, "GET", path, NULL);
      JsonArray *part = json_object_get_array_member (server_reply_get_data (page), member);

      g_assert_cmpuint (json_array_get_length (part), <=, 7);
      for (guint i = 0; i < json_array_get_length (part); i++)
        g_assert_cmpstr (api_text (json_array_get_object_element (part, i), "id"), ==,
                         api_text (json_array_get_object_element (all, n_seen++), "id"));
      g_set_str (&cursor, api_text (server_reply_get_data (page), "nextCursor"));
    }
  while (cursor != NULL);
  g_assert_cmpuint (n_seen, ==, json_array_get_length (all));
}

static void
test_pages_malformed (void)
{
  static const char *const paths[]
      = { "/api/users?limit=0",  "/api/users?limit=501",     "/api/users?limit=x",
          "/api/users?cursor=x", "/api/hospitals?limit=501", "/api/hospitals?cursor=!" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    g_clear_pointer (&(ServerReply *){ api_expect (world, 400, ADMIN, "GET", paths[i], NULL) },
                     server_reply_free);
}

/* A hospital added by the admin. (transfer full) */
static char *
add_hospital (const char *more)
{
  g_autofree char *body = g_strdup_printf (
      "{\"name\":\"Casa Nova\",\"timezone\":\"Europe/Lisbon\",\"departments\":[\"Eyes\"]%s%s}",
      more != NULL ? "," : "", more != NULL ? more : "");
  g_autoptr (ServerReply) reply = api_expect (world, 201, ADMIN, "POST", "/api/hospitals", body);
  JsonObject *hospital = api_document (reply, "hospital");

  g_assert_cmpstr (server_reply_get_header (reply, "etag"), ==, "\"1\"");
  if (more == NULL)
    g_assert_cmpuint (
        json_array_get_length (json_object_get_array_member (hospital, "openingHours")), ==, 5);
  return g_strdup (api_text (hospital, "id"));
}

static void
test_hospital_malformed (void)
{
  static const struct
  {
    const char *member;
    const char *value;
    const char *field;
  } rows[] = {
    { "name", "\" \"", "name" },
    { "timezone", "\"Middle/Earth\"", "timezone" },
    { "timezone", "null", "timezone" },
    { "departments", "\"Eyes\"", "departments" },
    { "departments", "[\"\"]", "departments[0]" },
    { "openingHours", "{}", "openingHours" },
    { "openingHours", "[{\"day\":\"monday\",\"opens\":\"18:00\",\"closes\":\"08:00\"}]",
      "openingHours[0]" },
    { "openingHours", "[{\"day\":\"someday\",\"opens\":\"08:00\",\"closes\":\"09:00\"}]",
      "openingHours[0].day" },
    { "openingHours", "[{\"day\":\"monday\",\"opens\":\"8\",\"closes\":\"25:00\"}]",
      "openingHours[0].closes" },
    { "openingHours",
      "[{\"day\":\"monday\",\"opens\":\"08:00\",\"closes\":\"12:00\"},"
      "{\"day\":\"monday\",\"opens\":\"11:00\",\"closes\":\"13:00\"}]",
      "openingHours[1]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = api_with_member ("{\"name\":\"N\",\"timezone\":\"Europe/Lisbon\"}",
                                               rows[i].member, rows[i].value);
      g_autoptr (ServerReply) reply
          = api_expect (world, 400, ADMIN, "POST", "/api/hospitals", body);

      api_assert_names_field (reply, rows[i].field);
    }
}

static void
test_hospital_edit (void)
{
  g_autofree char *path = api_path ("/api/hospitals/%s", world->hospital);
  g_autoptr (ServerReply) before = api_expect (world, 200, DESK, "GET", path, NULL);
  g_autofree char *match
      = g_strconcat ("If-Match: ", server_reply_get_header (before, "etag"), NULL);
  g_autoptr (ServerReply) name
      = api_expect (world, 403, DESK, "PATCH", path, "{\"name\":\"Mine now\"}");
  g_autoptr (ServerReply) zone
      = api_expect (world, 403, DESK, "PATCH", path, "{\"timezone\":\"Asia/Tokyo\"}");
  g_autoptr (ServerReply) departments
      = api_expect_with (world, 200, DESK, "PATCH", path, match,
                         "{\"departments\":[\"Cardiology\",\"General Medicine\",\"Eyes\"]}");
  g_autoptr (ServerReply) late
      = api_expect_with (world, 412, DESK, "PATCH", path, match, "{\"departments\":[]}");
  JsonArray *kept = json_object_get_array_member (get_current (late, "hospital"), "departments");

  g_assert_cmpuint (json_array_get_length (kept), ==, 3);
  /* What is absent stays. */
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
                        api_document (departments, "hospital"), "openingHours")),
                    ==, 5);
}

/* The number of free slots of half an hour that a doctor of the hospital has on a day. */
static guint
count_slots (const char *doctor, const char *from, const char *to)
{
  g_autofree char *path
      = g_strdup_printf ("/api/availability?doctor=%s&from=%s&to=%s", doctor, from, to);
  g_autoptr (ServerReply) reply = api_expect (world, 200, ADMIN, "GET", path, NULL);

  return json_array_get_length (
      json_object_get_array_member (server_reply_get_data (reply), "slots"));
}

/* Free is what the hospital's doors are open for, and no other time. */
static void
test_opening_hours (void)
{
  g_autofree char *hospital = add_hospital (
      "\"openingHours\":[{\"day\":\"saturday\",\"opens\":\"14:00\",\"closes\":\"3 PM\"},"
      "{\"day\":\"saturday\",\"opens\":\"9:00\",\"closes\":\"10:00\"},"
      "{\"day\":\"sunday\",\"opens\":\"23:00\",\"closes\":\"24:00\"}]");
  g_autofree char *body
      = g_strdup_printf ("{\"name\":\"Dr. Weekend\",\"email\":\"weekend@example.org\","
                         "\"role\":\"doctor\",\"hospital\":\"%s\"}",
                         hospital);
  g_autoptr (ServerReply) made = api_expect (world, 201, ADMIN, "POST", "/api/users", body);
  const char *doctor = api_text (api_document (made, "user"), "id");
  g_autofree char *path = api_path ("/api/hospitals/%s", hospital);

  /* 2027-06-19 is a Saturday; Lisbon is an hour ahead of UTC. */
  g_assert_cmpuint (count_slots (doctor, "2027-06-14T00:00:00Z", "2027-06-18T20:00:00Z"), ==, 0);
  g_assert_cmpuint (count_slots (doctor, "2027-06-19T00:00:00Z", "2027-06-19T20:00:00Z"), ==, 6);
  g_assert_cmpuint (count_slots (doctor, "2027-06-19T13:00:00Z", "2027-06-19T14:00:00Z"), ==, 3);
  g_assert_cmpuint (count_slots (doctor, "2027-06-20T00:00:00Z", "2027-06-20T23:00:00Z"), ==, 3);

  g_clear_pointer (
      &(ServerReply *){ api_expect (world, 200, ADMIN, "PATCH", path, "{\"openingHours\":[]}") },
      server_reply_free);
  g_assert_cmpuint (count_slots (doctor, "2027-06-14T00:00:00Z", "2027-06-25T00:00:00Z"), ==, 0);
}

int
main (int argc, char **argv)
{
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();

  g_test_add_func ("/Rounds/Server/ApiPeople/add", test_add);
  g_test_add_func ("/Rounds/Server/ApiPeople/add-malformed", test_add_malformed);
  g_test_add_func ("/Rounds/Server/ApiPeople/add-twice", test_add_twice);
  g_test_add_func ("/Rounds/Server/ApiPeople/edit-rules", test_edit_rules);
  g_test_add_func ("/Rounds/Server/ApiPeople/edit-versions", test_edit_versions);
  g_test_add_func ("/Rounds/Server/ApiPeople/switch-off", test_switch_off);
  g_test_add_func ("/Rounds/Server/ApiPeople/password-by-admin", test_password_by_admin);
  g_test_add_func ("/Rounds/Server/ApiPeople/own-account", test_own_account);
  g_test_add_func ("/Rounds/Server/ApiPeople/edit-me", test_edit_me);
  g_test_add_data_func ("/Rounds/Server/ApiPeople/pages", "/api/users", test_pages);
  g_test_add_data_func ("/Rounds/Server/ApiPeople/pages-filtered", "/api/users?role=patient",
                        test_pages);
  g_test_add_data_func ("/Rounds/Server/ApiPeople/pages-hospitals", "/api/hospitals", test_pages);
  g_test_add_func ("/Rounds/Server/ApiPeople/pages-malformed", test_pages_malformed);
  g_test_add_func ("/Rounds/Server/ApiPeople/hospital-malformed", test_hospital_malformed);
  g_test_add_func ("/Rounds/Server/ApiPeople/hospital-edit", test_hospital_edit);
  g_test_add_func ("/Rounds/Server/ApiPeople/opening-hours", test_opening_hours);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
