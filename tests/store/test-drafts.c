/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What is being typed: kept, found again, and gone when it is done.
 * What the drafts of calls and forms say is tested with those.
 */

#include "config.h"

#include "records.h"
#include "rounds-outbox-item.h"
#include "rounds-store-drafts.h"
#include "rounds-store-outbox.h"
#include "rounds-test.h"

static const guint8 KEY[ROUNDS_STORE_KEY_LENGTH] = { 7 };

static void
expect_payload (RoundsStore *store, const char *kind, const char *record, const char *payload)
{
  g_autoptr (DexFuture) future = rounds_store_load_draft (store, kind, record);
  g_autoptr (GError) error = NULL;
  const GValue *value;
  const RoundsStoreDraft *draft;

  rounds_test_wait_for (future);
  value = dex_future_get_value (future, &error);
  if (payload == NULL)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
      return;
    }
  g_assert_no_error (error);
  draft = g_value_get_boxed (value);
  g_assert_cmpstr (draft->kind, ==, kind);
  g_assert_cmpstr (draft->record, ==, record != NULL ? record : "");
  g_assert_cmpstr (draft->payload, ==, payload);
}

static void
test_kept_by_kind_and_record (void)
{
  g_autoptr (RoundsStore) store = open_store ();

  expect_payload (store, "call-notes", "a", NULL);
  rounds_test_expect (rounds_store_save_draft (store, "call-notes", "a", "{\"n\":1}", 10));
  rounds_test_expect (rounds_store_save_draft (store, "call-notes", "b", "{\"n\":2}", 20));
  rounds_test_expect (rounds_store_save_draft (store, "new-appointment", NULL, "{}", 30));
  rounds_test_expect (rounds_store_save_draft (store, "call-notes", "a", "{\"n\":3}", 40));
  expect_payload (store, "call-notes", "a", "{\"n\":3}");
  expect_payload (store, "call-notes", "b", "{\"n\":2}");
  expect_payload (store, "call-notes", NULL, NULL);
  expect_payload (store, "new-appointment", NULL, "{}");
  expect_payload (store, "new-appointment", "a", NULL);

  rounds_test_expect (rounds_store_remove_draft (store, "call-notes", "a"));
  rounds_test_expect (rounds_store_remove_draft (store, "call-notes", "a"));
  expect_payload (store, "call-notes", "a", NULL);
  expect_payload (store, "call-notes", "b", "{\"n\":2}");
}

static void
expect_listed (RoundsStore *store, const char *kind, const char *expected)
{
  g_autoptr (DexFuture) future = rounds_store_list_drafts (store, kind);
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) listed = g_string_new (NULL);
  const GValue *value;
  GPtrArray *drafts;

  rounds_test_wait_for (future);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  drafts = g_value_get_boxed (value);
  for (guint i = 0; i < drafts->len; i++)
    {
      const RoundsStoreDraft *draft = drafts->pdata[i];

      g_string_append_printf (listed, "%s/%s@%d ", draft->kind, draft->record,
                              (int)draft->updated_at);
    }
  g_assert_cmpstr (listed->str, ==, expected);
}

static void
test_listed_latest_first (void)
{
  g_autoptr (RoundsStore) store = open_store ();

  expect_listed (store, NULL, "");
  rounds_test_expect (rounds_store_save_draft (store, "notes", "a", "1", 20));
  rounds_test_expect (rounds_store_save_draft (store, "notes", "b", "2", 30));
  rounds_test_expect (rounds_store_save_draft (store, "form", NULL, "3", 10));
  expect_listed (store, NULL, "notes/b@30 notes/a@20 form/@10 ");
  expect_listed (store, "notes", "notes/b@30 notes/a@20 ");
  expect_listed (store, "letters", "");
  rounds_test_expect (rounds_store_save_draft (store, "form", NULL, "4", 40));
  expect_listed (store, NULL, "form/@40 notes/b@30 notes/a@20 ");
}

static void
test_only_json (void)
{
  const char *const texts[] = { "", "{", "notes", "{\"a\":}" };
  g_autoptr (RoundsStore) store = open_store ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    rounds_test_expect_error (rounds_store_save_draft (store, "notes", "a", texts[i], 1),
                              ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_FAILED_IO);
  expect_payload (store, "notes", "a", NULL);
}

static void
test_kept_in_the_file (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "cache.db", NULL);
  g_autoptr (RoundsStore) store = rounds_store_new (path, KEY);
  g_autoptr (RoundsStore) later = rounds_store_new (path, KEY);

  rounds_test_expect (rounds_store_open (store));
  rounds_test_expect (rounds_store_save_draft (store, "notes", "a", "\"Æ ' 山\"", 1));
  /* As a crash leaves it: nothing was closed. */
  rounds_test_expect (rounds_store_open (later));
  expect_payload (later, "notes", "a", "\"Æ ' 山\"");
  rounds_test_expect (rounds_store_close (later));
  rounds_test_expect (rounds_store_close (store));
}

/* Notes typed about a new record belong to it when the server has given it its id. */
static void
test_follow_a_new_record (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autofree char *ours = make_id (1);
  g_autofree char *theirs = make_id (2);
  g_autoptr (RoundsMeeting) local = make_meeting (1, "Board");
  g_autoptr (RoundsMeeting) answer = make_meeting (2, "Board");
  g_autoptr (RoundsEntry) local_entry = rounds_entry_new_for_meeting (local);
  g_autoptr (RoundsEntry) answer_entry = rounds_entry_new_for_meeting (answer);
  g_autoptr (RoundsOutboxItem) item = rounds_outbox_item_new (ROUNDS_ENTRY_MEETING, ours, 1);

  item->draft = g_strdup ("{}");
  rounds_test_expect (rounds_store_add_edit (store, item, local_entry, NULL));
  rounds_test_expect (rounds_store_save_draft (store, "notes", ours, "1", 1));
  rounds_test_expect (rounds_store_settle_edit (store, item, answer_entry));
  expect_payload (store, "notes", ours, NULL);
  expect_payload (store, "notes", theirs, "1");
}

static void
expect_edits (RoundsStore *store, guint n)
{
  g_autoptr (GPtrArray) items = rounds_test_expect_boxed (rounds_store_list_edits (store));

  g_assert_cmpuint (items->len, ==, n);
}

/* As a crash after each step leaves it: the draft or the edit, in one file. */
static void
test_gives_way_to_an_edit (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "cache.db", NULL);
  g_autoptr (RoundsStore) store = rounds_store_new (path, KEY);
  g_autoptr (RoundsStore) later = rounds_store_new (path, KEY);
  g_autofree char *id = make_id (1);
  g_autoptr (RoundsMeeting) local = make_meeting (1, "Board");
  g_autoptr (RoundsEntry) entry = rounds_entry_new_for_meeting (local);
  g_autoptr (RoundsOutboxItem) item = rounds_outbox_item_new (ROUNDS_ENTRY_MEETING, id, 1);
  g_autoptr (RoundsStoreDraft) typed = rounds_store_draft_new ("form", NULL, "{\"t\":1}", 5);
  g_autoptr (RoundsStoreDraft) garbled = rounds_store_draft_new ("form", NULL, "{", 5);

  item->draft = g_strdup ("{}");
  rounds_test_expect (rounds_store_open (store));
  rounds_test_expect (rounds_store_open (later));
  rounds_test_expect (rounds_store_save_draft (store, "form", NULL, "{}", 1));
  rounds_test_expect (rounds_store_add_edit (store, item, entry, typed));
  expect_payload (later, "form", NULL, NULL);
  expect_edits (later, 1);

  /* All or nothing. */
  rounds_test_expect_error (rounds_store_drop_edit (store, item, garbled), ROUNDS_STORE_ERROR,
                            ROUNDS_STORE_ERROR_FAILED_IO);
  expect_payload (later, "form", NULL, NULL);
  expect_edits (later, 1);

  rounds_test_expect (rounds_store_drop_edit (store, item, typed));
  expect_payload (later, "form", NULL, "{\"t\":1}");
  expect_edits (later, 0);

  g_clear_pointer (&item->draft, g_free);
  rounds_test_expect_error (rounds_store_add_edit (store, item, NULL, typed), G_IO_ERROR,
                            G_IO_ERROR_NOT_FOUND);
  expect_payload (later, "form", NULL, "{\"t\":1}");
  rounds_test_expect (rounds_store_close (later));
  rounds_test_expect (rounds_store_close (store));
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Store/Drafts/by-kind-and-record", test_kept_by_kind_and_record);
  g_test_add_func ("/Rounds/Store/Drafts/latest-first", test_listed_latest_first);
  g_test_add_func ("/Rounds/Store/Drafts/only-json", test_only_json);
  g_test_add_func ("/Rounds/Store/Drafts/in-the-file", test_kept_in_the_file);
  g_test_add_func ("/Rounds/Store/Drafts/follow-a-new-record", test_follow_a_new_record);
  g_test_add_func ("/Rounds/Store/Drafts/gives-way-to-an-edit", test_gives_way_to_an_edit);
  return g_test_run ();
}
