/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Lists in pages: that they hold what the whole list holds, in its order.
 * Who sees which list is in test-api-access.c.
 */

#include "config.h"

#include "api-world.h"
#include "rounds-json.h"
#include "rounds-test.h"

static ApiWorld *world;

/* The ids of @member in @reply, appended to @ids. Returns the next cursor or NULL. (transfer full)
 */
static char *
collect (ServerReply *reply, const char *member, GPtrArray *ids)
{
  JsonObject *data = server_reply_get_data (reply);
  JsonArray *array = json_object_get_array_member (data, member);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (ids, g_strdup (api_text (json_array_get_object_element (array, i), "_id")));
  return g_strdup (api_text (data, "nextCursor"));
}

static void
check_pages (ApiPerson who, const char *kind, guint limit)
{
  g_autofree char *path = g_strdup_printf ("/api/%s/user/%s", kind, world->ids[who]);
  g_autoptr (GPtrArray) whole = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) paged = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ServerReply) all = api_expect (world, 200, who, "GET", path, NULL);
  g_autofree char *none = collect (all, kind, whole);
  g_autofree char *cursor = NULL;
  gboolean more = TRUE;

  g_assert_null (none);
  while (more)
    {
      const guint before = paged->len;
      g_autofree char *page_path
          = g_strdup_printf ("%s?limit=%u%s%s", path, limit, cursor != NULL ? "&cursor=" : "",
                             cursor != NULL ? cursor : "");
      g_autoptr (ServerReply) page = api_expect (world, 200, who, "GET", page_path, NULL);

      g_free (cursor);
      cursor = collect (page, kind, paged);
      more = cursor != NULL;
      g_assert_cmpuint (paged->len - before, <=, limit);
      if (more)
        g_assert_cmpuint (paged->len - before, ==, limit);
    }

  g_assert_cmpuint (paged->len, ==, whole->len);
  for (guint i = 0; i < whole->len; i++)
    g_assert_cmpstr (g_ptr_array_index (paged, i), ==, g_ptr_array_index (whole, i));
}

static void
test_pages (void)
{
  static const ApiPerson people[] = { DOCTOR, DESK, ADMIN, PATIENT };
  static const guint limits[] = { 7, 100, 500 };

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      for (gsize k = 0; k < G_N_ELEMENTS (limits); k++)
        {
          check_pages (people[i], "appointments", limits[k]);
          check_pages (people[i], "meetings", limits[k]);
        }
    }
}

static const struct
{
  const char *from; /* or NULL */
  const char *to;
} RANGES[] = {
  { "2027-03-01T00:00:00Z", "2027-03-02T00:00:00Z" },
  { "2027-03-01T00:00:00Z", NULL },
  { NULL, "2027-03-01T00:00:00.001Z" },
  { "2027-03-01T02:00:00%2B02:00", NULL },
  /* As people write it who do not know that a plus is a space in an address. */
  { "2027-03-01T02:00:00+02:00", NULL },
  { "2027-03-02T00:00:00Z", "2027-03-01T00:00:00Z" },
  { NULL, "1970-01-01T00:00:00Z" },
};

static gint64
read_moment (const char *escaped, gint64 otherwise)
{
  g_autofree char *text = g_uri_unescape_string (escaped, NULL);
  gint64 moment = otherwise;

  if (text != NULL)
    g_assert_true (rounds_time_from_rfc3339 (text, &moment));
  return moment;
}

static char *
write_range_path (ApiPerson who, gsize i, guint limit, const char *cursor)
{
  g_autoptr (GString) path = g_string_new (NULL);

  g_string_printf (path, "/api/meetings/user/%s?limit=%u", world->ids[who], limit);
  if (RANGES[i].from != NULL)
    g_string_append_printf (path, "&from=%s", RANGES[i].from);
  if (RANGES[i].to != NULL)
    g_string_append_printf (path, "&to=%s", RANGES[i].to);
  if (cursor != NULL)
    g_string_append_printf (path, "&cursor=%s", cursor);
  return g_string_free_and_steal (g_steal_pointer (&path));
}

/* What the whole list has between two moments, in its order. */
static GPtrArray *
find_between (ApiPerson who, gint64 from, gint64 to)
{
  g_autofree char *path = g_strdup_printf ("/api/meetings/user/%s", world->ids[who]);
  g_autoptr (ServerReply) reply = api_expect (world, 200, who, "GET", path, NULL);
  JsonArray *all = json_object_get_array_member (server_reply_get_data (reply), "meetings");
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (all); i++)
    {
      JsonObject *meeting = json_array_get_object_element (all, i);
      gint64 start = read_moment (api_text (meeting, "scheduledAt"), 0);

      if (start >= from && start < to)
        g_ptr_array_add (ids, g_strdup (api_text (meeting, "_id")));
    }
  return ids;
}

static void
test_range (void)
{
  static const char *const moments[]
      = { "2027-02-28T23:59:59.999Z", "2027-03-01T00:00:00Z", "2027-03-01T00:00:00Z",
          "2027-03-01T23:59:59.999Z", "2027-03-02T00:00:00Z" };

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"participants\":[\"%s\"],\"title\":\"Then\","
                                               "\"scheduledAt\":\"%s\"}",
                                               world->ids[DOCTOR2], moments[i]);
      g_autoptr (ServerReply) reply
          = api_expect (world, 201, DOCTOR, "POST", "/api/meetings", body);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (RANGES); i++)
    {
      g_autoptr (GPtrArray) expected
          = find_between (DOCTOR2, read_moment (RANGES[i].from, G_MININT64),
                          read_moment (RANGES[i].to, G_MAXINT64));
      g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *cursor = NULL;

      do
        {
          g_autofree char *path = write_range_path (DOCTOR2, i, 2, cursor);
          g_autoptr (ServerReply) page = api_expect (world, 200, DOCTOR2, "GET", path, NULL);

          g_free (cursor);
          cursor = collect (page, "meetings", found);
        }
      while (cursor != NULL);
      g_assert_cmpuint (found->len, ==, expected->len);
      for (guint j = 0; j < found->len; j++)
        g_assert_cmpstr (found->pdata[j], ==, expected->pdata[j]);
    }
}

/* Many at one moment: the order goes on by id, none is lost between two pages. */
static void
test_same_moment (void)
{
  for (int i = 0; i < 5; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"participants\":[\"%s\"],\"title\":\"At "
                                               "once\",\"scheduledAt\":\"2030-01-01T09:00:00Z\"}",
                                               world->ids[DOCTOR2]);
      g_autoptr (ServerReply) reply
          = api_expect (world, 201, DOCTOR, "POST", "/api/meetings", body);
    }
  check_pages (DOCTOR, "meetings", 2);
  check_pages (DOCTOR2, "meetings", 1);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *query;
    const char *field;
  } cases[] = {
    { "limit=0", "limit" },
    { "limit=501", "limit" },
    { "limit=-1", "limit" },
    { "limit=many", "limit" },
    { "limit=", "limit" },
    { "limit=5&cursor=", "cursor" },
    { "cursor=%00", "cursor" },
    { "limit=%zz", "limit" },
    { "to=%ff", "to" },
    { "cursor=AAAA", "cursor" },
    { "cursor=%22%27", "cursor" },
    { "from=today", "from" },
    { "from=", "from" },
    { "to=2027-02-30T00:00:00Z", "to" },
    { "cursor=MTIzNDU2NzhnZ2dnZ2dnZ2dnZ2dnZ2dnZ2dnZ2dnZw", "cursor" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/api/meetings/user/%s?%s", world->ids[DOCTOR], cases[i].query);
      /* Also what cannot be decoded: as absent it would ask for everything. */
      g_autoptr (ServerReply) reply = api_expect (world, 400, DOCTOR, "GET", path, NULL);

      api_assert_names_field (reply, cases[i].field);
    }
}

int
main (int argc, char **argv)
{
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();

  g_test_add_func ("/Rounds/Server/ApiPages/pages", test_pages);
  g_test_add_func ("/Rounds/Server/ApiPages/same-moment", test_same_moment);
  g_test_add_func ("/Rounds/Server/ApiPages/range", test_range);
  g_test_add_func ("/Rounds/Server/ApiPages/refused", test_refused);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
