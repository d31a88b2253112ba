/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How long answers are kept in memory: to their end, and to the next commit.
 * That nobody is given another one's is tested in test-api-recall.c.
 */

#include "config.h"

#include "rounds-recall.h"
#include "rounds-test.h"

#define NOON G_GINT64_CONSTANT (1800000000000000)

typedef struct
{
  RoundsTestFolder *folder;
  RoundsDbWriter *writer;
  RoundsRecall *recall;
  RoundsSharedBody *body;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  self->folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (self->folder, "test.db", NULL);
  self->writer = rounds_db_writer_new (&(RoundsDbOptions){ .path = path }, 10, &error);
  g_assert_no_error (error);
  self->recall = rounds_recall_new (self->writer);
  self->body = rounds_shared_body_new (g_strdup ("{}"));
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  rounds_recall_free (self->recall);
  rounds_db_writer_free (self->writer);
  rounds_shared_body_unref (self->body);
  rounds_test_folder_free (self->folder);
}

static gboolean
write_job (RoundsDb *db, gpointer sql, GError **error)
{
  return rounds_db_exec (db, sql, error);
}

static void
assert_found (Fixture *self, RoundsRecallSpan span, const char *key, gint64 now, gboolean expected)
{
  g_autoptr (RoundsSharedBody) body = rounds_recall_answer (self->recall, span, key, now);

  g_assert_true (body == (expected ? self->body : NULL));
}

static void
test_time (Fixture *self, gconstpointer unused)
{
  RoundsRecallSpan span = rounds_recall_begin (self->recall);

  rounds_recall_keep_answer (self->recall, span, "a", self->body, NOON + 2);
  assert_found (self, span, "a", NOON, TRUE);
  assert_found (self, span, "b", NOON, FALSE);
  assert_found (self, span, "a", NOON + 1, TRUE);
  assert_found (self, span, "a", NOON + 2, FALSE);
  /* It does not come back with a clock that is set back. */
  assert_found (self, span, "a", NOON, FALSE);
}

/* The first that ends takes those along that would go on: they are written anew. */
static void
test_several (Fixture *self, gconstpointer unused)
{
  RoundsRecallSpan span = rounds_recall_begin (self->recall);

  rounds_recall_keep_answer (self->recall, span, "later", self->body, NOON + 9);
  rounds_recall_keep_answer (self->recall, span, "soon", self->body, NOON + 2);
  rounds_recall_keep_answer (self->recall, span, "never", self->body, G_MAXINT64);
  assert_found (self, span, "soon", NOON + 1, TRUE);
  assert_found (self, span, "soon", NOON + 2, FALSE);
  assert_found (self, span, "later", NOON + 2, FALSE);
  rounds_recall_keep_answer (self->recall, span, "later", self->body, NOON + 9);
  assert_found (self, span, "later", NOON + 8, TRUE);
}

static void
test_commit (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  RoundsRecallSpan span = rounds_recall_begin (self->recall);
  gboolean written;

  rounds_recall_keep_answer (self->recall, span, "a", self->body, NOON + 2);
  assert_found (self, span, "a", NOON, TRUE);
  written
      = rounds_db_writer_run (self->writer, NULL, write_job, "CREATE TABLE t (n INTEGER)", &error);
  g_assert_no_error (error);
  g_assert_true (written);
  g_assert_cmpuint (rounds_recall_begin (self->recall), >, span);
  assert_found (self, span, "a", NOON, FALSE);
  assert_found (self, rounds_recall_begin (self->recall), "a", NOON, FALSE);
  /* Written from what was read before. */
  rounds_recall_keep_answer (self->recall, span, "a", self->body, NOON + 2);
  assert_found (self, rounds_recall_begin (self->recall), "a", NOON, FALSE);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/Rounds/Core/Recall/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  ADD ("time", test_time);
  ADD ("several", test_several);
  ADD ("commit", test_commit);
  return g_test_run ();
}
