/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The outbox in the file: what is shown and what waits change together, or not at all.
 * How edits are sent and merged is tested in sync.
 */

#include "config.h"

#include "records.h"
#include "rounds-db.h"
#include "rounds-schema.h"
#include "rounds-store-outbox.h"
#include "rounds-test.h"

static const guint8 KEY[ROUNDS_STORE_KEY_LENGTH] = "0123456789abcdef0123456789abcde";

/* Rows as the first version of the cache wrote them. */
static const char VERSION_1[]
    = "INSERT INTO fact VALUES ('last-sync', '1705305600000000');"
      "INSERT INTO person VALUES ('000000000000000000000101', 'Dr. Grace Hopper', NULL, 'doctor',"
      " NULL, NULL, NULL, -1, NULL);"
      "INSERT INTO appointment VALUES (1, '000000000000000000000001', '000000000000000000000201',"
      " 'Cardiology', 'virtual', '2024-01-15', '10:00 AM', 'Europe/Berlin', 1705309200000000, 30,"
      " 'Chest pain', 'Ayşe', NULL, NULL, 35, NULL, '000000000000000000000101', NULL, 'confirmed',"
      " 'Notes', 'appointment-1', 3, NULL, NULL);"
      "INSERT INTO appointment_search (rowid, words) VALUES (1, 'ayse');"
      "INSERT INTO meeting VALUES (1, '000000000000000000000002', '000000000000000000000101',"
      " 'doctor-doctor', 'Board', NULL, 'video', 'scheduled', 1705312800000000, 30, NULL, NULL, -1,"
      " NULL, 'meeting-1', 1, NULL, NULL);"
      "INSERT INTO participant VALUES (1, 0, '000000000000000000000101');";

static RoundsOutboxItem *
make_change (const char *record, RoundsAppointmentStatus status, const char *notes)
{
  RoundsOutboxItem *item = rounds_outbox_item_new (ROUNDS_ENTRY_APPOINTMENT, record, MORNING);

  item->status = (int)status;
  item->notes = g_strdup (notes);
  return item;
}

static RoundsOutboxItem *
add_edit (RoundsStore *store, const RoundsOutboxItem *item, RoundsEntry *local)
{
  g_autoptr (DexFuture) added = rounds_store_add_edit (store, item, local, NULL);
  g_autoptr (GError) error = NULL;
  const GValue *value;

  rounds_test_wait_for (added);
  value = dex_future_get_value (added, &error);
  g_assert_no_error (error);
  return g_value_dup_boxed (value);
}

static RoundsEntry *
get_entry (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;
  const GValue *value;

  rounds_test_wait_for (owned);
  value = dex_future_get_value (owned, NULL);
  return value != NULL ? g_value_dup_object (value) : NULL;
}

static void
expect_shown (RoundsStore *store, const char *id, RoundsAppointmentStatus status,
              RoundsDelivery delivery)
{
  g_autoptr (RoundsEntry) entry
      = get_entry (rounds_store_get_entry (store, ROUNDS_ENTRY_APPOINTMENT, id));

  g_assert_nonnull (entry);
  g_assert_cmpint (rounds_entry_get_appointment (entry)->status, ==, status);
  g_assert_cmpint (rounds_entry_get_delivery (entry), ==, delivery);
}

static guint
count_edits (RoundsStore *store)
{
  g_autoptr (DexFuture) listed = rounds_store_list_edits (store);

  rounds_test_wait_for (listed);
  return ((GPtrArray *)g_value_get_boxed (dex_future_get_value (listed, NULL)))->len;
}

static void
test_items_come_back_whole (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autofree char *id = make_id (1);
  g_autoptr (RoundsOutboxItem) item = make_change (id, ROUNDS_APPOINTMENT_ARRIVED, "At the desk");
  g_autoptr (RoundsOutboxItem) kept = NULL;
  g_autoptr (DexFuture) listed = NULL;
  const RoundsOutboxItem *read;
  RoundsAppointment *appointment = make_appointment (1, "Anna");

  g_set_str (&appointment->notes, "Before");
  save_appointment (store, appointment);
  kept = add_edit (store, item, NULL);
  g_assert_cmpstr (kept->base_notes, ==, "Before");
  g_set_str (&kept->reason, "Why");
  kept->attempts = 3;
  kept->state = ROUNDS_OUTBOX_REFUSED;
  rounds_test_expect (rounds_store_update_edit (store, kept));

  listed = rounds_store_list_edits (store);
  rounds_test_wait_for (listed);
  read
      = g_ptr_array_index ((GPtrArray *)g_value_get_boxed (dex_future_get_value (listed, NULL)), 0);
  g_assert_cmpstr (read->name, ==, item->name);
  g_assert_cmpstr (read->key, ==, item->key);
  g_assert_cmpstr (read->record, ==, id);
  g_assert_cmpint (read->status, ==, ROUNDS_APPOINTMENT_ARRIVED);
  g_assert_cmpstr (read->notes, ==, "At the desk");
  g_assert_cmpint (read->base_status, ==, kept->base_status);
  g_assert_cmpstr (read->base_notes, ==, "Before");
  g_assert_cmpuint (read->attempts, ==, 3);
  g_assert_cmpstr (read->reason, ==, "Why");
  g_assert_cmpint (read->made_at, ==, MORNING);
  rounds_test_expect (rounds_store_close (store));
}

/* Whatever the server lists meanwhile goes under the edits. */
static void
test_listing_goes_under_edits (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autoptr (GPtrArray) listing = make_appointments (3);
  g_autoptr (GPtrArray) none = new_appointments ();
  g_autofree char *id = make_id (1);
  g_autoptr (RoundsOutboxItem) first = make_change (id, ROUNDS_APPOINTMENT_ARRIVED, NULL);
  g_autoptr (RoundsOutboxItem) second = make_change (id, ROUNDS_APPOINTMENT_ACTIVE, "Two");
  g_autoptr (RoundsEntry) original = NULL;
  RoundsAppointmentStatus before = ((RoundsAppointment *)listing->pdata[1])->status;

  rounds_test_expect (rounds_store_replace (store, listing, NULL, NULL, NULL));
  rounds_outbox_item_free (add_edit (store, first, NULL));
  rounds_outbox_item_free (add_edit (store, second, NULL));
  expect_shown (store, id, ROUNDS_APPOINTMENT_ACTIVE, ROUNDS_DELIVERY_UNSENT);

  g_assert_false (
      rounds_test_expect_boolean (rounds_store_replace (store, listing, NULL, NULL, NULL)));
  expect_shown (store, id, ROUNDS_APPOINTMENT_ACTIVE, ROUNDS_DELIVERY_UNSENT);
  original = get_entry (rounds_store_get_original (store, ROUNDS_ENTRY_APPOINTMENT, id));
  g_assert_cmpint (rounds_entry_get_appointment (original)->status, ==, before);

  rounds_test_expect (rounds_store_drop_edit (store, second, NULL));
  expect_shown (store, id, ROUNDS_APPOINTMENT_ARRIVED, ROUNDS_DELIVERY_UNSENT);
  rounds_test_expect (rounds_store_drop_edit (store, first, NULL));
  expect_shown (store, id, before, ROUNDS_DELIVERY_DONE);

  /* Gone at the server: there is nothing to bring back. */
  rounds_outbox_item_free (add_edit (store, first, NULL));
  rounds_test_expect (rounds_store_replace (store, none, NULL, NULL, NULL));
  g_assert_null (get_entry (rounds_store_get_entry (store, ROUNDS_ENTRY_APPOINTMENT, id)));
  rounds_test_expect (rounds_store_drop_edit (store, first, NULL));
  g_assert_null (get_entry (rounds_store_get_entry (store, ROUNDS_ENTRY_APPOINTMENT, id)));
  rounds_test_expect (rounds_store_close (store));
}

/* Who is checked in offline waits from that moment on, days after the server's last change. */
static void
test_waits_at_once (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autofree char *id = make_id (1);
  g_autoptr (RoundsOutboxItem) item = make_change (id, ROUNDS_APPOINTMENT_ARRIVED, NULL);
  g_autoptr (RoundsEntry) shown = NULL;
  g_autoptr (RoundsEntry) again = NULL;
  RoundsAppointment *appointment = make_appointment (1, "Anna");
  gint64 before = appointment->updated_at;

  save_appointment (store, appointment);
  rounds_outbox_item_free (add_edit (store, item, NULL));
  shown = get_entry (rounds_store_get_entry (store, ROUNDS_ENTRY_APPOINTMENT, id));
  g_assert_cmpint (rounds_entry_get_appointment (shown)->updated_at, ==, item->made_at);
  g_assert_cmpint (rounds_entry_get_appointment (shown)->arrived_at, ==, item->made_at);

  rounds_test_expect (rounds_store_drop_edit (store, item, NULL));
  again = get_entry (rounds_store_get_entry (store, ROUNDS_ENTRY_APPOINTMENT, id));
  g_assert_cmpint (rounds_entry_get_appointment (again)->updated_at, ==, before);
  g_assert_cmpint (rounds_entry_get_appointment (again)->arrived_at, ==, ROUNDS_TIME_NONE);
  rounds_test_expect (rounds_store_close (store));
}

typedef struct
{
  guint n_signals;
  guint n_rows; /* the most there ever were, and the fewest */
  guint n_fewest;
} Watch;

static void
items_changed_cb (GListModel *list, guint position, guint removed, guint added, Watch *watch)
{
  watch->n_signals++;
  watch->n_rows = MAX (watch->n_rows, g_list_model_get_n_items (list));
  watch->n_fewest = MIN (watch->n_fewest, g_list_model_get_n_items (list));
}

static gboolean
has_changed (gpointer data)
{
  return ((Watch *)data)->n_signals > 0;
}

/* The row becomes the server's in one step: never two of it, never none. */
static void
test_creation_becomes_the_servers (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autoptr (RoundsAppointment) ours = make_appointment (1, "Anna");
  g_autoptr (RoundsAppointment) theirs = make_appointment (2, "Anna");
  g_autoptr (RoundsEntry) local = rounds_entry_new_for_appointment (ours);
  g_autoptr (RoundsEntry) answer = NULL;
  g_autoptr (RoundsOutboxItem) creation
      = rounds_outbox_item_new (ROUNDS_ENTRY_APPOINTMENT, ours->id, MORNING);
  g_autoptr (RoundsOutboxItem) later = make_change (ours->id, ROUNDS_APPOINTMENT_CANCELLED, NULL);
  g_autoptr (RoundsEntryList) list = NULL;
  g_autoptr (GPtrArray) none = new_appointments ();
  Watch watch = { 0, 1, 1 };

  theirs->starts_at = ours->starts_at;
  answer = rounds_entry_new_for_appointment (theirs);
  creation->draft = g_strdup ("{}");
  rounds_outbox_item_free (add_edit (store, creation, local));
  rounds_outbox_item_free (add_edit (store, later, NULL));
  rounds_test_expect (rounds_store_replace (store, none, NULL, NULL, NULL));
  expect_shown (store, ours->id, ROUNDS_APPOINTMENT_CANCELLED, ROUNDS_DELIVERY_UNSENT);

  list = list_all (store, NULL);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &watch);
  rounds_test_expect (rounds_store_settle_edit (store, creation, answer));
  expect_shown (store, theirs->id, ROUNDS_APPOINTMENT_CANCELLED, ROUNDS_DELIVERY_UNSENT);
  rounds_test_wait_until (has_changed, &watch);
  g_assert_cmpuint (watch.n_signals, ==, 1);
  g_assert_cmpuint (watch.n_rows, ==, 1);
  g_assert_cmpuint (watch.n_fewest, ==, 1);
  g_assert_cmpuint (count_edits (store), ==, 1);
  rounds_test_expect (rounds_store_close (store));
}

static void
test_dropped_creation_takes_all_with_it (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autoptr (RoundsAppointment) ours = make_appointment (1, "Anna");
  g_autoptr (RoundsEntry) local = rounds_entry_new_for_appointment (ours);
  g_autoptr (RoundsOutboxItem) creation
      = rounds_outbox_item_new (ROUNDS_ENTRY_APPOINTMENT, ours->id, MORNING);
  g_autoptr (RoundsOutboxItem) later = make_change (ours->id, ROUNDS_APPOINTMENT_CANCELLED, NULL);

  creation->draft = g_strdup ("{}");
  rounds_outbox_item_free (add_edit (store, creation, local));
  rounds_outbox_item_free (add_edit (store, later, NULL));
  rounds_test_expect (rounds_store_drop_edit (store, creation, NULL));
  g_assert_cmpuint (count_edits (store), ==, 0);
  g_assert_null (get_entry (rounds_store_get_entry (store, ROUNDS_ENTRY_APPOINTMENT, ours->id)));
  rounds_test_expect (rounds_store_close (store));
}

static void
test_unknown_record (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autofree char *id = make_id (1);
  g_autoptr (RoundsOutboxItem) item = make_change (id, ROUNDS_APPOINTMENT_ARRIVED, NULL);

  rounds_test_expect_error (rounds_store_add_edit (store, item, NULL, NULL), G_IO_ERROR,
                            G_IO_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_edits (store), ==, 0);
  rounds_test_expect (rounds_store_update_edit (store, item));
  rounds_test_expect (rounds_store_drop_edit (store, item, NULL));
  rounds_test_expect (rounds_store_close (store));
}

/* An edit that cannot be kept does not show either. */
static void
test_failed_edit_leaves_nothing (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "cache.db", NULL);
  g_autoptr (RoundsStore) store = rounds_store_new (path, KEY);
  g_autoptr (RoundsDb) db = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = make_id (1);
  g_autoptr (RoundsOutboxItem) item = make_change (id, ROUNDS_APPOINTMENT_ARRIVED, NULL);
  RoundsAppointment *appointment = make_appointment (1, "Anna");
  RoundsAppointmentStatus before = appointment->status;

  rounds_test_expect (rounds_store_open (store));
  save_appointment (store, appointment);
  db = rounds_db_open (&(RoundsDbOptions){ .path = path, .key = KEY }, &error);
  g_assert_no_error (error);
  rounds_db_exec (db,
                  "CREATE TRIGGER spoil BEFORE UPDATE ON appointment BEGIN"
                  "  SELECT raise (ABORT, 'spoiled'); END",
                  &error);
  g_assert_no_error (error);

  rounds_test_expect_error (rounds_store_add_edit (store, item, NULL, NULL), ROUNDS_STORE_ERROR,
                            ROUNDS_STORE_ERROR_FAILED_IO);
  expect_shown (store, id, before, ROUNDS_DELIVERY_DONE);
  g_assert_cmpuint (count_edits (store), ==, 0);
  rounds_test_expect (rounds_store_close (store));
}

static void
make_version_1 (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = rounds_db_open (&(RoundsDbOptions){ .path = path, .key = KEY }, &error);
  const RoundsDbMigration *migrations;
  gsize n_migrations;

  g_assert_no_error (error);
  migrations = rounds_schema_get_migrations (&n_migrations);
  g_assert_cmpuint (n_migrations, >=, 2);
  g_assert_true (rounds_db_migrate (db, migrations, 1, &error));
  rounds_db_exec (db, VERSION_1, &error);
  g_assert_no_error (error);
}

static void
test_version_1_is_brought_up (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "cache.db", NULL);
  g_autoptr (RoundsStore) store = rounds_store_new (path, KEY);
  g_autoptr (RoundsEntryList) list = NULL;
  g_autoptr (RoundsOutboxItem) item
      = make_change ("000000000000000000000001", ROUNDS_APPOINTMENT_ARRIVED, NULL);
  g_autoptr (RoundsOutboxItem) kept = NULL;

  make_version_1 (path);
  rounds_test_expect (rounds_store_open (store));
  list = list_all (store, NULL);
  wait_for_titles (list, "Ayşe, Board");
  expect_shown (store, item->record, ROUNDS_APPOINTMENT_CONFIRMED, ROUNDS_DELIVERY_DONE);
  kept = add_edit (store, item, NULL);
  g_assert_cmpstr (kept->base_notes, ==, "Notes");
  expect_shown (store, item->record, ROUNDS_APPOINTMENT_ARRIVED, ROUNDS_DELIVERY_UNSENT);
  rounds_test_expect (rounds_store_close (store));
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Store/Outbox/items-come-back-whole", test_items_come_back_whole);
  g_test_add_func ("/Rounds/Store/Outbox/listing-goes-under-edits", test_listing_goes_under_edits);
  g_test_add_func ("/Rounds/Store/Outbox/waits-at-once", test_waits_at_once);
  g_test_add_func ("/Rounds/Store/Outbox/creation-becomes-the-servers",
                   test_creation_becomes_the_servers);
  g_test_add_func ("/Rounds/Store/Outbox/dropped-creation-takes-all-with-it",
                   test_dropped_creation_takes_all_with_it);
  g_test_add_func ("/Rounds/Store/Outbox/unknown-record", test_unknown_record);
  g_test_add_func ("/Rounds/Store/Outbox/failed-edit-leaves-nothing",
                   test_failed_edit_leaves_nothing);
  g_test_add_func ("/Rounds/Store/Outbox/version-1-is-brought-up", test_version_1_is_brought_up);
  return g_test_run ();
}
