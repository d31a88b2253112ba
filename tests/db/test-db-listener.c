/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Hearing notifications: in order, when committed, and after the connection was lost.
 * What the server does with them is tested there.
 */

#include "config.h"

#include <poll.h>
#include <string.h>

#include "db-fixture.h"
#include "rounds-db-listener.h"
#include "rounds-test.h"

/* Only reached by a test that hangs. */
#define PATIENCE_MS 60000

static RoundsDbListener *
open_listener (DbFixture *fixture)
{
  RoundsDbPostgresOptions options = { .url = db_fixture_get_url (fixture) };
  g_autoptr (GError) error = NULL;
  RoundsDbListener *listener = rounds_db_listener_new (&options, "rounds_test", &error);

  g_assert_no_error (error);
  return listener;
}

/* The next thing heard, however long it takes. */
static RoundsDbHeard
hear (RoundsDbListener *listener, char **payload)
{
  struct pollfd look = { .fd = rounds_db_listener_get_fd (listener), .events = POLLIN };
  RoundsDbHeard heard;

  while ((heard = rounds_db_listener_take (listener, payload)) == ROUNDS_DB_HEARD_NOTHING)
    g_assert_cmpint (poll (&look, 1, PATIENCE_MS), ==, 1);
  return heard;
}

static void
expect_gap (RoundsDbListener *listener)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (hear (listener, NULL), ==, ROUNDS_DB_HEARD_GAP);
  g_assert_true (rounds_db_listener_check (listener, &error));
  g_assert_no_error (error);
}

static void
expect_payload (RoundsDbListener *listener, const char *expected)
{
  g_autofree char *payload = NULL;

  g_assert_cmpint (hear (listener, &payload), ==, ROUNDS_DB_HEARD_PAYLOAD);
  g_assert_cmpstr (payload, ==, expected);
}

static void
notify (RoundsDb *db, const char *payload)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "SELECT pg_notify ('rounds_test', $1)", &error);

  g_assert_no_error (error);
  rounds_db_bind_text (statement, 1, payload);
  rounds_db_run (statement, &error);
  g_assert_no_error (error);
}

static void
test_hears_in_order (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (RoundsDbListener) listener = open_listener (fixture);
  struct pollfd look = { .fd = rounds_db_listener_get_fd (listener), .events = POLLIN };
  g_autofree char *payload = NULL;

  /* What was notified before it listened is lost, and it says so. */
  expect_gap (listener);
  notify (db, "1");
  notify (db, "Zoë's 'second'");
  notify (db, "");
  expect_payload (listener, "1");
  expect_payload (listener, "Zoë's 'second'");
  expect_payload (listener, "");
  g_assert_cmpint (rounds_db_listener_take (listener, &payload), ==, ROUNDS_DB_HEARD_NOTHING);
  g_assert_null (payload);
  g_assert_cmpint (poll (&look, 1, 0), ==, 0);
}

static void
test_hears_what_is_committed (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (RoundsDbListener) listener = open_listener (fixture);

  expect_gap (listener);
  g_assert_true (rounds_db_begin (db, NULL));
  notify (db, "undone");
  rounds_db_rollback (db);
  g_assert_true (rounds_db_begin (db, NULL));
  notify (db, "kept");
  g_assert_true (rounds_db_commit (db, NULL));
  expect_payload (listener, "kept");
}

static void
test_every_listener_hears (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  RoundsDbListener *listeners[4];

  for (gsize i = 0; i < G_N_ELEMENTS (listeners); i++)
    {
      listeners[i] = open_listener (fixture);
      expect_gap (listeners[i]);
    }
  notify (db, "all");
  for (gsize i = 0; i < G_N_ELEMENTS (listeners); i++)
    {
      expect_payload (listeners[i], "all");
      rounds_db_listener_free (listeners[i]);
    }
}

static void
cut_listeners (RoundsDb *db)
{
  g_assert_cmpint (db_fixture_ask (db, "SELECT count (pg_terminate_backend (pid, 5000))"
                                       " FROM pg_stat_activity WHERE query LIKE 'LISTEN %'"
                                       " AND datname = current_database ()"),
                   ==, 1);
}

static void
test_lost_connections_are_a_gap (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (RoundsDbListener) listener = open_listener (fixture);

  expect_gap (listener);
  for (int i = 0; i < 3; i++)
    {
      notify (db, "before");
      expect_payload (listener, "before");
      cut_listeners (db);
      expect_gap (listener);
      notify (db, "after");
      expect_payload (listener, "after");
    }
}

/* Nothing is missing without a gap before it. */
static void
test_too_many_are_a_gap (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (RoundsDbListener) listener = open_listener (fixture);
  gint64 last = 0;

  expect_gap (listener);
  db_fixture_exec (db, "SELECT pg_notify ('rounds_test', CAST (i AS TEXT))"
                       " FROM generate_series (1, 5000) AS i");
  while (last < 5000)
    {
      g_autofree char *payload = NULL;
      RoundsDbHeard heard = hear (listener, &payload);

      if (heard == ROUNDS_DB_HEARD_GAP)
        {
          g_assert_cmpint (hear (listener, &payload), ==, ROUNDS_DB_HEARD_PAYLOAD);
          g_assert_cmpint (g_ascii_strtoll (payload, NULL, 10), >, last);
          last = g_ascii_strtoll (payload, NULL, 10) - 1;
        }
      g_assert_cmpint (g_ascii_strtoll (payload, NULL, 10), ==, last + 1);
      last++;
    }
}

static void
test_unreachable_servers_are_told (void)
{
  RoundsDbPostgresOptions options = { .url = "postgresql://me:Geheim@/x?host=/no/such/folder" };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDbListener) listener = rounds_db_listener_new (&options, "rounds", &error);

  g_assert_no_error (error);
  g_assert_false (rounds_db_listener_check (listener, &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_OPEN);
  g_assert_null (strstr (error->message, "Geheim"));
  g_assert_cmpint (rounds_db_listener_take (listener, NULL), ==, ROUNDS_DB_HEARD_NOTHING);
}

static void
test_bad_addresses_are_refused (void)
{
  RoundsDbPostgresOptions options = { .url = "postgresql://[" };
  g_autoptr (GError) error = NULL;

  g_assert_null (rounds_db_listener_new (&options, "rounds", &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_OPEN);
}

/* A channel stands in SQL, so it is a word and nothing else. */
static void
test_bad_channels_are_defects (void)
{
  const char *const channels[] = { "", "two words", "a;DROP TABLE t", "\"a\"", "Upper" };
  RoundsDbPostgresOptions options = { .url = "postgresql:///x" };

  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      g_test_expect_message ("rounds-db", G_LOG_LEVEL_CRITICAL, "*is_name (channel)*");
      g_assert_null (rounds_db_listener_new (&options, channels[i], NULL));
      g_test_assert_expected_messages ();
    }
}

static void
add (const char *path, DbFixtureTest test)
{
  db_fixture_add_for (ROUNDS_DB_DIALECT_POSTGRES, path, test);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  add ("/Rounds/Db/Listener/hears-in-order", test_hears_in_order);
  add ("/Rounds/Db/Listener/hears-what-is-committed", test_hears_what_is_committed);
  add ("/Rounds/Db/Listener/every-listener-hears", test_every_listener_hears);
  add ("/Rounds/Db/Listener/lost-connections", test_lost_connections_are_a_gap);
  add ("/Rounds/Db/Listener/too-many", test_too_many_are_a_gap);
  g_test_add_func ("/Rounds/Db/Listener/unreachable-servers", test_unreachable_servers_are_told);
  g_test_add_func ("/Rounds/Db/Listener/bad-addresses", test_bad_addresses_are_refused);
  g_test_add_func ("/Rounds/Db/Listener/bad-channels", test_bad_channels_are_defects);
  return g_test_run ();
}
