/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An engine that is killed in the middle of saving and sending, again and again on one file: what
 * it had acknowledged is at the server exactly once in the end, and the file opens each time.
 * ROUNDS_KILL_RUNS sets how often.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rounds-init.h"
#include "rounds-sync-private.h"
#include "rounds-test.h"
#include "server-fixture.h"

#define N_RUNS 6
#define MAX_LIFE_US (150 * 1000)
#define N_DEEDS 40
#define DOCTOR "doctor@example.org"
#define PASSWORD "demo-password"
#define FORM "new-meeting"

/* --- the child: a device that lives for a moment ------------------------------------------------
 */

typedef struct
{
  RoundsStore *store;
  RoundsSync *sync;
  RoundsEntryList *list;
  guint run;
  guint n_deeds;
} Device;

static gpointer
kill_later (gpointer data)
{
  g_usleep (GPOINTER_TO_UINT (data));
  kill (getpid (), SIGKILL);
  return NULL;
}

/* The edit made last is in the file: from here on it may not be lost. */
static void
acknowledge (Device *self, const char *mark)
{
  RoundsSyncEdit *edit = g_ptr_array_index (self->sync->edits, self->sync->edits->len - 1);
  g_autoptr (DexFuture) stored = edit->stored != NULL ? dex_ref (edit->stored) : NULL;

  if (stored != NULL)
    rounds_test_wait_for (stored);
  g_print ("ack %s\n", mark);
}

/* The person has typed the meeting before making it. (transfer full) */
static RoundsStoreDraft *
type (Device *self, const char *title)
{
  g_autofree char *payload = g_strdup_printf ("\"%s\"", title);

  rounds_test_expect (rounds_store_save_draft (self->store, FORM, title, payload, 1));
  g_print ("typed %s\n", title);
  return rounds_store_draft_new (FORM, title, payload, 2);
}

static void
meet (Device *self)
{
  const char *participants[] = { g_getenv ("ROUNDS_KILL_COLLEAGUE"), NULL };
  g_autoptr (RoundsMeetingDraft) draft = rounds_meeting_draft_new ();
  g_autoptr (RoundsStoreDraft) typed = NULL;

  g_strfreev (draft->participants);
  draft->participants = g_strdupv ((char **)participants);
  draft->title = g_strdup_printf ("run-%u-%u.", self->run, self->n_deeds);
  typed = type (self, draft->title);
  dex_future_disown (rounds_sync_create_meeting (self->sync, draft, typed));
  acknowledge (self, draft->title);
}

static void
write_notes (Device *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autoptr (RoundsEntry) entry = NULL;
  g_autofree char *mark = NULL;
  g_autofree char *notes = NULL;
  RoundsMeeting *meeting;

  if (n_rows == 0)
    return;
  entry = g_list_model_get_item (G_LIST_MODEL (self->list), self->n_deeds % n_rows);
  meeting = rounds_entry_get_meeting (entry);
  if (meeting == NULL || !g_str_has_prefix (meeting->title, "run-"))
    return;
  mark = g_strdup_printf ("note-%u-%u.", self->run, self->n_deeds);
  notes = meeting->notes != NULL ? g_strconcat (meeting->notes, "\n", mark, NULL) : g_strdup (mark);
  dex_future_disown (rounds_sync_set_notes (self->sync, entry, notes, NULL));
  acknowledge (self, mark);
}

static gboolean
has_settled (gpointer data)
{
  return rounds_sync_count_unsent (data) == 0 && rounds_sync_get_state (data) == ROUNDS_SYNC_IDLE;
}

static RoundsUser *
read_user (void)
{
  RoundsUser *user = rounds_user_new ();

  g_set_str (&user->id, g_getenv ("ROUNDS_KILL_DOCTOR"));
  g_set_str (&user->name, "Dr. Grace Hopper");
  user->role = ROUNDS_ROLE_DOCTOR;
  return user;
}

static DexFuture *
hurry (guint milliseconds, gpointer data)
{
  return dex_timeout_new_msec (2);
}

/* Most die once the file is open, some on the way there. */
static void
die_soon (guint run, guint life_us, gboolean is_open)
{
  if (life_us > 0 && is_open == (run % 4 != 0))
    g_thread_unref (g_thread_new ("kill", kill_later, GUINT_TO_POINTER (life_us)));
}

/* What was typed and did not become a meeting. */
static void
tell_drafts (Device *self)
{
  g_autoptr (GPtrArray) drafts
      = rounds_test_expect_boxed (rounds_store_list_drafts (self->store, FORM));

  for (guint i = 0; i < drafts->len; i++)
    g_print ("draft %s\n", ((RoundsStoreDraft *)g_ptr_array_index (drafts, i))->record);
}

static int
live (guint run, guint life_us)
{
  gboolean is_last = life_us == 0;

  static const guint8 key[ROUNDS_STORE_KEY_LENGTH] = { 1 };
  static const RoundsStoreQuery meetings = { .meetings = TRUE };
  g_autoptr (RoundsApi) api = rounds_api_new (g_getenv ("ROUNDS_KILL_SERVER"), NULL);
  g_autoptr (RoundsUser) user = read_user ();
  g_autoptr (RoundsClock) clock = rounds_clock_new_system ();
  Device self = { .run = run };

  rounds_api_set_token (api, g_getenv ("ROUNDS_KILL_TOKEN"));
  self.store = rounds_store_new (g_getenv ("ROUNDS_KILL_FILE"), key);
  rounds_test_expect (rounds_store_open (self.store));
  g_print ("open\n");
  die_soon (run, life_us, TRUE);
  self.list = rounds_store_list (self.store, &meetings);
  self.sync = rounds_sync_new (api, self.store, user, clock);
  rounds_sync_set_delay_func (self.sync, hurry, NULL);
  rounds_sync_start (self.sync);

  for (; !is_last && self.n_deeds < N_DEEDS; self.n_deeds++)
    {
      if (self.n_deeds % 3 != 2)
        meet (&self);
      else
        write_notes (&self);
    }
  rounds_test_wait_until (has_settled, self.sync);
  if (is_last)
    tell_drafts (&self);
  g_print ("settled\n");
  rounds_test_expect (rounds_sync_stop (self.sync));
  rounds_test_expect (rounds_store_close (self.store));
  return EXIT_SUCCESS;
}

/* --- the parent: lets it live, and judges -------------------------------------------------------
 */

typedef struct
{
  ServerFixture *server;
  RoundsApi *api;
  RoundsUser *doctor;
  RoundsTestFolder *folder;
  GSubprocessLauncher *launcher;
  GPtrArray *marks; /* acknowledged */
  GPtrArray *typed; /* as drafts */
  GHashTable *drafts; /* those that are left in the end */
  guint n_settled;
} World;

static void
find_colleague (World *world)
{
  g_autoptr (RoundsListing) users = rounds_test_expect_boxed (rounds_api_list_users (world->api));

  for (guint i = 0; i < users->records->len; i++)
    {
      RoundsUser *user = g_ptr_array_index (users->records, i);

      if (user->role == ROUNDS_ROLE_DOCTOR && g_strcmp0 (user->id, world->doctor->id) != 0)
        g_subprocess_launcher_setenv (world->launcher, "ROUNDS_KILL_COLLEAGUE", user->id, TRUE);
    }
}

static void
set_up (World *world, gconstpointer data)
{
  g_autofree char *file = NULL;
  g_autoptr (RoundsSignIn) answer = NULL;

  world->server = server_fixture_new ();
  world->api = rounds_api_new (server_fixture_get_uri (world->server), NULL);
  answer = rounds_test_expect_boxed (rounds_api_sign_in (world->api, DOCTOR, PASSWORD));
  rounds_api_set_session (world->api, answer->access_token, answer->refresh_token);
  world->doctor = rounds_user_ref (answer->user);
  world->folder = rounds_test_folder_new ();
  world->marks = g_ptr_array_new_with_free_func (g_free);
  world->typed = g_ptr_array_new_with_free_func (g_free);
  world->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  world->launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  file = g_build_filename (world->folder, "cache.db", NULL);
  g_subprocess_launcher_setenv (world->launcher, "ROUNDS_KILL_FILE", file, TRUE);
  g_subprocess_launcher_setenv (world->launcher, "ROUNDS_KILL_SERVER",
                                server_fixture_get_uri (world->server), TRUE);
  g_subprocess_launcher_setenv (world->launcher, "ROUNDS_KILL_TOKEN", answer->access_token, TRUE);
  g_subprocess_launcher_setenv (world->launcher, "ROUNDS_KILL_DOCTOR", world->doctor->id, TRUE);
  find_colleague (world);
}

static void
tear_down (World *world, gconstpointer data)
{
  g_clear_object (&world->launcher);
  g_clear_object (&world->api);
  g_clear_pointer (&world->doctor, rounds_user_unref);
  g_clear_pointer (&world->marks, g_ptr_array_unref);
  g_clear_pointer (&world->typed, g_ptr_array_unref);
  g_clear_pointer (&world->drafts, g_hash_table_unref);
  g_clear_pointer (&world->folder, rounds_test_folder_free);
  g_clear_pointer (&world->server, server_fixture_free);
}

static void
note_output (World *world, const char *output, gboolean is_last)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  /* What was cut off in the middle of a line was not acknowledged. */
  guint n_lines = g_strv_length (lines);

  for (guint i = 0; i + 1 < n_lines; i++)
    {
      if (g_str_has_prefix (lines[i], "ack "))
        g_ptr_array_add (world->marks, g_strdup (lines[i] + strlen ("ack ")));
      else if (g_str_has_prefix (lines[i], "typed "))
        g_ptr_array_add (world->typed, g_strdup (lines[i] + strlen ("typed ")));
      else if (g_str_has_prefix (lines[i], "draft "))
        g_hash_table_add (world->drafts, g_strdup (lines[i] + strlen ("draft ")));
      else if (strcmp (lines[i], "settled") == 0)
        world->n_settled++;
      else
        g_assert_cmpstr (lines[i], ==, "open");
    }
  if (is_last)
    g_assert_cmpuint (world->n_settled, >, 0);
}

static void
let_live (World *world, guint run, guint life_us)
{
  g_autofree char *number = g_strdup_printf ("%u", run);
  g_autofree char *life = g_strdup_printf ("%u", life_us);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;

  g_subprocess_launcher_setenv (world->launcher, "ROUNDS_KILL_LIFE", life, TRUE);
  g_subprocess_launcher_setenv (world->launcher, "ROUNDS_KILL_RUN", number, TRUE);
  child = g_subprocess_launcher_spawn (world->launcher, &error, "/proc/self/exe", NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (child, NULL, NULL, &output, NULL, &error));
  g_assert_no_error (error);
  if (g_subprocess_get_if_signaled (child))
    g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
  else
    g_assert_cmpint (g_subprocess_get_exit_status (child), ==, EXIT_SUCCESS);
  note_output (world, output, life_us == 0);
}

static guint
count_there (GPtrArray *meetings, const char *mark)
{
  guint n = 0;

  for (guint i = 0; i < meetings->len; i++)
    {
      RoundsMeeting *meeting = g_ptr_array_index (meetings, i);
      const char *texts[] = { meeting->title, meeting->notes };

      for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
        for (const char *at = texts[j] != NULL ? strstr (texts[j], mark) : NULL; at != NULL;
             at = strstr (at + 1, mark))
          n++;
    }
  return n;
}

static guint64
read_runs (void)
{
  const char *text = g_getenv ("ROUNDS_KILL_RUNS");
  guint64 number;

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &number, NULL))
    return number;
  return N_RUNS;
}

/* Once as a draft or once as a meeting. */
static void
judge_typed (World *world, GPtrArray *meetings)
{
  for (guint i = 0; i < world->typed->len; i++)
    {
      const char *title = g_ptr_array_index (world->typed, i);
      guint n = count_there (meetings, title) + g_hash_table_contains (world->drafts, title);

      if (n != 1)
        g_test_message ("%s: typed once, there %u times", title, n);
      g_assert_cmpuint (n, ==, 1);
    }
}

static void
test_killed (World *world, gconstpointer data)
{
  guint64 n_runs = read_runs ();
  g_autoptr (RoundsListing) listing = NULL;

  for (guint run = 0; run < n_runs; run++)
    let_live (world, run, (guint)g_test_rand_int_range (1, MAX_LIFE_US));
  let_live (world, (guint)n_runs, 0);

  listing = rounds_test_expect_boxed (rounds_api_list_meetings (world->api, world->doctor->id));
  g_test_message ("%u edits acknowledged", world->marks->len);
  for (guint i = 0; i < world->marks->len; i++)
    {
      const char *mark = g_ptr_array_index (world->marks, i);
      guint n = count_there (listing->records, mark);

      if (n != 1)
        g_test_message ("%s: %u times", mark, n);
      g_assert_cmpuint (n, ==, 1);
    }
  judge_typed (world, listing->records);
  g_test_message ("%u typed, %u left as drafts", world->typed->len,
                  g_hash_table_size (world->drafts));
}

int
main (int argc, char *argv[])
{
  const char *run = g_getenv ("ROUNDS_KILL_RUN");

  if (run != NULL)
    {
      guint life = (guint)g_ascii_strtoull (g_getenv ("ROUNDS_KILL_LIFE"), NULL, 10);

      die_soon ((guint)g_ascii_strtoull (run, NULL, 10), life, FALSE);
      setvbuf (stdout, NULL, _IOLBF, 0);
      rounds_init ("test-killed");
      return live ((guint)g_ascii_strtoull (run, NULL, 10), life);
    }
  rounds_test_init (&argc, &argv);
  g_test_add ("/Rounds/Sync/Killed/nothing-is-lost", World, NULL, set_up, test_killed, tear_down);
  return g_test_run ();
}
