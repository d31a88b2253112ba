/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Each templated widget is made and goes again, and the pages show what is in a store.
 * How a person works with them is tested through the accessibility tree.
 */

#include "config.h"

#include <adwaita.h>

#include "records.h"
#include "rounds-accounts-dialog.h"
#include "rounds-appointment-dialog.h"
#include "rounds-api.h"
#include "rounds-app-resources.h"
#include "rounds-day-group.h"
#include "rounds-day-list.h"
#include "rounds-day-row.h"
#include "rounds-details-page.h"
#include "rounds-entry-row.h"
#include "rounds-fact-row.h"
#include "rounds-facts-view.h"
#include "rounds-meeting-dialog.h"
#include "rounds-next-card.h"
#include "rounds-init.h"
#include "rounds-notes-dialog.h"
#include "rounds-records-page.h"
#include "rounds-sidebar.h"
#include "rounds-sign-in-page.h"
#include "rounds-store-outbox.h"
#include "rounds-status-pill.h"
#include "rounds-sync-banner.h"
#include "rounds-sync-indicator.h"
#include "rounds-test.h"
#include "rounds-today-page.h"
#include "rounds-trouble-page.h"
#include "rounds-unsent-dialog.h"
#include "rounds-waiting-row.h"
#include "rounds-workspace.h"

/* An engine that never runs, over a store with a day in it. */
typedef struct
{
  RoundsStore *store;
  RoundsSync *sync;
  RoundsClock *clock;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsApi) api = rounds_api_new ("http://127.0.0.1:9", NULL);
  g_autoptr (RoundsUser) doctor = make_user (1, "Dr. Ana Silva");

  doctor->role = ROUNDS_ROLE_DOCTOR;
  fixture->store = open_store ();
  fixture->clock = rounds_clock_new_fixed (MORNING);
  fixture->sync = rounds_sync_new (api, fixture->store, doctor, fixture->clock);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->sync);
  rounds_test_expect (rounds_store_close (fixture->store));
  g_clear_object (&fixture->clock);
  rounds_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

static void
save_day (Fixture *fixture)
{
  RoundsAppointment *arrived = make_appointment (1, "Maria Lopez");

  arrived->status = ROUNDS_APPOINTMENT_ARRIVED;
  save_appointment (fixture->store, make_appointment (0, "Jonas Weber"));
  save_appointment (fixture->store, arrived);
  save_meeting (fixture->store, make_meeting (6, "Weekly Review"));
}

/* @type as the one child of a window; the window is shown and gone again. */
static void
test_makes_and_goes (gconstpointer data)
{
  GType type = GPOINTER_TO_SIZE (data);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *widget = g_object_new (type, NULL);
  g_autoptr (GtkWidget) kept = g_object_ref_sink (widget);

  if (ADW_IS_DIALOG (widget))
    {
      gtk_window_destroy (GTK_WINDOW (window));
      rounds_test_drain ();
      g_assert_finalize_object (g_steal_pointer (&kept));
      return;
    }

  if (GTK_IS_LIST_BOX_ROW (widget))
    {
      GtkWidget *list = gtk_list_box_new ();

      gtk_list_box_append (GTK_LIST_BOX (list), widget);
      gtk_window_set_child (GTK_WINDOW (window), list);
    }
  else
    gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  rounds_test_drain ();
  gtk_window_destroy (GTK_WINDOW (window));
  rounds_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&kept));
}

static GtkWidget *
show (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* The page goes with its window, timers and all. */
static void
expect_gone (GtkWidget *window, GtkWidget *page)
{
  g_object_ref (page);
  gtk_window_destroy (GTK_WINDOW (window));
  rounds_test_drain ();
  g_assert_finalize_object (page);
}

/* Whether a visible label under @widget says @text. */
static gboolean
says (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (says (child, text))
        return TRUE;
    }
  return FALSE;
}

/* What a wait looks for. */
typedef struct
{
  GtkWidget *widget;
  const char *text;
} Saying;

static gboolean
is_said (gpointer data)
{
  Saying *saying = data;

  return says (saying->widget, saying->text);
}

static void
wait_for_words (GtkWidget *widget, const char *text)
{
  Saying saying = { widget, text };

  rounds_test_wait_until (is_said, &saying);
}

static void
test_today (Fixture *fixture, gconstpointer data)
{
  RoundsTodayPage *page = g_object_new (ROUNDS_TYPE_TODAY_PAGE, NULL);
  GtkWidget *window;
  g_autoptr (RoundsEntry) next = NULL;
  guint n_waiting;

  save_day (fixture);
  rounds_today_page_set_sync (page, fixture->sync, fixture->clock, "http://127.0.0.1:9");
  window = show (GTK_WIDGET (page));
  wait_for_words (GTK_WIDGET (page), "Weekly Review");
  g_assert_true (says (GTK_WIDGET (page), "Maria Lopez"));
  g_assert_true (says (GTK_WIDGET (page), "Now, 08:00"));
  g_assert_true (says (GTK_WIDGET (page), "Next up"));
  g_object_get (page, "n-waiting", &n_waiting, NULL);
  g_assert_cmpuint (n_waiting, ==, 1);
  next = rounds_today_page_dup_next (page);
  g_assert_cmpstr (rounds_entry_get_title (next), ==, "Maria Lopez");
  expect_gone (window, GTK_WIDGET (page));
}

static void
test_free_day (Fixture *fixture, gconstpointer data)
{
  RoundsTodayPage *page = g_object_new (ROUNDS_TYPE_TODAY_PAGE, NULL);
  GtkWidget *window;

  rounds_today_page_set_sync (page, fixture->sync, fixture->clock, NULL);
  window = show (GTK_WIDGET (page));
  wait_for_words (GTK_WIDGET (page), "A Free Day");
  /* It follows the store. */
  save_appointment (fixture->store, make_appointment (0, "Jonas Weber"));
  wait_for_words (GTK_WIDGET (page), "Jonas Weber");
  expect_gone (window, GTK_WIDGET (page));
}

static void
test_records (Fixture *fixture, gconstpointer data)
{
  RoundsRecordsPage *page = g_object_new (ROUNDS_TYPE_RECORDS_PAGE, NULL);
  g_autoptr (RoundsAppointment) changed = make_appointment (0, "Jonas Weber");
  g_autoptr (RoundsEntry) entry = rounds_entry_new_for_appointment (changed);
  GtkWidget *window;

  save_day (fixture);
  rounds_records_page_set_sync (page, ROUNDS_ENTRY_APPOINTMENT, fixture->sync, fixture->clock,
                                NULL);
  window = show (GTK_WIDGET (page));
  wait_for_words (GTK_WIDGET (page), "Maria Lopez");
  g_assert_true (says (GTK_WIDGET (page), "Today"));
  g_assert_false (says (GTK_WIDGET (page), "Weekly Review"));
  wait_for_words (GTK_WIDGET (page), "Nothing Chosen");

  rounds_records_page_open (page, entry);
  g_assert_false (says (GTK_WIDGET (page), "Nothing Chosen"));
  wait_for_words (GTK_WIDGET (page), "Cardiology");
  expect_gone (window, GTK_WIDGET (page));
}

static void
test_details_follow (Fixture *fixture, gconstpointer data)
{
  RoundsDetailsPage *page = g_object_new (ROUNDS_TYPE_DETAILS_PAGE, NULL);
  g_autoptr (RoundsAppointment) appointment = make_appointment (0, "Jonas Weber");
  g_autoptr (RoundsEntry) entry = rounds_entry_new_for_appointment (appointment);
  RoundsAppointment *done = rounds_appointment_copy (appointment);
  GtkWidget *window;

  save_appointment (fixture->store, rounds_appointment_ref (appointment));
  rounds_details_page_set_sync (page, fixture->sync, fixture->clock);
  window = show (GTK_WIDGET (page));
  rounds_details_page_show (page, entry);
  g_assert_true (says (GTK_WIDGET (page), "Confirmed"));
  done->status = ROUNDS_APPOINTMENT_COMPLETED;
  done->notes = g_strdup ("All well");
  done->version = 2;
  save_appointment (fixture->store, done);
  wait_for_words (GTK_WIDGET (page), "Completed");
  g_assert_true (says (GTK_WIDGET (page), "All well"));
  g_assert_false (says (GTK_WIDGET (page), "Confirmed"));

  remove_record (fixture->store, ROUNDS_ENTRY_APPOINTMENT, appointment->id);
  wait_for_words (GTK_WIDGET (page), "Nothing Chosen");
  expect_gone (window, GTK_WIDGET (page));
}

static gboolean
is_compact (gpointer page)
{
  gboolean found;

  g_object_get (page, "compact", &found, NULL);
  return found;
}

static void
test_compact_rows (Fixture *fixture, gconstpointer data)
{
  RoundsTodayPage *page = g_object_new (ROUNDS_TYPE_TODAY_PAGE, NULL);
  GtkWidget *window;

  save_day (fixture);
  rounds_today_page_set_sync (page, fixture->sync, fixture->clock, NULL);
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 600);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (page));
  gtk_window_present (GTK_WINDOW (window));
  wait_for_words (GTK_WIDGET (page), "Maria Lopez");
  rounds_test_wait_until (is_compact, page);
  expect_gone (window, GTK_WIDGET (page));
}

/* After a damaged cache was mended: the edit is there before its record is. */
static void
test_unsent_without_record (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = make_id (3);
  g_autoptr (RoundsOutboxItem) item = rounds_outbox_item_new (ROUNDS_ENTRY_MEETING, id, 1);
  GtkWidget *window = NULL;
  AdwDialog *dialog = NULL;

  item->status = ROUNDS_MEETING_COMPLETED;
  item->has_base = TRUE;
  rounds_test_expect (rounds_store_add_edit (fixture->store, item, NULL, NULL));
  window = show (gtk_label_new ("Rounds"));
  dialog = rounds_unsent_dialog_new (fixture->sync);
  adw_dialog_present (dialog, window);
  wait_for_words (GTK_WIDGET (dialog), "A meeting that comes with the next update");
  g_assert_true (says (GTK_WIDGET (dialog), "Completed"));
  adw_dialog_force_close (dialog);
  gtk_window_destroy (GTK_WINDOW (window));
  rounds_test_drain ();
}

static gboolean
is_in_bar (gpointer button)
{
  return gtk_widget_get_mapped (button)
         && gtk_widget_get_ancestor (button, ADW_TYPE_HEADER_BAR) != NULL;
}

static gboolean
is_below (gpointer button)
{
  return gtk_widget_get_mapped (button)
         && gtk_widget_get_ancestor (button, ADW_TYPE_HEADER_BAR) == NULL;
}

/* In a narrow window the title has the bar to itself: the last button is below the form then, and
 * still the one that Enter presses. */
static void
test_narrow_form (Fixture *fixture, gconstpointer data)
{
  for (int width = 360; width <= 800; width += 440)
    {
      GtkWidget *window = adw_window_new ();
      AdwDialog *dialog = rounds_meeting_dialog_new (fixture->sync);
      GtkWidget *button = adw_dialog_get_default_widget (dialog);

      gtk_window_set_default_size (GTK_WINDOW (window), width, 640);
      adw_window_set_content (ADW_WINDOW (window), gtk_label_new ("Rounds"));
      gtk_window_present (GTK_WINDOW (window));
      adw_dialog_present (dialog, window);
      rounds_test_wait_until (width < 400 ? is_below : is_in_bar, button);
      g_assert_true (gtk_widget_is_ancestor (button, GTK_WIDGET (dialog)));
      g_assert_true (adw_dialog_get_default_widget (dialog) == button);
      adw_dialog_force_close (dialog);
      gtk_window_destroy (GTK_WINDOW (window));
      rounds_test_drain ();
    }
}

static void
on_answered_cb (RoundsNotesDialog *dialog, const char *response, const char *notes, char **answer)
{
  *answer = g_strdup_printf ("%s:%s", response, notes != NULL ? notes : "(same)");
}

static void
test_notes_dialog (void)
{
  static const struct
  {
    const char *response;
    const char *answer;
  } cases[] = {
    { "go", "go:(same)" },
    { "close", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RoundsNotesDialog *dialog = rounds_notes_dialog_new ("Complete?", "Really?", "Notes", "old");
      g_autofree char *answer = NULL;

      g_object_ref_sink (dialog);
      adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "close", "_No", "go", "_Go", NULL);
      g_signal_connect (dialog, "answered", G_CALLBACK (on_answered_cb), &answer);
      g_signal_emit_by_name (dialog, "response", cases[i].response);
      g_assert_cmpstr (answer, ==, cases[i].answer);
      g_assert_finalize_object (dialog);
    }
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/Rounds/App/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

static void
add_widgets (void)
{
  const GType types[] = {
    ROUNDS_TYPE_DAY_GROUP,     ROUNDS_TYPE_DAY_LIST,           ROUNDS_TYPE_DETAILS_PAGE,
    ROUNDS_TYPE_ENTRY_ROW,     ROUNDS_TYPE_FACT_ROW,           ROUNDS_TYPE_FACTS_VIEW,
    ROUNDS_TYPE_NEXT_CARD,     ROUNDS_TYPE_NOTES_DIALOG,       ROUNDS_TYPE_RECORDS_PAGE,
    ROUNDS_TYPE_SIDEBAR,       ROUNDS_TYPE_SIGN_IN_PAGE,       ROUNDS_TYPE_STATUS_PILL,
    ROUNDS_TYPE_SYNC_BANNER,   ROUNDS_TYPE_SYNC_INDICATOR,     ROUNDS_TYPE_TODAY_PAGE,
    ROUNDS_TYPE_TROUBLE_PAGE,  ROUNDS_TYPE_WAITING_ROW,        ROUNDS_TYPE_WORKSPACE,
    ROUNDS_TYPE_DAY_ROW,       ROUNDS_TYPE_APPOINTMENT_DIALOG, ROUNDS_TYPE_MEETING_DIALOG,
    ROUNDS_TYPE_UNSENT_DIALOG, ROUNDS_TYPE_ACCOUNTS_DIALOG,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/Rounds/App/%s/makes-and-goes", g_type_name (types[i]) + 6);

      g_test_add_data_func (path, GSIZE_TO_POINTER (types[i]), test_makes_and_goes);
    }
}

int
main (int argc, char *argv[])
{
  /* Not rounds_test_init(): without the system's folders there would be no icons. */
  rounds_init ("rounds-test");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  rounds_app_register_resource ();

  add_widgets ();
  add ("TodayPage/full", test_today);
  add ("TodayPage/free", test_free_day);
  add ("TodayPage/compact", test_compact_rows);
  add ("RecordsPage/list-and-details", test_records);
  add ("DetailsPage/follows", test_details_follow);
  add ("UnsentDialog/without-record", test_unsent_without_record);
  add ("FormDialog/narrow", test_narrow_form);
  g_test_add_func ("/Rounds/App/NotesDialog/answers", test_notes_dialog);
  return g_test_run ();
}
