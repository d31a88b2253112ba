/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Shows the call page in each of its states for a look at it, without app and server.
 * It asserts nothing; the tests beside it do.
 *
 * Usage: demo-call-page [STATE [WIDTH [HEIGHT]]], STATE one of: call, people, lobby, question,
 * denied, left, no-webrtc, in-browser, unreachable, crashed, refused, no-link, link.
 */

#include "config.h"

#include "call-fixture.h"
#include "call-stage.h"

#include <stdlib.h>

static void
add_people (CallStage *stage)
{
  call_server_control (stage->server,
                       "{\"event\":\"add\",\"id\":\"p1\",\"displayName\":\"Maria Lopez\"}");
  call_server_control (stage->server, "{\"event\":\"add\",\"id\":\"p2\",\"displayName\":"
                                      "\"Jürgen Weiß-Öztürk (interpreter)\"}");
  call_stage_wait_count (&stage->n_people_joined, 2);
}

static void
open_people (CallStage *stage)
{
  GtkWidget *button = call_find_type (
      call_find_type (stage->window, g_type_from_name ("RoundsCallPeople")), GTK_TYPE_MENU_BUTTON);

  add_people (stage);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
}

static CallStage *
show_without_server (const char *state)
{
  if (g_str_equal (state, "link"))
    return call_stage_new_for_link (DEX_FUTURE (dex_promise_new ()));
  if (g_str_equal (state, "no-link"))
    return call_stage_new_for_link (
        dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, "No route to host"));
  if (g_str_equal (state, "unreachable"))
    return call_stage_new_for_link (call_stage_link ("http://127.0.0.1:54321/ward-round"));
  if (g_str_equal (state, "no-webrtc") || g_str_equal (state, "in-browser"))
    {
      g_unsetenv ("ROUNDS_ASSUME_WEBRTC");
      return call_stage_new_for_link (
          call_stage_link ("https://meet.example.org/ward-round?jwt=a.b.c"));
    }

  return NULL;
}

static void
bring_about (CallStage *stage, const char *state)
{
  if (g_str_equal (state, "in-browser"))
    call_press (stage->window, "Open in Browser");
  else if (g_str_equal (state, "denied"))
    call_press (stage->window, "Don’t Allow");
  else if (g_str_equal (state, "check"))
    call_press (stage->window, "Allow");
  else if (g_str_equal (state, "check-denied"))
    call_press (stage->window, "Don’t Allow");
  else if (stage->server != NULL && !g_str_equal (state, "question")
           && !g_str_equal (state, "lobby") && !g_str_equal (state, "refused"))
    call_stage_join (stage);

  if (g_str_equal (state, "call"))
    add_people (stage);
  else if (g_str_equal (state, "people"))
    open_people (stage);
  else if (g_str_equal (state, "left"))
    call_press (stage->window, "Hang Up");
  else if (g_str_equal (state, "crashed"))
    call_kill_web_processes ();
  else if (g_str_equal (state, "refused"))
    call_server_control (stage->server,
                         "{\"event\":\"send\",\"name\":\"error-occurred\",\"data\":{\"error\":{"
                         "\"name\":\"conference.connectionError.notAllowed\",\"isFatal\":true}}}");
}

static gboolean
is_closed (gpointer window)
{
  return !gtk_widget_get_visible (window);
}

int
main (int argc, char *argv[])
{
  const char *state;
  CallStage *stage;

  call_fixture_init (&argc, &argv);
  state = argc > 1 ? argv[1] : "call";
  stage = show_without_server (state);
  if (stage == NULL && (g_str_equal (state, "check") || g_str_equal (state, "check-denied")))
    stage = call_stage_new_checked ("ward-round");
  if (stage == NULL)
    stage = call_stage_new (g_str_equal (state, "lobby") ? "ward-prejoin" : "ward-round");
  if (stage == NULL)
    return EXIT_FAILURE;

  gtk_window_set_default_size (GTK_WINDOW (stage->window), argc > 2 ? atoi (argv[2]) : 1000,
                               argc > 3 ? atoi (argv[3]) : 700);
  bring_about (stage, state);
  while (!is_closed (stage->window))
    g_main_context_iteration (NULL, TRUE);

  return EXIT_SUCCESS;
}
