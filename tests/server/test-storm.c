/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Many clients at once, and servers that die under them: what was answered holds, once.
 * ROUNDS_SOAK makes it long: that many kills, and two hundred clients for one slot.
 */

#include "config.h"

#include "api-world.h"
#include "rounds-test.h"

#define N_WRITERS 8
#define MAX_NODES 3
#define ACKS_BETWEEN 12
/* Longer than this nobody tries to make one meeting: the servers are gone for good. */
#define PATIENCE (60 * G_USEC_PER_SEC)

/* Writers and those who kill their server. */
typedef struct
{
  ServerFixture *nodes[MAX_NODES];
  guint n_nodes;
  const char *token;
  const char *people[2];
  GMutex mutex; /* guards what follows */
  GCond changed;
  gboolean up[MAX_NODES];
  gboolean ending;
  guint n_acks;
  GHashTable *acked; /* set of titles */
} Storm;

typedef struct
{
  Storm *storm;
  guint number;
} Writer;

static guint
get_soak (void)
{
  const char *text = g_getenv ("ROUNDS_SOAK");

  return text != NULL ? (guint)g_ascii_strtoull (text, NULL, 10) : 0;
}

/* A further node on @world's database. */
static ServerFixture *
add_node (ApiWorld *world)
{
  const char *environment[] = { "JITSI_APP_ID=" API_APP_ID, "JITSI_SECRET=" API_SECRET,
                                "JITSI_DOMAIN=" API_DOMAIN, NULL };

  return server_fixture_new_with (&(ServerFixtureOptions){
      .environment = environment,
      .database = server_fixture_get_database (world->server),
  });
}

/* One slot, many takers */

typedef struct
{
  ServerFixture *node;
  const char *token;
  const char *body;
  guint status;
  char *code;
} Taker;

static gpointer
take_slot (gpointer data)
{
  Taker *self = data;
  g_autoptr (ServerReply) reply
      = server_fixture_send (self->node, "POST", "/api/appointments", self->token, self->body);

  self->status = reply->status;
  self->code = g_strdup (server_reply_get_code (reply));
  return NULL;
}

static void
count_takers (Taker *takers, guint n_takers)
{
  guint n_booked = 0;

  for (guint i = 0; i < n_takers; i++)
    {
      if (takers[i].status == 201)
        n_booked++;
      else
        {
          g_assert_cmpuint (takers[i].status, ==, 409);
          g_assert_cmpstr (takers[i].code, ==, "slot_taken");
        }
      g_free (takers[i].code);
    }
  g_assert_cmpuint (n_booked, ==, 1);
}

static void
test_one_slot (void)
{
  guint n_takers = get_soak () > 0 ? 200 : 24;
  g_autoptr (ApiWorld) world = api_world_new ();
  gboolean remote = server_fixture_get_database (world->server) != NULL;
  g_autoptr (ServerFixture) second = remote ? add_node (world) : NULL;
  g_autoptr (ServerFixture) third = remote ? add_node (world) : NULL;
  ServerFixture *nodes[] = { world->server, second, third };
  g_autofree char *doctor = g_strdup_printf ("\"doctor\":\"%s\"", world->ids[DOCTOR]);
  g_autofree char *plain = api_appointment_body (world->hospital, doctor);
  g_autofree char *body = api_at_free_time (plain);
  g_autofree Taker *takers = g_new0 (Taker, n_takers);
  g_autofree GThread **threads = g_new0 (GThread *, n_takers);

  for (guint i = 0; i < n_takers; i++)
    {
      takers[i].node = nodes[remote ? i % G_N_ELEMENTS (nodes) : 0];
      takers[i].token = world->tokens[i % 2 == 0 ? DESK : DOCTOR];
      takers[i].body = body;
      threads[i] = g_thread_new ("taker", take_slot, &takers[i]);
    }
  for (guint i = 0; i < n_takers; i++)
    g_thread_join (threads[i]);
  count_takers (takers, n_takers);
}

/* Servers that die */

/* The next node that is up, after @last; waits while none is. G_MAXUINT at the end. */
static guint
choose_node (Storm *self, guint last)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (TRUE)
    {
      for (guint i = 1; i <= self->n_nodes; i++)
        {
          guint node = (last + i) % self->n_nodes;
          if (self->up[node])
            return node;
        }
      g_cond_wait (&self->changed, &self->mutex);
    }
}

static void
note_ack (Storm *self, const char *title)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_assert_true (g_hash_table_add (self->acked, g_strdup (title)));
  self->n_acks++;
  g_cond_broadcast (&self->changed);
}

/* Again and again with the same key, wherever somebody listens, until it is answered. */
static void
make_meeting (Storm *self, guint *node, const char *title)
{
  g_autofree char *key = g_strdup_printf ("Idempotency-Key: %s", title);
  g_autofree char *body = g_strdup_printf ("{\"participants\":[\"%s\",\"%s\"],\"title\":\"%s\"}",
                                           self->people[0], self->people[1], title);
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (TRUE)
    {
      g_autoptr (ServerReply) reply = server_fixture_try (self->nodes[*node], "POST",
                                                          "/api/meetings", self->token, key, body);

      if (reply != NULL && reply->status == 201)
        break;
      if (reply != NULL)
        g_assert_cmpuint (reply->status, ==, 503);
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      *node = choose_node (self, *node);
    }
  note_ack (self, title);
}

static gboolean
is_ending (Storm *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return self->ending;
}

static gpointer
write_meetings (gpointer data)
{
  Writer *self = data;
  guint node = self->number % self->storm->n_nodes;

  for (guint i = 0; !is_ending (self->storm); i++)
    {
      g_autofree char *title = g_strdup_printf ("storm-%u-%u", self->number, i);
      make_meeting (self->storm, &node, title);
    }
  return NULL;
}

static void
wait_for_acks (Storm *self, guint n_more)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint wanted = self->n_acks + n_more;

  while (self->n_acks < wanted)
    g_cond_wait (&self->changed, &self->mutex);
}

static void
set_up (Storm *self, guint node, gboolean up)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->up[node] = up;
  g_cond_broadcast (&self->changed);
}

/* Each meeting that was answered is there once, and none is there twice. */
static void
check_meetings (Storm *self, ServerFixture *node, const char *owner)
{
  g_autofree char *path = g_strdup_printf ("/api/meetings/user/%s", owner);
  g_autoptr (ServerReply) reply = server_fixture_send (node, "GET", path, self->token, NULL);
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *meetings = NULL;
  GHashTableIter iter;
  gpointer title;

  g_assert_cmpuint (reply->status, ==, 200);
  meetings = json_object_get_array_member (server_reply_get_data (reply), "meetings");
  for (guint i = 0; i < json_array_get_length (meetings); i++)
    {
      const char *text = api_text (json_array_get_object_element (meetings, i), "title");
      if (g_str_has_prefix (text, "storm-"))
        g_assert_true (g_hash_table_add (found, (gpointer)text));
    }
  g_hash_table_iter_init (&iter, self->acked);
  while (g_hash_table_iter_next (&iter, &title, NULL))
    g_assert_true (g_hash_table_contains (found, title));
  g_assert_cmpuint (g_hash_table_size (found), ==, g_hash_table_size (self->acked));
  g_test_message ("%u meetings", g_hash_table_size (found));
}

/* Pages, keys and the audit's chain, when nobody uses the database any more. */
static void
check_database (ServerFixture *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = server_fixture_open_db (server);
  const char *url = server_fixture_get_database (server);
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);

  rounds_db_check (db, &error);
  g_assert_no_error (error);
  if (url != NULL)
    g_subprocess_launcher_setenv (launcher, "ROUNDS_DATABASE", url, TRUE);
  g_autoptr (GSubprocess) verify
      = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("ROUNDSD"), "audit", "verify",
                                     "--data", server_fixture_get_data_dir (server), NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (verify, NULL, &error));
  g_assert_no_error (error);
}

typedef void (*StormFunc) (Storm *self);

static void
run_storm (ApiWorld *world, Storm *self, StormFunc disturb)
{
  Writer writers[N_WRITERS];
  GThread *threads[N_WRITERS];

  self->token = world->tokens[DOCTOR];
  self->people[0] = world->ids[DOCTOR];
  self->people[1] = world->ids[DOCTOR2];
  self->acked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  for (guint i = 0; i < self->n_nodes; i++)
    self->up[i] = TRUE;
  for (guint i = 0; i < N_WRITERS; i++)
    {
      writers[i] = (Writer){ self, i };
      threads[i] = g_thread_new ("writer", write_meetings, &writers[i]);
    }
  disturb (self);
  g_mutex_lock (&self->mutex);
  self->ending = TRUE;
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < N_WRITERS; i++)
    g_thread_join (threads[i]);
  check_meetings (self, self->nodes[self->n_nodes - 1], world->ids[DOCTOR]);
  g_hash_table_unref (self->acked);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
}

static void
kill_again_and_again (Storm *self)
{
  guint n_kills = get_soak () > 0 ? get_soak () : 3;

  for (guint i = 0; i < n_kills; i++)
    {
      /* In the middle of the next writes, each time after another number of them. */
      wait_for_acks (self, ACKS_BETWEEN + i % 7);
      set_up (self, 0, FALSE);
      server_fixture_kill (self->nodes[0]);
      server_fixture_start (self->nodes[0]);
      set_up (self, 0, TRUE);
    }
  wait_for_acks (self, ACKS_BETWEEN);
}

static void
test_killed (void)
{
  g_autoptr (ApiWorld) world = api_world_new ();
  Storm storm = { .nodes = { world->server }, .n_nodes = 1 };

  run_storm (world, &storm, kill_again_and_again);
  server_fixture_stop (world->server);
  check_database (world->server);
  server_fixture_start (world->server);
}

static void
kill_the_first (Storm *self)
{
  wait_for_acks (self, 3 * ACKS_BETWEEN);
  server_fixture_kill (self->nodes[0]);
  set_up (self, 0, FALSE);
  wait_for_acks (self, 10 * ACKS_BETWEEN);
}

static void
test_node_killed (void)
{
  g_autoptr (ApiWorld) world = api_world_new ();

  if (server_fixture_get_database (world->server) == NULL)
    {
      g_test_skip ("several nodes need PostgreSQL");
      return;
    }
  g_autoptr (ServerFixture) second = add_node (world);
  g_autoptr (ServerFixture) third = add_node (world);
  Storm storm = { .nodes = { world->server, second, third }, .n_nodes = 3 };

  run_storm (world, &storm, kill_the_first);
  check_database (second);
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Server/Storm/one-slot", test_one_slot);
  g_test_add_func ("/Rounds/Server/Storm/killed", test_killed);
  g_test_add_func ("/Rounds/Server/Storm/node-killed", test_node_killed);
  return g_test_run ();
}
