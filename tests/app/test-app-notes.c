/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What is typed while notes are on their way to the server is not taken for sent.
 * That notes outlive a crash is tested with the running app.
 */

#include "config.h"

#include "records.h"
#include "rounds-notes.h"
#include "rounds-test.h"

typedef struct
{
  RoundsStore *store;
  RoundsSync *sync;
  RoundsEntry *entry;
  RoundsNotes *notes;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsApi) api = rounds_api_new ("http://127.0.0.1:9", NULL);
  g_autoptr (RoundsUser) doctor = make_user (1, "Dr. Ana Silva");
  g_autoptr (RoundsClock) clock = rounds_clock_new_fixed (MORNING);
  g_autoptr (RoundsAppointment) appointment = make_appointment (7, "Maria Lopez");

  fixture->store = open_store ();
  fixture->sync = rounds_sync_new (api, fixture->store, doctor, clock);
  fixture->entry = rounds_entry_new_for_appointment (appointment);
  fixture->notes = rounds_notes_new (fixture->sync, fixture->entry);
  rounds_test_drain ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->notes);
  g_clear_object (&fixture->entry);
  g_clear_object (&fixture->sync);
  rounds_test_expect (rounds_store_close (fixture->store));
  rounds_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

static void
type (Fixture *fixture, const char *text)
{
  gtk_text_buffer_set_text (rounds_notes_get_buffer (fixture->notes), text, -1);
}

/* Whether the store has a draft, and whether @text stands in it. */
static gboolean
has_draft (Fixture *fixture, const char *text)
{
  g_autoptr (DexFuture) future
      = rounds_store_load_draft (fixture->store, "notes", rounds_entry_get_id (fixture->entry));
  const GValue *value;

  rounds_test_wait_for (future);
  value = dex_future_get_value (future, NULL);
  return value != NULL
         && strstr (((RoundsStoreDraft *)g_value_get_boxed (value))->payload, text) != NULL;
}

static gboolean
is_modified (Fixture *fixture)
{
  return gtk_text_buffer_get_modified (rounds_notes_get_buffer (fixture->notes));
}

static void
test_typed_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsStoreDraft) typed = NULL;

  type (fixture, "Pain");
  typed = rounds_notes_hand_over (fixture->notes);
  type (fixture, "Pain is gone");
  rounds_test_expect (rounds_notes_forget (fixture->notes, "Pain"));
  g_assert_true (is_modified (fixture));
  g_assert_true (has_draft (fixture, "Pain is gone"));

  rounds_test_expect (rounds_notes_forget (fixture->notes, "Pain is gone"));
  g_assert_false (is_modified (fixture));
  g_assert_false (has_draft (fixture, ""));
}

/* A step without notes takes nothing with it. */
static void
test_nothing_sent (Fixture *fixture, gconstpointer data)
{
  type (fixture, "Pain");
  rounds_test_expect (rounds_notes_forget (fixture->notes, NULL));
  g_assert_true (is_modified (fixture));
  g_assert_true (has_draft (fixture, "Pain"));
}

/* What is sent is stripped. */
static void
test_white_space (Fixture *fixture, gconstpointer data)
{
  type (fixture, "\nPain \n\n");
  g_assert_true (is_modified (fixture));
  rounds_test_expect (rounds_notes_forget (fixture->notes, "Pain"));
  g_assert_false (is_modified (fixture));
  g_assert_false (has_draft (fixture, ""));

  type (fixture, "Pain ");
  g_assert_false (is_modified (fixture));
}

static void
add_test (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);

  add_test ("/Rounds/App/Notes/typed-meanwhile", test_typed_meanwhile);
  add_test ("/Rounds/App/Notes/nothing-sent", test_nothing_sent);
  add_test ("/Rounds/App/Notes/white-space", test_white_space);
  return g_test_run ();
}
