/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The device check before a call, on the engine's mock devices, and what of it reaches the meeting.
 * The call that follows is in test-call-page.c.
 */

#include "config.h"

#include "call-fixture.h"
#include "call-stage.h"

#include "rounds-call-check.h"
#include "rounds-call-signal.h"

static AdwComboRow *
find_row (CallStage *stage, const char *title)
{
  GtkWidget *check = call_find_type (stage->window, ROUNDS_TYPE_CALL_CHECK);
  GtkWidget *list = call_find_type (check, GTK_TYPE_LIST_BOX);

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (ADW_IS_COMBO_ROW (row)
          && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title))
        return ADW_COMBO_ROW (row);
    }
  g_assert_not_reached ();
}

static const char *
get_chosen (AdwComboRow *row)
{
  return gtk_string_object_get_string (adw_combo_row_get_selected_item (row));
}

static guint
count_choices (AdwComboRow *row)
{
  return g_list_model_get_n_items (adw_combo_row_get_model (row));
}

static gboolean
has_devices (gpointer row)
{
  return count_choices (row) > 2;
}

static gboolean
is_off (gpointer row)
{
  return g_str_has_prefix (get_chosen (row), "Off: ");
}

static gboolean
is_heard (gpointer stage)
{
  GtkWidget *bar = call_find_type (((CallStage *)stage)->window, GTK_TYPE_LEVEL_BAR);

  return gtk_level_bar_get_value (GTK_LEVEL_BAR (bar)) > 0.1;
}

static CallStage *
open_check (const char *answer)
{
  CallStage *stage = call_stage_new_checked ("ward-round");

  if (stage == NULL)
    return NULL;
  call_press (stage->window, answer);
  return stage;
}

static char *
wait_tracks (CallStage *stage)
{
  g_autoptr (JsonObject) report = call_server_wait_report (stage->server, "devices", 0);
  g_autoptr (JsonNode) node
      = json_node_init_array (json_node_alloc (), json_object_get_array_member (report, "tracks"));

  return json_to_string (node, FALSE);
}

static void
test_join (void)
{
  g_autoptr (CallStage) stage = open_check ("Allow");
  g_autofree char *tracks = NULL;

  if (stage == NULL)
    return;

  call_wait (has_devices, find_row (stage, "Camera"), "the cameras");
  call_wait (has_devices, find_row (stage, "Microphone"), "the microphones");
  call_wait (is_heard, stage, "the microphone's level");
  g_assert_cmpuint (stage->n_joined, ==, 0);
  g_assert_cmpuint (call_server_count_reports (stage->server, "hello"), ==, 0);
  call_press (stage->window, "Play Test Sound");
  call_wait_button (stage->window, "Play Test Sound");

  /* Nobody is asked again. */
  call_press (stage->window, "Join Now");
  call_stage_wait_count (&stage->n_joined, 1);
  tracks = wait_tracks (stage);
  g_assert_cmpstr (tracks, ==, "[\"audio\",\"video\"]");
  g_assert_null (call_find_type (stage->window, ROUNDS_TYPE_CALL_CHECK));
}

static void
test_denied (void)
{
  g_autoptr (CallStage) stage = open_check ("Don’t Allow");
  g_autofree char *tracks = NULL;

  if (stage == NULL)
    return;

  call_wait_text (stage->window, "Your camera is not allowed; the others can’t see you\n"
                                 "Your microphone is not allowed; the others can’t hear you");
  call_wait (is_off, find_row (stage, "Camera"), "no camera");
  call_wait (is_off, find_row (stage, "Microphone"), "no microphone");
  call_press (stage->window, "Join Now");
  call_stage_wait_count (&stage->n_joined, 1);
  tracks = wait_tracks (stage);
  g_assert_cmpstr (tracks, ==, "[]");
}

/* A no is taken back by choosing the device. */
static void
test_asked_again (void)
{
  g_autoptr (CallStage) stage = open_check ("Microphone Only");

  if (stage == NULL)
    return;

  call_wait_text (stage->window, "Your camera is not allowed; the others can’t see you");
  call_wait (has_devices, find_row (stage, "Microphone"), "the microphones");
  adw_combo_row_set_selected (find_row (stage, "Camera"), 0);
  call_wait_text (stage->window, "Use Camera?");
  call_press (stage->window, "Allow");
  call_wait (has_devices, find_row (stage, "Camera"), "the cameras");
}

static gboolean
is_chosen (gpointer data)
{
  CallStage *stage = data;
  g_autoptr (JsonObject) request = NULL;

  for (guint i = 0; i < call_server_count_reports (stage->server, "request"); i++)
    {
      g_clear_pointer (&request, json_object_unref);
      request = call_server_wait_report (stage->server, "request", i);
      if (g_str_equal (json_object_get_string_member (request, "name"), "setDevice"))
        {
          JsonObject *device = json_object_get_object_member (request, "device");

          g_assert_cmpstr (json_object_get_string_member (device, "kind"), ==, "audioinput");
          g_assert_cmpstr (json_object_get_string_member (device, "label"), ==, stage->last_name);
          return TRUE;
        }
    }
  return FALSE;
}

/* Camera off, another microphone than the first: the meeting's page hears of both. */
static void
test_choices (void)
{
  g_autoptr (CallStage) stage = open_check ("Allow");
  g_autofree char *tracks = NULL;
  AdwComboRow *camera, *microphone;

  if (stage == NULL)
    return;

  camera = find_row (stage, "Camera");
  microphone = find_row (stage, "Microphone");
  call_wait (has_devices, camera, "the cameras");
  adw_combo_row_set_selected (camera, count_choices (camera) - 1);
  call_wait (has_devices, microphone, "the microphones");
  adw_combo_row_set_selected (microphone, 1);
  g_set_str (&stage->last_name, get_chosen (microphone));
  g_assert_cmpstr (get_chosen (camera), ==, "Off: join without picture");

  call_press (stage->window, "Join Now");
  call_stage_wait_count (&stage->n_joined, 1);
  tracks = wait_tracks (stage);
  g_assert_cmpstr (tracks, ==, "[\"audio\"]");
  call_stage_assert_label (stage, "Turn Camera On", "Camera is off; turn on");
  call_wait (is_chosen, stage, "the chosen microphone");
}

static gboolean
shows_wanted (gpointer data)
{
  CallStage *stage = data;

  return g_str_equal (get_chosen (find_row (stage, "Microphone")), stage->last_name);
}

/* What was chosen is there the next time; what is gone by then stands back, and is not forgotten.
 */
static void
test_remembered (void)
{
  const char *gone = "A camera that is at home";
  g_autoptr (CallStage) stage = open_check ("Allow");
  g_autofree char *camera = NULL;
  g_autofree char *microphone = NULL;
  g_autofree char *still = NULL;

  if (stage == NULL)
    return;

  call_wait (has_devices, find_row (stage, "Microphone"), "the microphones");
  adw_combo_row_set_selected (find_row (stage, "Microphone"), 1);
  g_object_get (stage->page, "camera", &camera, "microphone", &microphone, NULL);
  g_assert_cmpstr (camera, ==, "");
  g_assert_cmpstr (microphone, ==, get_chosen (find_row (stage, "Microphone")));

  call_stage_free (g_steal_pointer (&stage));
  stage = call_stage_new_checked ("ward-round");
  g_set_str (&stage->last_name, microphone);
  g_object_set (stage->page, "camera", gone, "microphone", microphone, NULL);
  call_press (stage->window, "Allow");
  call_wait (has_devices, find_row (stage, "Camera"), "the cameras");
  call_wait (shows_wanted, stage, "the microphone of the last time");
  g_assert_cmpuint (adw_combo_row_get_selected (find_row (stage, "Camera")), ==, 0);

  call_press (stage->window, "Join Now");
  call_stage_wait_count (&stage->n_joined, 1);
  call_wait (is_chosen, stage, "the microphone of the last time in the meeting");
  g_object_get (stage->page, "camera", &still, NULL);
  g_assert_cmpstr (still, ==, gone);
}

/* Whoever goes back leaves no camera open: the stage looks that the page is gone. */
static void
test_left (void)
{
  g_autoptr (CallStage) stage = open_check ("Allow");

  if (stage == NULL)
    return;

  call_wait (has_devices, find_row (stage, "Camera"), "the cameras");
  g_assert_true (adw_navigation_page_get_can_pop (ADW_NAVIGATION_PAGE (stage->page)));
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *)data == NULL;
}

/* Whoever leaves the meeting's page while the engine opens the devices for it leaves a program that
 * goes on. ROUNDS_TEST_RUNS: how often; WebKitGTK aborts it only now and then. */
static void
test_left_asking (void)
{
  const char *runs = g_getenv ("ROUNDS_TEST_RUNS");
  guint64 n_runs = runs != NULL ? g_ascii_strtoull (runs, NULL, 10) : 2;

  for (guint64 i = 0; i < n_runs; i++)
    {
      CallStage *stage = call_stage_new ("ward-round");
      gpointer view;

      if (stage == NULL)
        return;
      call_press (stage->window, i % 2 == 0 ? "Allow" : "Microphone Only");
      view = call_find_type (stage->window, WEBKIT_TYPE_WEB_VIEW);
      g_object_add_weak_pointer (view, &view);
      call_stage_free (stage);
      call_wait (is_gone, &view, "the view to go");
    }
}

/* The engine's end is a failure page, and trying again shows the check again. */
static void
test_crash (void)
{
  g_autoptr (CallStage) stage = open_check ("Allow");

  if (stage == NULL)
    return;

  call_wait (has_devices, find_row (stage, "Camera"), "the cameras");
  g_assert_cmpuint (call_kill_web_processes (), >, 0);
  call_press (stage->window, "Try Again");
  call_wait_button (stage->window, "Join Now");
}

int
main (int argc, char *argv[])
{
  call_fixture_init (&argc, &argv);

  g_test_add_func ("/Rounds/Call/Check/join", test_join);
  g_test_add_func ("/Rounds/Call/Check/denied", test_denied);
  g_test_add_func ("/Rounds/Call/Check/asked-again", test_asked_again);
  g_test_add_func ("/Rounds/Call/Check/choices", test_choices);
  g_test_add_func ("/Rounds/Call/Check/remembered", test_remembered);
  g_test_add_func ("/Rounds/Call/Check/left", test_left);
  g_test_add_func ("/Rounds/Call/Check/left-asking", test_left_asking);
  g_test_add_func ("/Rounds/Call/Check/crash", test_crash);

  return g_test_run ();
}
