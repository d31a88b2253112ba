/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What was typed is a draft or an edit, never both and never neither: kept, refused, not kept.
 * That each of these steps is one transaction is tested with the store.
 */

#include "config.h"

#include "rounds-test.h"
#include "sync-world.h"

#define KIND "new-meeting"
#define PAYLOAD "{\"title\":\"Board\"}"
#define CREATE_ROUTE "POST /api/meetings"
#define NOTES_ROUTE "PATCH /api/meetings/" NEW_ID
#define STATUS_ROUTE "PATCH /api/appointments/" SAMPLE_APPOINTMENT_ID "/status"
#define NEW_ID "64b0000000000000000000c1"

/* A person has typed it, and it is on the disk. (transfer full) */
static RoundsStoreDraft *
type (SyncWorld *self, const char *record)
{
  rounds_test_expect (rounds_store_save_draft (self->store, KIND, record, PAYLOAD, 1));
  return rounds_store_draft_new (KIND, record, PAYLOAD, 2);
}

static void
expect_draft (SyncWorld *self, const char *record, gboolean is_there)
{
  g_autoptr (DexFuture) loaded = rounds_store_load_draft (self->store, KIND, record);
  g_autoptr (GError) error = NULL;
  const GValue *value;

  rounds_test_wait_for (loaded);
  value = dex_future_get_value (loaded, &error);
  if (!is_there)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  else
    {
      g_assert_no_error (error);
      g_assert_cmpstr (((RoundsStoreDraft *)g_value_get_boxed (value))->payload, ==, PAYLOAD);
    }
}

static void
expect_edits (SyncWorld *self, guint n)
{
  g_autoptr (GPtrArray) items = rounds_test_expect_boxed (rounds_store_list_edits (self->store));

  g_assert_cmpuint (items->len, ==, n);
}

static DexFuture *
create (SyncWorld *self, const RoundsStoreDraft *typed)
{
  g_autoptr (RoundsMeetingDraft) draft = sample_meeting_draft ();

  return rounds_sync_create_meeting (self->sync, draft, typed);
}

static void
test_kept (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsStoreDraft) typed = type (self, NULL);

  scripted_server_refuse (self->server, CREATE_ROUTE, 503, "busy", "Later");
  rounds_test_expect (create (self, typed));
  expect_draft (self, NULL, FALSE);
  expect_edits (self, 1);
}

static void
test_refused (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsStoreDraft) typed = type (self, NULL);

  scripted_server_refuse (self->server, CREATE_ROUTE, 422, "invalid", "Not so long");
  rounds_test_expect_error (create (self, typed), ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_INVALID);
  expect_draft (self, NULL, TRUE);
  expect_edits (self, 0);
}

/* Nobody waits any more: the engine keeps it, and asks what is to become of it. */
static void
test_refused_later (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsStoreDraft) typed = type (self, NULL);

  scripted_server_refuse (self->server, CREATE_ROUTE, 422, "invalid", "Not so long");
  dex_unref (create (self, typed));
  sync_world_wait_for_rest (self);
  expect_draft (self, NULL, FALSE);
  expect_edits (self, 1);
  g_assert_cmpuint (rounds_sync_count_refused (self->sync), ==, 1);
}

static void
test_not_kept (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsStoreDraft) typed = type (self, NEW_ID);

  rounds_test_expect_error (rounds_sync_change_appointment (
                                self->sync, NEW_ID, ROUNDS_APPOINTMENT_ARRIVED, "Notes", typed),
                            G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  expect_draft (self, NEW_ID, TRUE);
  expect_edits (self, 0);
}

static void
test_step_refused (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsStoreDraft) typed = type (self, SAMPLE_APPOINTMENT_ID);

  scripted_server_refuse (self->server, STATUS_ROUTE, 422, "invalid", "Not so long");
  rounds_test_expect_error (rounds_sync_change_appointment (self->sync, SAMPLE_APPOINTMENT_ID,
                                                            ROUNDS_APPOINTMENT_ARRIVED, "Notes",
                                                            typed),
                            ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_INVALID);
  expect_draft (self, SAMPLE_APPOINTMENT_ID, TRUE);
}

/* What was typed is what is there already: nothing is sent, and nothing stays behind. */
static void
test_no_difference (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsStoreDraft) typed = type (self, SAMPLE_MEETING_ID);
  g_autoptr (RoundsEntry) entry
      = sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, SAMPLE_MEETING_ID);
  const char *notes = rounds_entry_get_meeting (entry)->notes;

  rounds_test_expect (rounds_sync_set_notes (self->sync, entry, notes != NULL ? notes : "", typed));
  expect_draft (self, SAMPLE_MEETING_ID, FALSE);
  expect_edits (self, 0);
}

/* Notes on a record that the server has not answered to yet. They come back under its id there. */
static void
test_follows_the_record (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeeting) there = sample_meeting (NEW_ID);
  g_autoptr (RoundsMeeting) local = NULL;
  g_autoptr (RoundsEntry) entry = NULL;
  g_autoptr (RoundsStoreDraft) typed = NULL;
  g_autoptr (DexFuture) noted = NULL;

  scripted_server_refuse (self->server, CREATE_ROUTE, 503, "busy", "Later");
  local = rounds_test_expect_boxed (create (self, NULL));
  entry = rounds_entry_new_for_meeting (local);
  typed = type (self, local->id);
  scripted_server_answer_data (self->server, CREATE_ROUTE,
                               sample_one ("meeting", rounds_wire_meeting_to_json (there, NULL)));
  scripted_server_refuse (self->server, NOTES_ROUTE, 422, "invalid", "Not so long");

  noted = rounds_sync_set_notes (self->sync, entry, "Bring the X-rays", typed);
  rounds_test_wait_for (noted);
  g_assert_true (dex_future_is_rejected (noted));
  expect_draft (self, local->id, FALSE);
  expect_draft (self, NEW_ID, TRUE);
  expect_edits (self, 0);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

#define ADD(name, function)                                                                        \
  g_test_add ("/Rounds/Sync/Typed/" name, SyncWorld *, NULL, sync_world_set_up, function,          \
              sync_world_tear_down)
  ADD ("kept", test_kept);
  ADD ("refused", test_refused);
  ADD ("refused-later", test_refused_later);
  ADD ("not-kept", test_not_kept);
  ADD ("step-refused", test_step_refused);
  ADD ("no-difference", test_no_difference);
  ADD ("follows-the-record", test_follows_the_record);
#undef ADD
  return g_test_run ();
}
