/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Jitsi's events in every order: whatever comes first, late or twice, the same is left behind.
 * What single events do over HTTP is in test-api-jitsi.c.
 */

#include "config.h"

#include "rounds-call-event-store.h"
#include "rounds-demo.h"
#include "rounds-passwords.h"
#include "rounds-server-schema.h"
#include "rounds-test.h"
#include "rounds-test-sanitized.h"
#include "server-database.h"

/* 2026-11-23T09:00:00Z, when the calls are booked to begin; times of events are seconds after it.
 */
#define BEGAN (G_GINT64_CONSTANT (1795424400) * ROUNDS_SECOND)
#define MAX_EVENTS 6
#define NEVER (-1)

typedef enum
{
  HOST,
  GUEST,
  N_PEOPLE,
} Person;

typedef struct
{
  RoundsCallEventType type;
  Person who; /* of events of occupants */
  int joined;
  int left; /* of rooms: when it was closed */
} Event;

#define CREATED { .type = ROUNDS_CALL_EVENT_ROOM_CREATED, .left = NEVER }
#define DESTROYED(at) { .type = ROUNDS_CALL_EVENT_ROOM_DESTROYED, .left = (at) }
#define JOINED(person, at) { ROUNDS_CALL_EVENT_OCCUPANT_JOINED, (person), (at), NEVER }
#define LEFT(person, at, end) { ROUNDS_CALL_EVENT_OCCUPANT_LEFT, (person), (at), (end) }

typedef struct
{
  const char *kind;
  Event events[MAX_EVENTS];
  gsize n_events;
  int told_at; /* all of it, in seconds */
  const char *outcome; /* what remains, as dup_outcome() says it */
} Scenario;

static const Scenario scenarios[] = {
  { "meeting",
    { CREATED, JOINED (GUEST, 5), JOINED (HOST, 30), LEFT (GUEST, 5, 400), LEFT (HOST, 30, 410),
      DESTROYED (412) },
    6,
    420,
    "completed 30-410 6 min; guest 5-400; host 30-410" },
  /* A connection that broke, and nobody tells that the room was closed. */
  { "meeting",
    { JOINED (GUEST, 5), LEFT (GUEST, 5, 400), JOINED (HOST, 30), LEFT (HOST, 30, 200),
      JOINED (HOST, 210), LEFT (HOST, 210, 410) },
    6,
    800,
    "completed 30-410 6 min; guest 5-400; host 30-200; host 210-410" },
  /* Nobody tells of the host's going but by the room's end. */
  { "meeting",
    { CREATED, JOINED (GUEST, 5), JOINED (HOST, 30), LEFT (GUEST, 5, 400), DESTROYED (412) },
    5,
    420,
    "completed 30-412 6 min; guest 5-400; host 30-412" },
  { "appointment",
    { CREATED, JOINED (GUEST, 5), JOINED (HOST, 30), LEFT (GUEST, 5, 400), LEFT (HOST, 30, 410),
      DESTROYED (412) },
    6,
    420,
    "completed arrived 5 active 30 completed 410; guest 5-400; host 30-410" },
  { "appointment",
    { JOINED (HOST, 5), LEFT (HOST, 5, 200), JOINED (GUEST, 30), LEFT (GUEST, 30, 400),
      JOINED (HOST, 210), LEFT (HOST, 210, 410) },
    6,
    800,
    "completed arrived 30 active 30 completed 410; guest 30-400; host 5-200; host 210-410" },
};

typedef struct
{
  RoundsDb *db;
  const Scenario *scenario;
  char *id; /* of the record */
  char *room;
  char *people[N_PEOPLE];
} Fixture;

static RoundsDb *database;

static void
run (RoundsDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  rounds_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* The texts of the first row, NULL-terminated. */
static char **
read_row (RoundsDb *db, const char *sql, int n_columns)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) row = g_strv_builder_new ();
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rounds_db_step (statement, &error), ==, ROUNDS_DB_ROW);
  for (int i = 0; i < n_columns; i++)
    g_strv_builder_add (row, rounds_db_get_text (statement, i));
  return g_strv_builder_end (row);
}

/* A visit or a meeting of the demo, moved to where the events are. */
static void
set_up (Fixture *self, gconstpointer data)
{
  g_auto (GStrv) row = NULL;

  self->scenario = data;
  self->db = database;
  if (g_str_equal (self->scenario->kind, "meeting"))
    {
      row = read_row (self->db,
                      "SELECT m.id, m.room_name, m.created_by, p.user_id FROM meetings m"
                      " JOIN meeting_participants p ON p.meeting_id = m.id"
                      " AND p.user_id <> m.created_by WHERE m.status = 'scheduled' LIMIT 1",
                      4);
      g_autofree char *sql = g_strdup_printf ("UPDATE meetings SET scheduled_at = %" G_GINT64_FORMAT
                                              ", expected_minutes = 30 WHERE id = '%s'",
                                              BEGAN, row[0]);
      run (self->db, sql);
    }
  else
    {
      run (self->db, "UPDATE appointments SET status = 'cancelled' WHERE status <> 'cancelled'");
      row = read_row (self->db,
                      "SELECT id, room_name, doctor_id, patient_id FROM appointments"
                      " WHERE type = 'virtual' AND doctor_id <> '' AND patient_id <> '' LIMIT 1",
                      4);
      g_autofree char *sql
          = g_strdup_printf ("UPDATE appointments SET starts_at = %" G_GINT64_FORMAT
                             ", duration_minutes = 30, status = 'confirmed', arrived_at = NULL,"
                             " started_at = NULL, ended_at = NULL WHERE id = '%s'",
                             BEGAN, row[0]);
      run (self->db, sql);
    }
  self->id = g_strdup (row[0]);
  self->room = g_strdup (row[1]);
  self->people[HOST] = g_strdup (row[2]);
  self->people[GUEST] = g_strdup (row[3]);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_free (self->id);
  g_free (self->room);
  for (Person who = 0; who < N_PEOPLE; who++)
    g_free (self->people[who]);
}

static gint64
to_moment (int seconds)
{
  return seconds != NEVER ? BEGAN + seconds * ROUNDS_SECOND : ROUNDS_TIME_NONE;
}

static void
tell (Fixture *self, const Event *told)
{
  static const char *const names[N_PEOPLE] = { "host", "guest" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) occupants = g_array_new (FALSE, FALSE, sizeof (RoundsCallOccupant));
  RoundsCallOccupant occupant = { names[told->who], self->people[told->who],
                                  to_moment (told->joined), to_moment (told->left) };
  RoundsCallEvent event = {
    .type = told->type,
    .room = self->room,
    .created_at = to_moment (0),
    .destroyed_at = to_moment (told->left),
    .occupants = occupants,
  };
  gboolean known = FALSE;

  if (told->type == ROUNDS_CALL_EVENT_OCCUPANT_JOINED
      || told->type == ROUNDS_CALL_EVENT_OCCUPANT_LEFT)
    g_array_append_val (occupants, occupant);
  rounds_call_event_store (self->db, &event, to_moment (self->scenario->told_at), &known, &error);
  g_assert_no_error (error);
  g_assert_true (known);
}

static gint64
get_second (RoundsDbStatement *statement, int column)
{
  if (rounds_db_is_null (statement, column))
    return NEVER;
  return (rounds_db_get_time (statement, column) - BEGAN) / ROUNDS_SECOND;
}

/* A visit's moments in their order, those that there are. */
static void
append_moments (GString *text, RoundsDbStatement *statement)
{
  static const char *const names[] = { "arrived", "active", "completed" };

  for (int i = 0; i < (int)G_N_ELEMENTS (names); i++)
    if (!rounds_db_is_null (statement, i + 1))
      g_string_append_printf (text, " %s %" G_GINT64_FORMAT, names[i],
                              get_second (statement, i + 1));
}

static void
append_record (Fixture *self, GString *text)
{
  gboolean meeting = g_str_equal (self->scenario->kind, "meeting");
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      self->db,
      meeting ? "SELECT status, started_at, ended_at, duration FROM meetings WHERE id = $1"
              : "SELECT status, arrived_at, started_at, ended_at FROM appointments WHERE id = $1",
      &error);
  g_assert_no_error (error);
  rounds_db_bind_text (statement, 1, self->id);
  g_assert_cmpint (rounds_db_step (statement, &error), ==, ROUNDS_DB_ROW);
  g_string_append (text, rounds_db_get_text (statement, 0));
  if (meeting)
    g_string_append_printf (
        text, " %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " min",
        get_second (statement, 1), get_second (statement, 2), rounds_db_get_int (statement, 3));
  else
    append_moments (text, statement);
}

/* What the events left behind, in words. (transfer full) */
static char *
dup_outcome (Fixture *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (self->db,
                           "SELECT occupant, joined_at, left_at FROM call_stays"
                           " WHERE room_name = $1 ORDER BY occupant, joined_at",
                           &error);
  g_assert_no_error (error);
  append_record (self, text);
  rounds_db_bind_text (statement, 1, self->room);
  while (rounds_db_step (statement, &error) == ROUNDS_DB_ROW)
    g_string_append_printf (text, "; %s %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT,
                            rounds_db_get_text (statement, 0), get_second (statement, 1),
                            get_second (statement, 2));
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_version (Fixture *self)
{
  g_autofree char *sql = g_strdup_printf ("SELECT CAST (version AS TEXT) FROM %ss WHERE id = '%s'",
                                          self->scenario->kind, self->id);
  g_auto (GStrv) row = read_row (self->db, sql, 1);
  return g_strdup (row[0]);
}

/* All of it in this order; then all of it again, which changes nothing any more. */
static void
check_order (Fixture *self, const int *order, gboolean twice)
{
  const Scenario *scenario = self->scenario;
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_db_begin (self->db, &error));
  for (gsize i = 0; i < scenario->n_events; i++)
    tell (self, &scenario->events[order[i]]);
  g_autofree char *outcome = dup_outcome (self);
  g_assert_cmpstr (outcome, ==, scenario->outcome);
  g_autofree char *version = dup_version (self);
  for (gsize i = 0; twice && i < scenario->n_events; i++)
    tell (self, &scenario->events[scenario->n_events - 1 - i]);
  g_autofree char *again = dup_outcome (self);
  g_autofree char *same = dup_version (self);
  g_assert_cmpstr (again, ==, outcome);
  g_assert_cmpstr (same, ==, version);
  rounds_db_rollback (self->db);
}

/* The next order after @order as words in a dictionary follow each other. */
static gboolean
advance (int *order, gsize length)
{
  gsize i = length - 1;
  while (i > 0 && order[i - 1] > order[i])
    i--;
  if (i == 0)
    return FALSE;
  gsize j = length - 1;
  while (order[j] < order[i - 1])
    j--;
  int kept = order[i - 1];
  order[i - 1] = order[j];
  order[j] = kept;
  for (gsize k = length - 1; i < k; i++, k--)
    {
      kept = order[i];
      order[i] = order[k];
      order[k] = kept;
    }
  return TRUE;
}

/* All 720 orders; of those on PostgreSQL, where each takes fifty round trips, and of those under
 * sanitizers, one in 29. */
static void
test_all_orders (Fixture *self, gconstpointer data)
{
  const int stride = g_getenv ("ROUNDS_TEST_DATABASE") != NULL || ROUNDS_TEST_SANITIZED ? 29 : 1;
  int order[MAX_EVENTS] = { 0, 1, 2, 3, 4, 5 };
  int number = 0;

  do
    {
      if (number % stride == 0)
        check_order (self, order, number % (stride * 6) == 0);
      number++;
    }
  while (advance (order, self->scenario->n_events));
  g_assert_cmpint (number, ==, self->scenario->n_events == 6 ? 720 : 120);
}

static void
migrate (RoundsDb *db)
{
  g_assert_true (rounds_server_schema_migrate (db, NULL));
}

static RoundsDb *
open_demo (void)
{
  g_autoptr (GError) error = NULL;
  RoundsDb *db = server_database_open_filled ("schema", migrate);

  rounds_demo_fill (db, BEGAN - 7 * ROUNDS_DAY, &error);
  g_assert_no_error (error);
  return db;
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_assert_true (rounds_passwords_init (NULL));
  database = open_demo ();
  for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/Rounds/Server/CallEvents/%s-%zu", scenarios[i].kind, i);
      g_test_add (path, Fixture, &scenarios[i], set_up, test_all_orders, tear_down);
    }
  int result = g_test_run ();
  rounds_db_close (database);
  return result;
}
