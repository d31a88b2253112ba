/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The call's bar, button by button, against the conference page on the genuine transport.
 * Joining, people and permissions for camera and microphone are in test-call-page.c.
 */

#include "config.h"

#include "call-fixture.h"
#include "call-stage.h"

#include "rounds-call-bar.h"

static CallStage *
join_call (void)
{
  CallStage *stage = call_stage_new ("ward-round");

  if (stage != NULL)
    call_stage_join (stage);
  return stage;
}

static void
test_camera_looks_like_one (void)
{
  g_autoptr (CallStage) stage = join_call ();

  if (stage == NULL)
    return;

  g_assert_cmpstr (
      gtk_button_get_icon_name (GTK_BUTTON (call_wait_button (stage->window, "Turn Camera Off"))),
      ==, "rounds-camera-symbolic");
  call_press (stage->window, "Turn Camera Off");
  g_assert_cmpstr (
      gtk_button_get_icon_name (GTK_BUTTON (call_wait_button (stage->window, "Turn Camera On"))),
      ==, "rounds-camera-off-symbolic");
}

/* The screen is asked for each time; a refusal is none for the next time. */
static void
test_share_screen (void)
{
  g_autoptr (CallStage) stage = join_call ();
  g_autoptr (JsonObject) refused = NULL;
  g_autoptr (JsonObject) shared = NULL;
  g_autoptr (JsonObject) stopped = NULL;

  if (stage == NULL)
    return;

  call_press (stage->window, "Share Screen…");
  call_wait_text (stage->window, "Share Your Screen?");
  call_press (stage->window, "Don’t Allow");
  refused = call_server_wait_report (stage->server, "screen-refused", 0);
  g_assert_cmpstr (json_object_get_string_member (refused, "name"), ==, "NotAllowedError");
  call_stage_assert_label (stage, "Share Screen…", "Your screen is not shared; share it");

  call_press (stage->window, "Share Screen…");
  call_press (stage->window, "Choose Screen…");
  shared = call_server_wait_report (stage->server, "screen", 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (shared, "tracks")), ==, 1);
  call_stage_assert_label (stage, "Stop Sharing", "Your screen is shared; stop");

  call_press (stage->window, "Stop Sharing");
  stopped = call_server_wait_report (stage->server, "screen", 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (stopped, "tracks")), ==,
                    0);
  call_wait_button (stage->window, "Share Screen…");
}

static void
test_hand (void)
{
  g_autoptr (CallStage) stage = join_call ();

  if (stage == NULL)
    return;

  call_press (stage->window, "Raise Hand");
  call_stage_assert_label (stage, "Lower Hand", "Your hand is raised; lower it");
  call_press (stage->window, "Lower Hand");
  call_stage_assert_label (stage, "Raise Hand", "Your hand is down; raise it");

  /* Somebody else's is told in passing, and leaves our own where it is. */
  call_server_control (stage->server,
                       "{\"event\":\"add\",\"id\":\"p1\",\"displayName\":\"Zoë Nowak\"}");
  call_stage_wait_count (&stage->n_people_joined, 1);
  call_server_control (stage->server, "{\"event\":\"send\",\"name\":\"raise-hand-updated\","
                                      "\"data\":{\"id\":\"p1\",\"handRaised\":1767225600000}}");
  call_wait_text (stage->window, "Zoë Nowak raised a hand");
  call_wait_button (stage->window, "Raise Hand");
}

static void
test_tiles (void)
{
  g_autoptr (CallStage) stage = join_call ();

  if (stage == NULL)
    return;

  call_press (stage->window, "Show Everyone");
  call_stage_assert_label (stage, "Show the Speaker",
                           "Everyone is shown alike; show the speaker large");
}

static void
test_chat (void)
{
  g_autoptr (CallStage) stage = join_call ();

  if (stage == NULL)
    return;

  call_stage_assert_label (stage, "Open Chat", "Chat is closed; open it");
  call_server_control (stage->server, "{\"event\":\"chat\",\"unread\":3}");
  call_wait_text (stage->window, "3");
  call_stage_assert_label (stage, "Open Chat", "Chat has 3 new messages; open it");

  call_press (stage->window, "Open Chat");
  call_stage_assert_label (stage, "Close Chat", "Chat is open; close it");
  g_assert_false (call_shows_text (stage->window, "3"));
}

/* In the lobby there is no call to hang up, and nothing to mute. */
static void
test_lobby (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-prejoin");
  g_autoptr (JsonObject) hello = NULL;
  GtkWidget *leave;

  if (stage == NULL)
    return;

  hello = call_server_wait_report (stage->server, "hello", 0);
  leave = call_wait_button (stage->window, "Leave");
  gtk_test_accessible_assert_property (leave, GTK_ACCESSIBLE_PROPERTY_LABEL, "Leave");
  g_assert_false (gtk_widget_has_css_class (leave, "hang-up"));
  g_assert_false (call_shows_text (stage->window, "Hang Up"));

  call_server_control (stage->server, "{\"event\":\"click\",\"id\":\"join\"}");
  call_stage_join (stage);
  g_assert_true (gtk_widget_has_css_class (call_wait_button (stage->window, "Hang Up"), "hang-up"));
}

static void
knock (CallStage *stage, const char *id, const char *name)
{
  g_autofree char *control
      = g_strdup_printf ("{\"event\":\"send\",\"name\":\"knocking-participant\",\"data\":"
                         "{\"participant\":{\"id\":\"%s\",\"name\":\"%s\"}}}",
                         id, name);

  call_server_control (stage->server, control);
}

static void
assert_answer (CallStage *stage, guint nth, const char *id, gboolean admitted)
{
  g_autoptr (JsonObject) command = call_server_wait_report (stage->server, "command", nth);
  JsonArray *data = json_object_get_array_member (command, "data");

  g_assert_cmpstr (json_object_get_string_member (command, "name"), ==,
                   "answer-knocking-participant");
  g_assert_cmpstr (json_array_get_string_element (data, 0), ==, id);
  g_assert_cmpint (json_array_get_boolean_element (data, 1), ==, admitted);
}

/* One after the other, each once, and nobody is let in by a question that is left open. */
static void
test_knocking (void)
{
  g_autoptr (CallStage) stage = join_call ();

  if (stage == NULL)
    return;

  knock (stage, "k1", "Maria Lopez");
  knock (stage, "k1", "Maria Lopez");
  knock (stage, "k2", "Zoë Nowak");
  call_wait_text (stage->window, "Maria Lopez asks to join");
  call_press (stage->window, "Admit");
  assert_answer (stage, 0, "k1", TRUE);
  call_wait_text (stage->window, "Zoë Nowak asks to join");
  call_press (stage->window, "Refuse");
  assert_answer (stage, 1, "k2", FALSE);

  knock (stage, "k3", "Yusuf Öztürk");
  call_wait_text (stage->window, "Yusuf Öztürk asks to join");
  call_press (stage->window, "Hang Up");
  call_stage_wait_count (&stage->n_left, 1);
  g_assert_cmpuint (call_server_count_reports (stage->server, "command"), ==, 3);
}

/* Whatever the page says of its switches, the bar stays one that can be used. */
static void
test_hostile_switches (void)
{
  static const char *const events[] = {
    "{\"event\":\"send\",\"name\":\"chat-updated\",\"data\":{\"unreadCount\":-7}}",
    "{\"event\":\"send\",\"name\":\"chat-updated\",\"data\":{\"unreadCount\":\"many\"}}",
    "{\"event\":\"send\",\"name\":\"raise-hand-updated\",\"data\":{\"handRaised\":[]}}",
    "{\"event\":\"send\",\"name\":\"raise-hand-updated\",\"data\":{\"id\":\"nobody\","
    "\"handRaised\":1}}",
    "{\"event\":\"send\",\"name\":\"tile-view-changed\",\"data\":{\"enabled\":2}}",
    "{\"event\":\"send\",\"name\":\"screen-sharing-status-changed\"}",
    "{\"event\":\"send\",\"name\":\"knocking-participant\",\"data\":{\"participant\":7}}",
  };
  g_autoptr (CallStage) stage = join_call ();

  if (stage == NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    call_server_control (stage->server, events[i]);
  call_server_control (stage->server, "{\"event\":\"chat\",\"unread\":4}");
  call_wait_text (stage->window, "4");
  call_wait_button (stage->window, "Raise Hand");
  call_wait_button (stage->window, "Show Everyone");
  call_wait_button (stage->window, "Share Screen…");
}

int
main (int argc, char *argv[])
{
  call_fixture_init (&argc, &argv);

  g_test_add_func ("/Rounds/Call/Bar/camera-looks-like-one", test_camera_looks_like_one);
  g_test_add_func ("/Rounds/Call/Bar/share-screen", test_share_screen);
  g_test_add_func ("/Rounds/Call/Bar/hand", test_hand);
  g_test_add_func ("/Rounds/Call/Bar/tiles", test_tiles);
  g_test_add_func ("/Rounds/Call/Bar/chat", test_chat);
  g_test_add_func ("/Rounds/Call/Bar/lobby", test_lobby);
  g_test_add_func ("/Rounds/Call/Lobby/knocking", test_knocking);
  g_test_add_func ("/Rounds/Call/Bar/hostile-switches", test_hostile_switches);

  return g_test_run ();
}
