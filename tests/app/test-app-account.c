/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An account's life against a real roundsd: signed in, kept, opened offline, signed out.
 * The real keyring is tested in tests/secret; here it is one in memory.
 */

#include "config.h"

#include <string.h>
#include <sys/mount.h>

#include "rounds-account-cache.h"
#include "rounds-account-key.h"
#include "rounds-account.h"
#include "rounds-test.h"
#include "server-fixture.h"

#define EMAIL "doctor@example.org"
#define PASSWORD "demo-password"

typedef struct
{
  ServerFixture *server;
  RoundsSecrets *secrets;
  RoundsClock *clock;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = server_fixture_new ();
  fixture->secrets = rounds_secret_memory_new ();
  fixture->clock = rounds_clock_new_system ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->secrets);
  g_clear_object (&fixture->clock);
  g_clear_pointer (&fixture->server, server_fixture_free);
}

static const char *
get_uri (Fixture *fixture)
{
  return server_fixture_get_uri (fixture->server);
}

static RoundsAccount *
sign_in (Fixture *fixture)
{
  return rounds_test_expect_object (rounds_account_sign_in (fixture->secrets, fixture->clock,
                                                            get_uri (fixture), EMAIL, PASSWORD));
}

static DexFuture *
restore (Fixture *fixture)
{
  return rounds_account_restore (fixture->secrets, fixture->clock, get_uri (fixture), EMAIL);
}

static char *
dup_secret (Fixture *fixture, RoundsSecretKind kind)
{
  g_autoptr (DexFuture) future
      = rounds_secrets_lookup (fixture->secrets, kind, get_uri (fixture), EMAIL);
  const GValue *value;

  rounds_test_wait_for (future);
  value = dex_future_get_value (future, NULL);
  return g_value_dup_boxed (value);
}

static void
test_sign_in (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAccount) account = sign_in (fixture);
  g_autofree char *path = rounds_account_cache_path (get_uri (fixture), EMAIL);
  g_autofree char *token = dup_secret (fixture, ROUNDS_SECRET_ACCESS_TOKEN);
  g_autofree char *key = dup_secret (fixture, ROUNDS_SECRET_CACHE_KEY);

  g_assert_cmpstr (rounds_account_get_user (account)->email, ==, EMAIL);
  g_assert_cmpstr (rounds_account_get_server (account), ==, get_uri (fixture));
  g_assert_nonnull (token);
  g_assert_cmpuint (strlen (key), ==, 64);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  rounds_test_expect (rounds_account_close (account));
}

/* The file tells neither who nor what is in it. */
static void
test_file_is_sealed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAccount) account = sign_in (fixture);
  g_autofree char *path = rounds_account_cache_path (get_uri (fixture), EMAIL);
  g_autofree char *content = NULL;
  gsize length;

  rounds_test_expect (rounds_account_close (account));
  g_assert_null (strstr (path, "doctor"));
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_null (memmem (content, length, EMAIL, strlen (EMAIL)));
  g_assert_null (memmem (content, length, "SQLite format 3", 15));
}

static void
test_wrong_password (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = rounds_account_cache_path (get_uri (fixture), EMAIL);
  g_autofree char *token = NULL;

  rounds_test_expect_error (
      rounds_account_sign_in (fixture->secrets, fixture->clock, get_uri (fixture), EMAIL, "wrong"),
      ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED);
  token = dup_secret (fixture, ROUNDS_SECRET_ACCESS_TOKEN);
  g_assert_null (token);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_bad_address (Fixture *fixture, gconstpointer data)
{
  rounds_test_expect_error (rounds_account_sign_in (fixture->secrets, fixture->clock,
                                                    "http://rounds.example.org", EMAIL, PASSWORD),
                            ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_ADDRESS);
}

/* The way in for servers that have no sign-in of their own; ours takes it as well. */
static void
test_given_token (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAccount) account = sign_in (fixture);
  g_autofree char *token = dup_secret (fixture, ROUNDS_SECRET_ACCESS_TOKEN);
  g_autofree char *other = NULL;

  rounds_test_expect (rounds_account_close (account));
  g_clear_object (&account);
  rounds_test_expect_error (rounds_account_sign_in_with_token (fixture->secrets, fixture->clock,
                                                               get_uri (fixture), "none"),
                            ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED);
  other = dup_secret (fixture, ROUNDS_SECRET_ACCESS_TOKEN);
  g_assert_cmpstr (other, ==, token);

  account = rounds_test_expect_object (rounds_account_sign_in_with_token (
      fixture->secrets, fixture->clock, get_uri (fixture), token));
  g_assert_cmpstr (rounds_account_get_email (account), ==, EMAIL);
  g_assert_cmpint (rounds_account_get_user (account)->role, ==, ROUNDS_ROLE_DOCTOR);
  rounds_test_expect (rounds_account_close (account));
}

static void
test_restore_nothing (Fixture *fixture, gconstpointer data)
{
  rounds_test_expect_error (restore (fixture), G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Without a connection the day is there, and whose it is. */
static void
test_restore_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAccount) account = sign_in (fixture);
  g_autoptr (RoundsAccount) again = NULL;

  rounds_test_expect (rounds_account_close (account));
  server_fixture_stop (fixture->server);
  again = rounds_test_expect_object (restore (fixture));
  g_assert_cmpstr (rounds_account_get_user (again)->email, ==, EMAIL);
  rounds_test_expect (rounds_account_close (again));
}

/* The person will be told that nothing is left of the one before. */
static void
expect_new_file (RoundsAccount *account)
{
  g_autoptr (DexFuture) fact = rounds_store_get_fact (
      rounds_sync_get_store (rounds_account_get_sync (account)), ROUNDS_STORE_FACT_MENDED);

  rounds_test_wait_for (fact);
  g_assert_cmpstr (g_value_get_string (dex_future_get_value (fact, NULL)), ==,
                   ROUNDS_STORE_MENDED_NOTHING);
}

/* A key that was lost makes the file unreadable: it is thrown away and begun anew. */
static void
test_restore_without_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAccount) account = sign_in (fixture);
  g_autoptr (RoundsAccount) again = NULL;
  g_autofree char *token = dup_secret (fixture, ROUNDS_SECRET_ACCESS_TOKEN);

  rounds_test_expect (rounds_account_close (account));
  rounds_test_expect (rounds_secrets_clear (fixture->secrets, get_uri (fixture), EMAIL));
  rounds_test_expect (rounds_secrets_store (fixture->secrets, ROUNDS_SECRET_ACCESS_TOKEN,
                                            get_uri (fixture), EMAIL, token));
  again = rounds_test_expect_object (restore (fixture));
  g_assert_cmpstr (rounds_account_get_user (again)->email, ==, EMAIL);
  expect_new_file (again);
  rounds_test_expect (rounds_account_close (again));
}

static void
test_restore_with_other_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAccount) account = sign_in (fixture);
  g_autoptr (RoundsAccount) again = NULL;
  g_autofree char *key = g_strnfill (64, 'a');

  rounds_test_expect (rounds_account_close (account));
  rounds_test_expect (rounds_secrets_store (fixture->secrets, ROUNDS_SECRET_CACHE_KEY,
                                            get_uri (fixture), EMAIL, key));
  again = rounds_test_expect_object (restore (fixture));
  expect_new_file (again);
  rounds_test_expect (rounds_account_close (again));
}

static void
expect_nothing_left (Fixture *fixture)
{
  g_autofree char *path = rounds_account_cache_path (get_uri (fixture), EMAIL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *token = dup_secret (fixture, ROUNDS_SECRET_ACCESS_TOKEN);
  g_autofree char *key = dup_secret (fixture, ROUNDS_SECRET_CACHE_KEY);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_null (token);
  g_assert_null (key);
  g_assert_nonnull (dir);
  g_assert_null (g_dir_read_name (dir));
}

/* Whatever stands in the keyring in the key's place: an error that says so. */
static void
test_key (void)
{
#define HEX "00112233445566778899aabbccddeeff"
  static const char *const wrong[] = { "",
                                       "0",
                                       HEX,
                                       HEX HEX "0",
                                       HEX "g0112233445566778899aabbccddeeff",
                                       HEX "00112233445566778899aabbccddee f" };
  guint8 key[ROUNDS_STORE_KEY_LENGTH];

  g_assert_true (rounds_account_key_read (HEX HEX, key, NULL));
  g_assert_cmphex (key[0], ==, 0x00);
  g_assert_cmphex (key[31], ==, 0xff);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (rounds_account_key_read (wrong[i], key, &error));
      g_assert_error (error, ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_LOCKED);
    }
#undef HEX
}

/* What is not sent is looked for in the file before it goes: it cannot be without a key. */
static void
test_read_with_wrong_key (Fixture *fixture, gconstpointer data)
{
  rounds_test_expect (rounds_secrets_store (fixture->secrets, ROUNDS_SECRET_CACHE_KEY,
                                            get_uri (fixture), EMAIL, "no key"));
  rounds_test_expect_error (rounds_account_cache_read (fixture->secrets, get_uri (fixture), EMAIL),
                            ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_LOCKED);
}

static void
test_sign_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAccount) account = sign_in (fixture);
  g_autofree char *token = dup_secret (fixture, ROUNDS_SECRET_ACCESS_TOKEN);
  g_autoptr (ServerReply) reply = NULL;

  g_assert_true (rounds_test_expect_boolean (rounds_account_sign_out (account, FALSE)));
  expect_nothing_left (fixture);
  reply = server_fixture_send (fixture->server, "GET", "/api/users/me", token, NULL);
  g_assert_cmpuint (reply->status, ==, 401);
}

static void
test_sign_out_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAccount) account = sign_in (fixture);

  server_fixture_stop (fixture->server);
  g_assert_false (rounds_test_expect_boolean (rounds_account_sign_out (account, FALSE)));
  expect_nothing_left (fixture);
}

/* --- a session that is refreshed --- */

static void
put_secret (Fixture *fixture, RoundsSecretKind kind, const char *secret)
{
  rounds_test_expect (
      rounds_secrets_store (fixture->secrets, kind, get_uri (fixture), EMAIL, secret));
}

/* An access token that is over does not show: the new pair is in the keyring and in use. */
static void
test_refreshed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAccount) account = sign_in (fixture);
  g_autofree char *first = dup_secret (fixture, ROUNDS_SECRET_REFRESH_TOKEN);
  g_autofree char *access = NULL;
  g_autofree char *second = NULL;
  g_autoptr (RoundsAccount) again = NULL;
  g_autoptr (ServerReply) reply = NULL;

  g_assert_nonnull (first);
  g_assert_cmpstr (first, !=, "");
  rounds_test_expect (rounds_account_close (account));
  put_secret (fixture, ROUNDS_SECRET_ACCESS_TOKEN, "over");
  again = rounds_test_expect_object (restore (fixture));
  rounds_sync_start (rounds_account_get_sync (again));
  rounds_test_expect (rounds_sync_now (rounds_account_get_sync (again)));

  access = dup_secret (fixture, ROUNDS_SECRET_ACCESS_TOKEN);
  second = dup_secret (fixture, ROUNDS_SECRET_REFRESH_TOKEN);
  g_assert_cmpstr (access, !=, "over");
  g_assert_cmpstr (second, !=, first);
  reply = server_fixture_send (fixture->server, "GET", "/api/users/me", access, NULL);
  g_assert_cmpuint (reply->status, ==, 200);
  rounds_test_expect (rounds_account_close (again));
}

/* A session that the server ended is said to be over; what is on this computer stays. */
static void
test_session_over (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAccount) account = sign_in (fixture);
  g_autofree char *path = rounds_account_cache_path (get_uri (fixture), EMAIL);
  g_autoptr (RoundsAccount) again = NULL;
  RoundsSync *sync = NULL;

  rounds_test_expect (rounds_account_close (account));
  put_secret (fixture, ROUNDS_SECRET_ACCESS_TOKEN, "over");
  put_secret (fixture, ROUNDS_SECRET_REFRESH_TOKEN, "stolen");
  again = rounds_test_expect_object (restore (fixture));
  sync = rounds_account_get_sync (again);
  rounds_sync_start (sync);
  rounds_test_expect_error (rounds_sync_now (sync), ROUNDS_NET_ERROR,
                            ROUNDS_NET_ERROR_UNAUTHORIZED);
  g_assert_cmpint (rounds_sync_get_state (sync), ==, ROUNDS_SYNC_SIGNED_OUT);
  rounds_test_expect (rounds_account_close (again));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

/* --- what has not been sent --- */

static guint
count_unsent (RoundsAccount *account)
{
  guint n_unsent = 0;

  g_object_get (rounds_account_get_sync (account), "n-unsent", &n_unsent, NULL);
  return n_unsent;
}

static void
create_meeting (RoundsAccount *account)
{
  g_autoptr (RoundsMeetingDraft) draft = rounds_meeting_draft_new ();
  g_autoptr (GStrvBuilder) participants = g_strv_builder_new ();

  g_strv_builder_add (participants, "0123456789abcdef01234567");
  g_strfreev (draft->participants);
  draft->participants = g_strv_builder_end (participants);
  draft->title = g_strdup ("Rota");
  draft->scheduled_at = rounds_clock_now (rounds_account_get_clock (account));
  rounds_test_expect (rounds_sync_create_meeting (rounds_account_get_sync (account), draft, NULL));
}

static void
test_sign_out_unsent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAccount) account = sign_in (fixture);
  g_autoptr (RoundsAccount) again = NULL;
  g_autoptr (DexFuture) refused = NULL;

  rounds_sync_start (rounds_account_get_sync (account));
  server_fixture_stop (fixture->server);
  create_meeting (account);
  g_assert_cmpuint (count_unsent (account), ==, 1);
  refused = rounds_account_sign_out (account, FALSE);
  rounds_test_wait_for (refused);
  g_assert_true (dex_future_is_rejected (refused));

  again = rounds_test_expect_object (restore (fixture));
  rounds_sync_start (rounds_account_get_sync (again));
  rounds_test_wait_until ((RoundsTestCondition)count_unsent, again);
  g_assert_false (rounds_test_expect_boolean (rounds_account_sign_out (again, TRUE)));
  expect_nothing_left (fixture);
}

/* --- on a disk that can only be read --- */

static void
set_read_only (const char *folder, gboolean is_read_only)
{
  g_assert_cmpint (mount (NULL, folder, NULL, MS_REMOUNT | (is_read_only ? MS_RDONLY : 0), NULL),
                   ==, 0);
}

/* An edit is made while nothing can be written, and one more after an attempt to give back. */
static void
work_unkept (Fixture *fixture)
{
  g_autoptr (RoundsAccount) account = rounds_test_expect_object (restore (fixture));

  g_assert_error (rounds_account_get_stand_in_reason (account), ROUNDS_STORE_ERROR,
                  ROUNDS_STORE_ERROR_READ_ONLY);
  g_assert_true (rounds_account_get_is_kept (account));
  rounds_sync_start (rounds_account_get_sync (account));
  create_meeting (account);
  rounds_test_expect_error (rounds_account_give_back (account), ROUNDS_STORE_ERROR,
                            ROUNDS_STORE_ERROR_READ_ONLY);
  create_meeting (account);
  g_assert_cmpuint (count_unsent (account), ==, 2);
  rounds_test_expect_error (rounds_account_close (account), ROUNDS_STORE_ERROR,
                            ROUNDS_STORE_ERROR_READ_ONLY);
}

static void
test_stand_in (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = rounds_account_cache_path (get_uri (fixture), EMAIL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (RoundsAccount) account = NULL;
  g_autoptr (DexFuture) closed = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  if (mount ("tmpfs", folder, "tmpfs", 0, "size=16m,mode=700") != 0)
    {
      g_test_skip ("nobody may mount a file system here");
      return;
    }
  account = sign_in (fixture);
  rounds_sync_start (rounds_account_get_sync (account));
  rounds_test_expect (rounds_sync_now (rounds_account_get_sync (account)));
  rounds_test_expect (rounds_account_close (account));
  g_clear_object (&account);
  server_fixture_stop (fixture->server);

  /* Without room to the end: what came to be is gone with the program, and nothing else. */
  set_read_only (folder, TRUE);
  work_unkept (fixture);
  account = rounds_test_expect_object (restore (fixture));
  rounds_sync_start (rounds_account_get_sync (account));
  create_meeting (account);
  /* With room at the end, it is in the file. */
  set_read_only (folder, FALSE);
  g_assert_cmpuint (count_unsent (account), ==, 1);
  closed = rounds_account_close (account);
  rounds_test_wait_for (closed);
  g_clear_object (&account);

  account = rounds_test_expect_object (restore (fixture));
  g_assert_null (rounds_account_get_stand_in_reason (account));
  rounds_sync_start (rounds_account_get_sync (account));
  rounds_test_wait_until ((RoundsTestCondition)count_unsent, account);
  g_assert_cmpuint (count_unsent (account), ==, 1);
  g_assert_false (rounds_test_expect_boolean (rounds_account_sign_out (account, TRUE)));
  expect_nothing_left (fixture);
  g_assert_cmpint (umount2 (folder, MNT_DETACH), ==, 0);
}

/* --- without a keyring --- */

static void
test_unkept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = rounds_account_cache_path (get_uri (fixture), EMAIL);
  g_autoptr (RoundsAccount) account = rounds_test_expect_object (
      rounds_account_sign_in_unkept (fixture->clock, get_uri (fixture), EMAIL, PASSWORD));

  g_assert_false (rounds_account_get_is_kept (account));
  rounds_sync_start (rounds_account_get_sync (account));
  rounds_test_expect (rounds_sync_now (rounds_account_get_sync (account)));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  rounds_test_expect_error (restore (fixture), G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_true (rounds_test_expect_boolean (rounds_account_sign_out (account, FALSE)));
}

/* Signing out of such a session leaves alone what another one keeps. */
static void
test_unkept_beside_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAccount) kept = sign_in (fixture);
  g_autofree char *path = rounds_account_cache_path (get_uri (fixture), EMAIL);
  g_autoptr (RoundsAccount) unkept = NULL;

  rounds_test_expect (rounds_account_close (kept));
  unkept = rounds_test_expect_object (
      rounds_account_sign_in_unkept (fixture->clock, get_uri (fixture), EMAIL, PASSWORD));
  g_assert_true (rounds_test_expect_boolean (rounds_account_sign_out (unkept, FALSE)));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_clear_object (&kept);
  kept = rounds_test_expect_object (restore (fixture));
  rounds_test_expect (rounds_account_close (kept));
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *full = g_strconcat ("/Rounds/App/Account/", path, NULL);

  g_test_add (full, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/App/Account/key", test_key);
  add ("sign-in", test_sign_in);
  add ("file-is-sealed", test_file_is_sealed);
  add ("wrong-password", test_wrong_password);
  add ("bad-address", test_bad_address);
  add ("given-token", test_given_token);
  add ("restore-nothing", test_restore_nothing);
  add ("restore-offline", test_restore_offline);
  add ("restore-without-key", test_restore_without_key);
  add ("restore-with-other-key", test_restore_with_other_key);
  add ("read-with-wrong-key", test_read_with_wrong_key);
  add ("sign-out", test_sign_out);
  add ("sign-out-offline", test_sign_out_offline);
  add ("refreshed", test_refreshed);
  add ("session-over", test_session_over);
  add ("sign-out-unsent", test_sign_out_unsent);
  add ("stand-in", test_stand_in);
  add ("unkept", test_unkept);
  add ("unkept-beside-kept", test_unkept_beside_kept);
  return g_test_run ();
}
