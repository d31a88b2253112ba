/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The call page as a person meets it, against the conference page on the genuine transport.
 * Pages of failures are in test-call-failures.c.
 */

#include "config.h"

#include "call-fixture.h"
#include "call-stage.h"

#include <string.h>

#include "rounds-call-bar.h"
#include "rounds-call-elapsed.h"
#include "rounds-call-people.h"
#include "rounds-call-signal.h"

#define ALLOW "Allow"
#define DENY "Don’t Allow"
#define MICROPHONE_ONLY "Microphone Only"

static char *
describe_tracks (JsonObject *report)
{
  JsonArray *tracks = json_object_get_array_member (report, "tracks");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (tracks); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            json_array_get_string_element (tracks, i));

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
assert_tracks (CallStage *stage, const char *expected)
{
  g_autoptr (JsonObject) report = call_server_wait_report (stage->server, "devices", 0);
  g_autofree char *tracks = describe_tracks (report);

  g_assert_cmpstr (tracks, ==, expected);
}

static void
test_join (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-round");
  g_autoptr (JsonObject) hello = NULL;

  if (stage == NULL)
    return;

  call_press (stage->window, ALLOW);
  call_stage_wait_count (&stage->n_joined, 1);
  g_assert_true (rounds_call_page_is_in_call (stage->page));
  g_assert_false (adw_navigation_page_get_can_pop (ADW_NAVIGATION_PAGE (stage->page)));
  gtk_test_accessible_assert_property (call_find_type (stage->window, WEBKIT_TYPE_WEB_VIEW),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Video call");

  hello = call_server_wait_report (stage->server, "hello", 0);
  g_assert_cmpstr (json_object_get_string_member (hello, "room"), ==, "/ward-round");
  g_assert_cmpstr (json_object_get_string_member (hello, "name"), ==, "Dr Amara Okafor");
  g_assert_true (json_object_get_boolean_member (hello, "tokenInHash"));
  g_assert_false (json_object_get_boolean_member (hello, "tokenInQuery"));
  assert_tracks (stage, "audio video");
}

static void
assert_people (CallStage *stage, const char *count, const char *label)
{
  GtkWidget *people = call_find_type (stage->window, ROUNDS_TYPE_CALL_PEOPLE);
  GtkWidget *button = call_find_type (people, GTK_TYPE_MENU_BUTTON);

  call_wait_text (people, count);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, label);
}

static void
test_people (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-round");

  if (stage == NULL)
    return;

  call_stage_join (stage);
  g_assert_cmpuint (rounds_call_page_get_n_participants (stage->page), ==, 0);
  assert_people (stage, "1", "Nobody else is here yet");

  call_server_control (stage->server,
                       "{\"event\":\"add\",\"id\":\"p1\",\"displayName\":\"Zoë <b>Nowak</b>\"}");
  call_stage_wait_count (&stage->n_people_joined, 1);
  g_assert_cmpstr (stage->last_id, ==, "p1");
  g_assert_cmpstr (stage->last_name, ==, "Zoë <b>Nowak</b>");
  g_assert_cmpuint (rounds_call_page_get_n_participants (stage->page), ==, 1);
  call_wait_text (stage->window, "Zoë <b>Nowak</b> joined");
  /* The number beside the icon counts oneself. */
  assert_people (stage, "2", "You and 1 other person are here");

  /* Said twice: still one person. */
  call_server_control (stage->server, "{\"event\":\"add\",\"id\":\"p1\"}");
  call_server_control (stage->server, "{\"event\":\"add\",\"id\":\"p2\",\"displayName\":null}");
  call_stage_wait_count (&stage->n_people_joined, 2);
  g_assert_cmpuint (rounds_call_page_get_n_participants (stage->page), ==, 2);
  g_assert_cmpstr (stage->last_name, ==, "Guest");

  call_server_control (stage->server, "{\"event\":\"remove\",\"id\":\"p1\"}");
  call_stage_wait_count (&stage->n_people_left, 1);
  g_assert_cmpstr (stage->last_id, ==, "p1");
  g_assert_cmpuint (rounds_call_page_get_n_participants (stage->page), ==, 1);
}

static gboolean
is_poor (gpointer measured)
{
  return rounds_call_quality_judge (measured) == ROUNDS_CALL_LEVEL_POOR;
}

static void
take_measure (RoundsCallQuality *last, const RoundsCallQuality *quality)
{
  *last = *quality;
}

/* The page says how the connection is; the header shows it in bars and a word. */
static void
test_quality (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-round");
  RoundsCallQuality measured = { ROUNDS_CALL_UNKNOWN, ROUNDS_CALL_UNKNOWN, ROUNDS_CALL_UNKNOWN };
  GtkWidget *bars;

  if (stage == NULL)
    return;

  call_press (stage->window, ALLOW);
  g_signal_connect_swapped (stage->page, "measured", G_CALLBACK (take_measure), &measured);
  call_stage_wait_count (&stage->n_joined, 1);
  bars = call_find_type (stage->window, ROUNDS_TYPE_CALL_SIGNAL);
  call_wait_text (bars, "Good");
  gtk_test_accessible_assert_property (call_find_type (bars, GTK_TYPE_IMAGE),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Connection: Good");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (bars), ==,
                   "Round trip 42 ms, 0 % of the packets lost");
  g_assert_cmpint (measured.percent, ==, 100);

  call_server_control (stage->server, "{\"event\":\"stats\",\"values\":{\"connectionQuality\":12,"
                                      "\"jvbRTT\":900}}");
  call_wait (is_poor, &measured, "a poor connection");
  call_wait_text (bars, "Poor");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (bars), ==, "Round trip 900 ms");
  call_press (stage->window, "Hang Up");
  call_stage_wait_count (&stage->n_left, 1);
  g_assert_false (gtk_widget_get_visible (bars));
  g_signal_handlers_disconnect_by_data (stage->page, &measured);
}

static void
test_hang_up (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-round");
  g_autoptr (JsonObject) command = NULL;

  if (stage == NULL)
    return;

  call_stage_join (stage);
  call_press (stage->window, "Hang Up");
  call_stage_wait_count (&stage->n_left, 1);
  command = call_server_wait_report (stage->server, "command", 0);
  g_assert_cmpstr (json_object_get_string_member (command, "name"), ==, "video-hangup");
  g_assert_cmpint (stage->seconds, >=, 0);
  g_assert_false (rounds_call_page_is_in_call (stage->page));
  call_wait_text (stage->window, "You Left the Call");
  g_assert_null (call_find_type (stage->window, WEBKIT_TYPE_WEB_VIEW));

  call_press (stage->window, "Close");
  call_stage_wait_count (&stage->n_closed, 1);
}

static void
test_ended_by_others (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-round");

  if (stage == NULL)
    return;

  call_stage_join (stage);
  call_server_control (stage->server, "{\"event\":\"leave\"}");
  call_stage_wait_count (&stage->n_left, 1);
  call_wait_text (stage->window, "The Call Has Ended");

  /* Rejoining asks the app for a fresh link, and for the devices again. */
  call_press (stage->window, "Rejoin");
  g_assert_cmpuint (stage->n_link_needed, ==, 1);
  call_press (stage->window, ALLOW);
  call_stage_wait_count (&stage->n_joined, 2);
}

/* Going from one room of a conference to another is no end of the call. */
static void
test_breakout (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-round");

  if (stage == NULL)
    return;

  call_stage_join (stage);
  call_server_control (stage->server, "{\"event\":\"send\",\"name\":\"video-conference-left\"}");
  call_server_control (stage->server, "{\"event\":\"send\",\"name\":\"video-conference-joined\","
                                      "\"data\":{\"id\":\"local\"}}");
  call_server_control (stage->server, "{\"event\":\"add\",\"id\":\"p9\"}");
  call_stage_wait_count (&stage->n_people_joined, 1);
  g_assert_true (rounds_call_page_is_in_call (stage->page));
  g_assert_cmpuint (stage->n_joined, ==, 1);
  g_assert_cmpuint (stage->n_left, ==, 0);
}

static void
test_switches (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-round");

  if (stage == NULL)
    return;

  call_stage_join (stage);
  call_press (stage->window, "Mute");
  call_press (stage->window, "Unmute");
  call_press (stage->window, "Turn Camera Off");
  call_stage_assert_label (stage, "Turn Camera On", "Camera is off; turn on");
  call_press (stage->window, "Mute");
  call_stage_assert_label (stage, "Unmute", "Microphone is off; unmute");
  g_assert_cmpuint (call_server_count_reports (stage->server, "command"), ==, 4);
}

static void
test_deny (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-round");

  if (stage == NULL)
    return;

  call_press (stage->window, DENY);
  call_stage_wait_count (&stage->n_joined, 1);
  assert_tracks (stage, "");
  call_wait_text (stage->window,
                  "Camera and microphone are not allowed; the others can’t see or hear you");
  call_stage_assert_label (stage, "Allow Camera…", "Camera is not allowed; allow it");

  /* A change of mind is asked about again, for that device alone. */
  call_press (stage->window, "Allow Microphone…");
  call_wait_text (stage->window, "Use Microphone?");
  call_press (stage->window, ALLOW);
  call_stage_assert_label (stage, "Mute", "Microphone is on; mute");
  call_stage_assert_label (stage, "Allow Camera…", "Camera is not allowed; allow it");
}

static void
test_microphone_only (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-round");

  if (stage == NULL)
    return;

  call_press (stage->window, MICROPHONE_ONLY);
  call_stage_wait_count (&stage->n_joined, 1);
  assert_tracks (stage, "audio");
  call_stage_assert_label (stage, "Mute", "Microphone is on; mute");
  call_stage_assert_label (stage, "Allow Camera…", "Camera is not allowed; allow it");
}

/* Escape is no consent. */
static void
test_dismissed_question (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-round");

  if (stage == NULL)
    return;

  call_wait_text (stage->window, "Use Camera and Mic?");
  adw_dialog_close (adw_window_get_visible_dialog (ADW_WINDOW (stage->window)));
  call_stage_wait_count (&stage->n_joined, 1);
  assert_tracks (stage, "");
}

static void
test_permission_states (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-round");
  g_autoptr (JsonObject) report = NULL;
  g_autoptr (JsonObject) place = NULL;
  g_autoptr (JsonObject) notification = NULL;
  JsonObject *states;

  if (stage == NULL)
    return;

  call_press (stage->window, MICROPHONE_ONLY);
  report = call_server_wait_report (stage->server, "permissions", 0);
  states = json_object_get_object_member (report, "states");
  g_assert_cmpstr (json_object_get_string_member (states, "microphone"), ==, "granted");
  /* The engine turns our "denied" into "prompt" until the page has asked: no answer at all would be
   * "prompt" as well, what matters is that nothing is granted. */
  g_assert_cmpstr (json_object_get_string_member (states, "camera"), !=, "granted");
  g_assert_cmpstr (json_object_get_string_member (states, "geolocation"), !=, "granted");

  call_server_control (stage->server, "{\"event\":\"geolocate\"}");
  place = call_server_wait_report (stage->server, "geolocation", 0);
  g_assert_false (json_object_get_boolean_member (place, "allowed"));
  call_server_control (stage->server, "{\"event\":\"notify\"}");
  notification = call_server_wait_report (stage->server, "notification", 0);
  g_assert_cmpstr (json_object_get_string_member (notification, "permission"), !=, "granted");
}

/* A frame of another origin that the page lets have the devices: it is not even loaded. One of the
 * meeting's own origin, put in after it, is. */
static void
test_other_origin_frame (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-round");
  g_autofree char *foreign = NULL;
  g_autoptr (JsonObject) report = NULL;
  const char *port;

  if (stage == NULL)
    return;

  call_stage_join (stage);
  port = strrchr (call_server_get_origin (stage->server), ':');
  foreign = g_strdup_printf ("{\"event\":\"frame\",\"src\":\"http://localhost%s/frame\"}", port);
  call_server_control (stage->server, foreign);
  call_server_control (stage->server, "{\"event\":\"frame\",\"src\":\"/frame\"}");
  report = call_server_wait_report (stage->server, "frame", 0);
  g_assert_cmpstr (json_object_get_string_member (report, "origin"), ==,
                   call_server_get_origin (stage->server));
  g_assert_cmpstr (json_object_get_string_member (report, "devices"), ==, "allowed");
  g_assert_cmpuint (call_server_count_reports (stage->server, "frame"), ==, 1);
}

static void
test_stays_on_origin (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-round");
  g_autofree char *away = NULL;
  g_autoptr (JsonObject) opened = NULL;
  g_autoptr (JsonObject) look = NULL;
  const char *port;

  if (stage == NULL)
    return;

  call_stage_join (stage);
  port = strrchr (call_server_get_origin (stage->server), ':');
  away = g_strdup_printf ("{\"event\":\"navigate\",\"uri\":\"http://localhost%s/away\"}", port);
  call_server_control (stage->server, away);
  call_server_control (stage->server,
                       "{\"event\":\"open-window\",\"uri\":\"https://example.org/\"}");
  opened = call_server_wait_report (stage->server, "opened", 0);
  g_assert_true (json_object_get_boolean_member (opened, "refused"));

  /* On the origin, but nothing that can be shown: it becomes no download, and the page stays. */
  call_server_control (stage->server, "{\"event\":\"navigate\",\"uri\":\"/file\"}");
  look = call_server_ask (stage->server, "look");
  g_assert_cmpstr (json_object_get_string_member (look, "path"), ==, "/ward-round");
  g_assert_true (rounds_call_page_is_in_call (stage->page));
  g_assert_cmpuint (call_server_count_reports (stage->server, "hello"), ==, 1);
}

/* Whatever the page posts to its opener, nothing but its API's messages has an effect. */
static void
test_hostile_messages (void)
{
  static const char *const texts[] = {
    "",
    "null",
    "[]",
    "{",
    "{\\\"postis\\\":true}",
    "{\\\"postis\\\":true,\\\"scope\\\":\\\"jitsi_meet_external_api_0\\\",\\\"method\\\":"
    "\\\"message\\\",\\\"params\\\":{\\\"type\\\":\\\"event\\\",\\\"data\\\":7}}",
  };
  static const char *const events[] = {
    "{\"event\":\"send\",\"name\":\"participant-joined\",\"data\":{\"id\":7}}",
    "{\"event\":\"send\",\"name\":\"participant-left\",\"data\":{\"id\":null}}",
    "{\"event\":\"send\",\"name\":\"error-occurred\",\"data\":{\"error\":\"x\"}}",
    "{\"event\":\"send\",\"name\":\"audio-mute-status-changed\",\"data\":{\"muted\":\"yes\"}}",
    "{\"event\":\"send\",\"name\":\"no-such-event\"}",
  };
  g_autoptr (CallStage) stage = call_stage_new ("ward-round");

  if (stage == NULL)
    return;

  call_stage_join (stage);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *control
          = g_strdup_printf ("{\"event\":\"post-raw\",\"text\":\"%s\"}", texts[i]);

      call_server_control (stage->server, control);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    call_server_control (stage->server, events[i]);
  call_server_control (stage->server, "{\"event\":\"add\",\"id\":\"p1\"}");
  call_stage_wait_count (&stage->n_people_joined, 1);
  g_assert_cmpstr (stage->last_id, ==, "p1");
  g_assert_true (rounds_call_page_is_in_call (stage->page));
}

static void
test_audio_only (void)
{
  g_autoptr (CallStage) stage = call_stage_new_audio ("ward-round");

  if (stage == NULL)
    return;

  call_wait_text (stage->window, "Use Microphone?");
  call_press (stage->window, ALLOW);
  call_stage_wait_count (&stage->n_joined, 1);
  assert_tracks (stage, "audio");
  call_stage_assert_label (stage, "Turn Camera On", "Camera is off; turn on");
}

static void
test_lobby (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-prejoin");
  g_autoptr (JsonObject) hello = NULL;

  if (stage == NULL)
    return;

  hello = call_server_wait_report (stage->server, "hello", 0);
  g_assert_false (rounds_call_page_is_in_call (stage->page));
  g_assert_true (adw_navigation_page_get_can_pop (ADW_NAVIGATION_PAGE (stage->page)));
  call_press (stage->window, "Leave");
  call_stage_wait_count (&stage->n_closed, 1);
  g_assert_cmpuint (stage->n_left, ==, 0);
}

int
main (int argc, char *argv[])
{
  call_fixture_init (&argc, &argv);

  g_test_add_func ("/Rounds/Call/Page/join", test_join);
  g_test_add_func ("/Rounds/Call/Page/people", test_people);
  g_test_add_func ("/Rounds/Call/Page/quality", test_quality);
  g_test_add_func ("/Rounds/Call/Page/hang-up", test_hang_up);
  g_test_add_func ("/Rounds/Call/Page/ended-by-others", test_ended_by_others);
  g_test_add_func ("/Rounds/Call/Page/breakout", test_breakout);
  g_test_add_func ("/Rounds/Call/Page/switches", test_switches);
  g_test_add_func ("/Rounds/Call/Page/audio-only", test_audio_only);
  g_test_add_func ("/Rounds/Call/Page/lobby", test_lobby);
  g_test_add_func ("/Rounds/Call/Permissions/deny", test_deny);
  g_test_add_func ("/Rounds/Call/Permissions/microphone-only", test_microphone_only);
  g_test_add_func ("/Rounds/Call/Permissions/dismissed-question", test_dismissed_question);
  g_test_add_func ("/Rounds/Call/Permissions/states", test_permission_states);
  g_test_add_func ("/Rounds/Call/Permissions/other-origin-frame", test_other_origin_frame);
  g_test_add_func ("/Rounds/Call/View/stays-on-origin", test_stays_on_origin);
  g_test_add_func ("/Rounds/Call/Bridge/hostile-messages", test_hostile_messages);

  return g_test_run ();
}
