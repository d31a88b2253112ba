/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of links by the thousand: who asks twice within a minute gets the same one, and nobody ever
 * gets somebody else's, one for longer, or one of another time.
 */

#include "config.h"

#include "jitsi-test-keys.h"
#include "rounds-clock.h"
#include "rounds-init.h"
#include "rounds-jitsi-link.h"
#include "rounds-jitsi-minter.h"
#include "rounds-jitsi-token-cache.h"

#define ROOM "meeting-65a4f0c2b7e8d9f001234567-a1b2c3d4e5f60718"
/* The beginning of a minute. */
#define NOON (G_GINT64_CONSTANT (1705320000) * ROUNDS_SECOND)

static const RoundsJitsiPerson doctor = {
  .id = "65a4f0c2b7e8d9f0aabbccdd",
  .name = "Dr. Zoë Ångström",
  .email = "zoe@example.org",
  .moderator = TRUE,
};

typedef struct
{
  RoundsJitsiConfig *config;
  RoundsJitsiMinter *minter;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer ttl)
{
  g_autoptr (GError) error = NULL;

  fixture->config = rounds_jitsi_config_new ();
  fixture->config->app_id = g_strdup ("hospital");
  fixture->config->secret = g_strdup (TEST_SECRET);
  fixture->config->domain = g_strdup ("meet.example.org");
  if (ttl != NULL)
    fixture->config->token_ttl = GPOINTER_TO_INT (ttl);
  fixture->minter = rounds_jitsi_minter_new (fixture->config, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer ttl)
{
  rounds_jitsi_minter_free (fixture->minter);
  rounds_jitsi_config_free (fixture->config);
}

static char *
make_link (Fixture *fixture, const RoundsJitsiPerson *person, const char *room, gint64 now,
           gint64 end)
{
  g_autoptr (GError) error = NULL;
  char *link = rounds_jitsi_minter_link (fixture->minter, person, room, now, end, &error);

  g_assert_no_error (error);
  return link;
}

/* What is in @link, after a check of its signature. */
static RoundsJitsiToken *
open_link (const char *link)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsJitsiLink) parsed = rounds_jitsi_link_parse (link, &error);
  RoundsJitsiToken *token = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (parsed->room, ==, ROOM);
  token = rounds_jitsi_token_verify (parsed->token, TEST_SECRET, &error);
  g_assert_no_error (error);
  return token;
}

static void
test_same_for_a_minute (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *first = make_link (fixture, &doctor, ROOM, NOON, ROUNDS_TIME_NONE);
  g_autofree char *last
      = make_link (fixture, &doctor, ROOM, NOON + ROUNDS_MINUTE - 1, ROUNDS_TIME_NONE);
  g_autofree char *next
      = make_link (fixture, &doctor, ROOM, NOON + ROUNDS_MINUTE, ROUNDS_TIME_NONE);
  g_autofree char *before = make_link (fixture, &doctor, ROOM, NOON, ROUNDS_TIME_NONE);
  g_autoptr (RoundsJitsiToken) early = open_link (last);
  g_autoptr (RoundsJitsiToken) late = open_link (next);

  g_assert_cmpstr (first, ==, last);
  g_assert_cmpstr (first, !=, next);
  /* A clock that was set back. */
  g_assert_cmpstr (first, ==, before);
  g_assert_cmpint (late->expires_at, ==, early->expires_at + ROUNDS_MINUTE);
}

static void
test_times (Fixture *fixture, gconstpointer unused)
{
  const gint64 ttl = fixture->config->token_ttl * ROUNDS_SECOND;
  const gint64 now = NOON + 42 * ROUNDS_SECOND + 1;
  const gint64 call_end = now + ttl + ROUNDS_HOUR;
  g_autofree char *usual = make_link (fixture, &doctor, ROOM, now, ROUNDS_TIME_NONE);
  g_autofree char *longer = make_link (fixture, &doctor, ROOM, now, call_end);
  g_autoptr (RoundsJitsiToken) usual_token = open_link (usual);
  g_autoptr (RoundsJitsiToken) longer_token = open_link (longer);

  /* Good at once and, at the most, as long as the setting says. */
  g_assert_cmpint (usual_token->not_before, <=, now - 10 * ROUNDS_SECOND);
  g_assert_cmpint (usual_token->expires_at, <=, now + ttl);
  g_assert_cmpint (usual_token->expires_at, >, now + ttl - ROUNDS_MINUTE);
  g_assert_cmpint (usual_token->expires_at, ==,
                   rounds_jitsi_minter_get_link_end (fixture->minter, now));
  /* It says the same until the minute is over. */
  const gint64 change = rounds_jitsi_minter_get_span_end (fixture->minter, now);
  g_autofree char *last = make_link (fixture, &doctor, ROOM, change - 1, ROUNDS_TIME_NONE);
  g_autofree char *next = make_link (fixture, &doctor, ROOM, change, ROUNDS_TIME_NONE);
  g_assert_cmpint (change, >, now);
  g_assert_cmpstr (last, ==, usual);
  g_assert_cmpstr (next, !=, usual);
  /* What has to last to the end of a call does so to the second. */
  g_assert_cmpint (longer_token->expires_at, >=, call_end);
  g_assert_cmpint (longer_token->expires_at, <, call_end + ROUNDS_SECOND);
}

/* Of a life of a minute, no more than a second is lost. */
static void
test_short_life (Fixture *fixture, gconstpointer unused)
{
  const gint64 now = NOON + 42 * ROUNDS_SECOND + ROUNDS_SECOND / 2;
  g_autofree char *link = make_link (fixture, &doctor, ROOM, now, ROUNDS_TIME_NONE);
  g_autoptr (RoundsJitsiToken) token = open_link (link);

  g_assert_cmpint (token->expires_at, <=, now + ROUNDS_MINUTE);
  g_assert_cmpint (token->expires_at, >, now + 59 * ROUNDS_SECOND - 1);
}

/* Whatever differs in one thing, within the same minute and by turns. */
static void
test_never_mixed_up (Fixture *fixture, gconstpointer unused)
{
  static const RoundsJitsiPerson people[] = {
    { "65a4f0c2b7e8d9f0aabbccdd", "Ann", "ann@example.org", FALSE },
    { "65a4f0c2b7e8d9f0aabbccdd", "Ann", "ann@example.org", TRUE },
    { "65a4f0c2b7e8d9f0aabbccde", "Ann", "ann@example.org", FALSE },
    { "65a4f0c2b7e8d9f0aabbccdd", "Ann\",\"moderator\":true,\"x\":\"", "ann@example.org", FALSE },
    { "65a4f0c2b7e8d9f0aabbccdd", "Ann", "ann@example.com", FALSE },
    { "65a4f0c2b7e8d9f0aabbccdd", "Ann", NULL, FALSE },
    { "65a4f0c2b7e8d9f0aabbccdd", NULL, "ann@example.org", FALSE },
  };

  for (guint round = 0; round < 2; round++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
        {
          g_autofree char *link = make_link (fixture, &people[i], ROOM, NOON, ROUNDS_TIME_NONE);
          g_autoptr (RoundsJitsiToken) token = open_link (link);

          g_assert_cmpstr (token->user_id, ==, people[i].id);
          g_assert_cmpstr (token->user_name, ==, people[i].name);
          g_assert_cmpstr (token->user_email, ==, people[i].email);
          g_assert_cmpint (token->moderator, ==, people[i].moderator);
          g_assert_cmpstr (token->room, ==, ROOM);
        }
    }
}

/* The room that @link's token opens. @secret: it has to be signed with. */
static char *
dup_token_room (const char *link, const char *secret)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsJitsiLink) parsed = rounds_jitsi_link_parse (link, &error);
  g_assert_no_error (error);
  g_autoptr (RoundsJitsiToken) token = rounds_jitsi_token_verify (parsed->token, secret, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (token->room, ==, parsed->room);
  return g_strdup (token->room);
}

static void
test_own_rooms (Fixture *fixture, gconstpointer unused)
{
  static const char *const rooms[] = { "meeting-1-a", "meeting-1-b", "meeting-1-a", "meeting-2-c" };

  for (gsize i = 0; i < G_N_ELEMENTS (rooms); i++)
    {
      g_autofree char *link = make_link (fixture, &doctor, rooms[i], NOON, ROUNDS_TIME_NONE);
      g_autofree char *room = dup_token_room (link, TEST_SECRET);

      g_assert_cmpstr (room, ==, rooms[i]);
    }
}

/* Two servers in one process say the same of the same person, each with its own signature. */
static void
test_own_key (Fixture *fixture, gconstpointer unused)
{
  static const char other_secret[] = "another secret, also with enough bytes in it";
  g_autoptr (RoundsJitsiConfig) config = rounds_jitsi_config_new ();
  g_autoptr (GError) error = NULL;

  config->app_id = g_strdup (fixture->config->app_id);
  config->secret = g_strdup (other_secret);
  config->domain = g_strdup (fixture->config->domain);
  g_autoptr (RoundsJitsiMinter) other = rounds_jitsi_minter_new (config, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *room = g_strdup_printf ("meeting-%u-a", i);
      g_autofree char *link = make_link (fixture, &doctor, room, NOON, ROUNDS_TIME_NONE);
      g_autofree char *second
          = rounds_jitsi_minter_link (other, &doctor, room, NOON, ROUNDS_TIME_NONE, &error);
      g_assert_no_error (error);
      g_autofree char *one = dup_token_room (link, TEST_SECRET);
      g_autofree char *two = dup_token_room (second, other_secret);

      g_assert_cmpstr (one, ==, room);
      g_assert_cmpstr (two, ==, room);
    }
}

/* One that is asked for by itself is of this second, and nobody gets it again. */
static void
test_mint_is_of_now (Fixture *fixture, gconstpointer unused)
{
  const gint64 now = NOON + 42 * ROUNDS_SECOND;
  g_autofree char *text
      = rounds_jitsi_minter_mint (fixture->minter, &doctor, ROOM, now, ROUNDS_TIME_NONE, NULL);
  g_autoptr (RoundsJitsiToken) token = rounds_jitsi_token_verify (text, TEST_SECRET, NULL);

  g_assert_cmpint (token->not_before, ==, now - 10 * ROUNDS_SECOND);
  g_assert_cmpint (token->expires_at, ==, now + fixture->config->token_ttl * ROUNDS_SECOND);
}

static void
test_nobody_gets_none (Fixture *fixture, gconstpointer unused)
{
  static const RoundsJitsiPerson nobody = { .id = "", .name = "Nobody" };

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rounds_jitsi_minter_link (fixture->minter, &nobody, ROOM, NOON,
                                               ROUNDS_TIME_NONE, &error));
      g_assert_error (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_TOKEN);
    }
}

static void
assert_kept (RoundsJitsiTokenCache *cache, gint64 span, const char *payload, const char *expected)
{
  g_autofree char *found = rounds_jitsi_token_cache_find (cache, span, payload);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_cache_forgets (void)
{
  g_autoptr (RoundsJitsiTokenCache) cache = rounds_jitsi_token_cache_new (2);

  assert_kept (cache, 0, "a", NULL);
  rounds_jitsi_token_cache_keep (cache, 1, "a", "A");
  rounds_jitsi_token_cache_keep (cache, 1, "b", "B");
  assert_kept (cache, 1, "a", "A");
  assert_kept (cache, 1, "b", "B");
  assert_kept (cache, 2, "a", NULL);
  assert_kept (cache, 0, "a", NULL);
  /* Full: it begins anew. */
  rounds_jitsi_token_cache_keep (cache, 1, "c", "C");
  assert_kept (cache, 1, "c", "C");
  assert_kept (cache, 1, "a", NULL);
  /* Another minute. */
  rounds_jitsi_token_cache_keep (cache, 2, "d", "D");
  assert_kept (cache, 2, "d", "D");
  assert_kept (cache, 2, "c", NULL);
  assert_kept (cache, 1, "c", NULL);
}

#define ADD(name, ttl, func)                                                                       \
  g_test_add ("/Rounds/Jitsi/Minter/" name, Fixture, ttl, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  rounds_init ("test-jitsi-minter");
  g_test_init (&argc, &argv, NULL);

  ADD ("same-for-a-minute", NULL, test_same_for_a_minute);
  ADD ("times", NULL, test_times);
  ADD ("short-life", GINT_TO_POINTER (60), test_short_life);
  ADD ("never-mixed-up", NULL, test_never_mixed_up);
  ADD ("own-rooms", NULL, test_own_rooms);
  ADD ("own-key", NULL, test_own_key);
  ADD ("mint-is-of-now", NULL, test_mint_is_of_now);
  ADD ("nobody-gets-none", NULL, test_nobody_gets_none);
  g_test_add_func ("/Rounds/Jitsi/TokenCache/forgets", test_cache_forgets);

  return g_test_run ();
}
