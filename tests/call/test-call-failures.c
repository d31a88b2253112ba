/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the call page says when there is no call to show, and what it offers then.
 * Calls that work are in test-call-page.c.
 */

#include "config.h"

#include "call-fixture.h"
#include "call-stage.h"

#include <string.h>

#include "rounds-call-failure.h"
#include "rounds-engine-probe.h"
#include "rounds-wipe.h"

/* Only a development build can be told to go on without WebRTC. */
#ifdef ROUNDS_DEVELOPMENT
#define CAN_ASSUME_WEBRTC TRUE
#else
#define CAN_ASSUME_WEBRTC FALSE
#endif

/* Nothing listens there: the port was free a moment ago and is not given out again at once. */
static char *
find_closed_origin (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);

  return g_strdup_printf ("http://127.0.0.1:%u", port);
}

static gboolean
check_future (gpointer future)
{
  return !dex_future_is_pending (future);
}

static gboolean
engine_has_webrtc (void)
{
  g_autoptr (DexFuture) future = NULL;
  const GValue *value;
  gboolean capable;

  g_unsetenv ("ROUNDS_ASSUME_WEBRTC");
  future = rounds_engine_probe ();
  call_wait (check_future, future, "the engine probe");
  value = dex_future_get_value (future, NULL);
  g_assert_nonnull (value);
  capable = g_value_get_boolean (value);
  g_setenv ("ROUNDS_ASSUME_WEBRTC", "1", TRUE);

  return capable;
}

static void
test_probe_is_shared (void)
{
  g_autoptr (DexFuture) first = NULL;
  g_autoptr (DexFuture) second = NULL;

  g_unsetenv ("ROUNDS_ASSUME_WEBRTC");
  first = rounds_engine_probe ();
  second = rounds_engine_probe ();
  g_setenv ("ROUNDS_ASSUME_WEBRTC", "1", TRUE);
  g_assert_true (first == second);
  call_wait (check_future, first, "the engine probe");
  g_assert_true (dex_future_is_resolved (first));
}

static void
test_no_webrtc (void)
{
  g_autoptr (CallStage) stage = NULL;
  g_autofree char *argv = NULL;
  g_autofree char *opened = NULL;

  if (engine_has_webrtc ())
    {
      g_test_skip ("This engine can carry calls");
      return;
    }

  g_unsetenv ("ROUNDS_ASSUME_WEBRTC");
  stage = call_stage_new_for_link (
      call_stage_link ("https://meet.example.org/ward-round?jwt=aaa.bbb.ccc"));
  call_wait_text (stage->window, "This Call Needs Your Browser");
  g_setenv ("ROUNDS_ASSUME_WEBRTC", "1", TRUE);
  g_assert_false (call_shows_text (stage->window, "Try Again"));

  call_press (stage->window, "Open in Browser");
  opened = call_wait_browser (&argv);
  /* Everybody on the machine can read how it was started. */
  g_assert_nonnull (strstr (argv, "http://127.0.0.1:"));
  g_assert_null (strstr (argv, ".bbb"));
  g_assert_null (strstr (argv, "ward-round"));
  g_assert_cmpstr (opened, ==, "https://meet.example.org/ward-round#jwt=%22aaa.bbb.ccc%22");
  call_stage_wait_count (&stage->n_in_browser, 1);
  call_wait_text (stage->window, "Your Call Is in the Browser");

  call_press (stage->window, "Done");
  g_assert_cmpuint (stage->n_closed, ==, 1);
}

static void
test_unreachable (void)
{
  g_autofree char *origin = find_closed_origin ();
  g_autofree char *link = g_strconcat (origin, "/ward-round?jwt=aaa.bbb.ccc", NULL);
  g_autoptr (CallStage) stage = call_stage_new_for_link (call_stage_link (link));

  call_wait_text (stage->window, "Can’t Reach the Call");
  g_assert_true (adw_navigation_page_get_can_pop (ADW_NAVIGATION_PAGE (stage->page)));
  g_assert_false (call_shows_text (stage->window, "aaa.bbb.ccc"));
  g_assert_cmpuint (stage->n_left, ==, 0);

  /* Nobody answers "link-needed" here: the page goes on with the link that it has. */
  call_press (stage->window, "Try Again");
  g_assert_cmpuint (stage->n_link_needed, ==, 1);
  call_wait_text (stage->window, "Can’t Reach the Call");
}

/* It takes the connection and never says a word. */
static void
test_silent_server (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *link = g_strdup_printf ("http://127.0.0.1:%u/ward-round?jwt=aaa.bbb.ccc", port);
  g_autoptr (CallStage) stage = NULL;

  g_setenv ("ROUNDS_LOAD_TIMEOUT", "1", TRUE);
  stage = call_stage_new_for_link (call_stage_link (link));
  call_wait_text (stage->window, "Connecting");
  call_wait_text (stage->window, "Can’t Reach the Call");
  g_unsetenv ("ROUNDS_LOAD_TIMEOUT");
  call_wait_button (stage->window, "Try Again");
  call_wait_button (stage->window, "Open in Browser");
}

/* Anybody could have made its certificate: nothing is sent there, and there is no way around. */
static void
test_unproven_server (void)
{
  g_autoptr (CallServer) server = call_server_new_unproven ();
  g_autoptr (CallStage) stage = NULL;
  g_autofree char *link = NULL;

  if (server == NULL)
    return;

  link = g_strconcat (call_server_get_origin (server), "/ward-round?jwt=aaa.bbb.ccc", NULL);
  g_assert_true (g_str_has_prefix (link, "https://"));
  stage = call_stage_new_for_link (call_stage_link (link));
  call_wait_text (stage->window, "This Connection Is Not Safe");
  call_wait_button (stage->window, "Try Again");
  g_assert_false (call_shows_text (stage->window, "Open in Browser"));
  g_assert_null (call_find_type (stage->window, WEBKIT_TYPE_WEB_VIEW));
}

static void
test_no_link (void)
{
  DexFuture *failed = dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE,
                                             "No route to https://rounds.example.org/?token=abc");
  g_autoptr (CallStage) stage = call_stage_new_for_link (failed);

  call_wait_text (stage->window, "No Link to This Call");
  g_assert_false (call_shows_text (stage->window, "Open in Browser"));
}

static void
test_not_a_link (void)
{
  g_autoptr (CallStage) stage = call_stage_new_for_link (call_stage_link ("file:///etc/passwd"));

  call_wait_text (stage->window, "No Link to This Call");
}

/* Popped while the link is still on its way: call_stage_free() looks that the page is gone. */
static void
test_popped_early (void)
{
  DexPromise *promise = dex_promise_new ();
  g_autoptr (CallStage) stage = call_stage_new_for_link (dex_ref (DEX_FUTURE (promise)));

  call_wait_text (stage->window, "Getting Your Link");
  g_clear_pointer (&stage, call_stage_free);
  dex_promise_resolve_boxed (promise, ROUNDS_TYPE_SECRET_TEXT,
                             g_strdup ("https://meet.example.org/ward-round"));
  dex_unref (promise);
}

static void
test_bad_answers (void)
{
  static const struct
  {
    const char *room;
    const char *title;
  } cases[] = {
    { "status/502", "No Meeting There" },
    { "status/404", "No Meeting There" },
    { "file/ward-round", "No Meeting There" },
    { "away/ward-round", "Sent to Another Server" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CallServer) server = call_server_new ();
      g_autoptr (CallStage) stage = NULL;
      g_autofree char *link = NULL;

      if (server == NULL)
        return;

      link = g_strdup_printf ("%s/%s?jwt=aaa.bbb.ccc", call_server_get_origin (server),
                              cases[i].room);
      stage = call_stage_new_for_link (call_stage_link (link));
      call_wait_text (stage->window, cases[i].title);
      g_assert_cmpuint (call_server_count_reports (server, "hello"), ==, 0);
    }
}

static void
test_refused (void)
{
  g_autoptr (CallServer) server = call_server_new ();
  g_autoptr (CallStage) stage = NULL;
  g_autofree char *link = NULL;

  if (server == NULL)
    return;

  link = g_strconcat (call_server_get_origin (server), "/ward-round", NULL);
  stage = call_stage_new_for_link (call_stage_link (link));
  call_wait_text (stage->window, "The Meeting Did Not Let You In");
  g_assert_cmpuint (stage->n_joined, ==, 0);
}

static void
test_web_process_killed (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-round");

  if (stage == NULL)
    return;

  call_stage_join (stage);
  g_assert_cmpuint (call_kill_web_processes (), >, 0);
  call_wait_text (stage->window, "The Call Page Stopped");
  g_assert_cmpuint (stage->n_left, ==, 1);
  g_assert_false (rounds_call_page_is_in_call (stage->page));

  call_press (stage->window, "Try Again");
  call_press (stage->window, "Allow");
  call_stage_wait_count (&stage->n_joined, 2);
}

static void
test_broken_conference (void)
{
  g_autoptr (CallStage) stage = call_stage_new ("ward-round");

  if (stage == NULL)
    return;

  call_stage_join (stage);
  /* Not fatal: the page goes on by itself. */
  call_server_control (stage->server,
                       "{\"event\":\"send\",\"name\":\"error-occurred\",\"data\":{\"error\":"
                       "{\"name\":\"connection.droppedError\",\"isFatal\":false}}}");
  call_server_control (stage->server,
                       "{\"event\":\"send\",\"name\":\"error-occurred\",\"data\":{\"error\":"
                       "{\"name\":\"conference.iceFailed\",\"isFatal\":true}}}");
  call_wait_text (stage->window, "The Call Was Interrupted");
  g_assert_cmpuint (stage->n_left, ==, 1);
}

int
main (int argc, char *argv[])
{
  call_fixture_init (&argc, &argv);

  g_test_add_func ("/Rounds/Call/Probe/is-shared", test_probe_is_shared);
  g_test_add_func ("/Rounds/Call/Failures/no-webrtc", test_no_webrtc);
  g_test_add_func ("/Rounds/Call/Failures/no-link", test_no_link);
  g_test_add_func ("/Rounds/Call/Failures/popped-early", test_popped_early);
  if (!CAN_ASSUME_WEBRTC)
    return g_test_run ();

  g_test_add_func ("/Rounds/Call/Failures/not-a-link", test_not_a_link);
  g_test_add_func ("/Rounds/Call/Failures/unreachable", test_unreachable);
  g_test_add_func ("/Rounds/Call/Failures/silent-server", test_silent_server);
  g_test_add_func ("/Rounds/Call/Failures/unproven-server", test_unproven_server);
  g_test_add_func ("/Rounds/Call/Failures/bad-answers", test_bad_answers);
  g_test_add_func ("/Rounds/Call/Failures/refused", test_refused);
  g_test_add_func ("/Rounds/Call/Failures/web-process-killed", test_web_process_killed);
  g_test_add_func ("/Rounds/Call/Failures/broken-conference", test_broken_conference);

  return g_test_run ();
}
