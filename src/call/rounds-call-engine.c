/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A web view as Rounds sets one up for a call or for what comes before it.
 * What is loaded into it, and what that may do, is its owner's.
 */

#include "config.h"

#include "rounds-call-engine.h"

/* For a page that hangs while it is left. */
#define LEAVING_SECONDS 10

static WebKitSettings *
build_settings (void)
{
  WebKitSettings *settings = webkit_settings_new ();

  webkit_settings_set_enable_media_stream (settings, TRUE);
  webkit_settings_set_enable_webrtc (settings, TRUE);
  webkit_settings_set_media_playback_requires_user_gesture (settings, FALSE);
  webkit_settings_set_enable_developer_extras (settings, FALSE);
  webkit_settings_set_allow_file_access_from_file_urls (settings, FALSE);
  webkit_settings_set_allow_universal_access_from_file_urls (settings, FALSE);
  webkit_settings_set_javascript_can_open_windows_automatically (settings, FALSE);
  webkit_settings_set_enable_write_console_messages_to_stdout (settings, FALSE);
  webkit_settings_set_enable_back_forward_navigation_gestures (settings, FALSE);
  webkit_settings_set_enable_html5_database (settings, FALSE);
  webkit_settings_set_enable_page_cache (settings, FALSE);
#ifdef ROUNDS_DEVELOPMENT
  if (g_strcmp0 (g_getenv ("ROUNDS_MOCK_CAPTURE"), "1") == 0)
    webkit_settings_set_enable_mock_capture_devices (settings, TRUE);
#endif

  return settings;
}

/**
 * rounds_call_engine_new_session:
 *
 * Security: a session of its own, in memory only: cookies, storage and cache, and the address with
 * the token in it, are gone with the view. What cannot prove who it is is not loaded.
 *
 * Returns: (transfer full): for one view.
 */
WebKitNetworkSession *
rounds_call_engine_new_session (void)
{
  WebKitNetworkSession *session = webkit_network_session_new_ephemeral ();

  webkit_network_session_set_tls_errors_policy (session, WEBKIT_TLS_ERRORS_POLICY_FAIL);

  return session;
}

/* Whoever hears that the engine has ended drops the view. WebKitGTK 2.54 still works with it when
 * the signal is over. */
static void
web_process_terminated_cb (WebKitWebView *web_view)
{
  g_idle_add_once (g_object_unref, g_object_ref (web_view));
}

/**
 * rounds_call_engine_new_view:
 * @session: (transfer none): of rounds_call_engine_new_session()
 * @content: (transfer none): with the scripts that are to run in it
 *
 * Returns: (transfer floating): an empty view; the sandbox of the 6.0 API is always on.
 */
WebKitWebView *
rounds_call_engine_new_view (WebKitNetworkSession *session, WebKitUserContentManager *content)
{
  g_autoptr (WebKitSettings) settings = build_settings ();
  const GdkRGBA backdrop = { 0.08f, 0.08f, 0.08f, 1.0f };
  WebKitWebView *view;

  g_return_val_if_fail (WEBKIT_IS_NETWORK_SESSION (session), NULL);
  g_return_val_if_fail (WEBKIT_IS_USER_CONTENT_MANAGER (content), NULL);

  view = g_object_new (WEBKIT_TYPE_WEB_VIEW, "network-session", session, "settings", settings,
                       "user-content-manager", content, "hexpand", TRUE, "vexpand", TRUE, NULL);
  webkit_web_view_set_background_color (view, &backdrop);
  g_signal_connect (view, "web-process-terminated", G_CALLBACK (web_process_terminated_cb), NULL);

  return view;
}

/* A view whose page is being left. */
typedef struct
{
  WebKitWebView *web_view;
  guint timeout;
  gboolean is_left; /* what follows is the empty page's */
} Farewell;

static void
end_farewell (Farewell *farewell)
{
  g_signal_handlers_disconnect_by_data (farewell->web_view, farewell);
  g_clear_handle_id (&farewell->timeout, g_source_remove);
  /* The engine still works with it when the signal is over. */
  g_idle_add_once (g_object_unref, farewell->web_view);
  g_free (farewell);
}

static void
farewell_load_changed_cb (Farewell *farewell, WebKitLoadEvent event)
{
  /* A page that was still loading says that it has finished when it is left. */
  if (event == WEBKIT_LOAD_COMMITTED)
    farewell->is_left = TRUE;
  else if (event == WEBKIT_LOAD_FINISHED && farewell->is_left)
    end_farewell (farewell);
}

static void
farewell_timed_out (gpointer farewell)
{
  ((Farewell *)farewell)->timeout = 0;
  end_farewell (farewell);
}

/**
 * rounds_call_engine_leave:
 * @web_view: (transfer none): one that nobody shows any more
 *
 * Closes its devices at once and keeps the view until its page is gone. WebKitGTK 2.54 aborts the
 * program now and then when a view goes that is still asking for a device; a page that is left for
 * another one takes its questions with it, as in any browser.
 */
void
rounds_call_engine_leave (WebKitWebView *web_view)
{
  Farewell *farewell;

  g_return_if_fail (WEBKIT_IS_WEB_VIEW (web_view));

  farewell = g_new0 (Farewell, 1);
  farewell->web_view = g_object_ref (web_view);
  farewell->timeout = g_timeout_add_seconds_once (LEAVING_SECONDS, farewell_timed_out, farewell);
  g_signal_connect_swapped (web_view, "load-changed", G_CALLBACK (farewell_load_changed_cb),
                            farewell);
  g_signal_connect_swapped (web_view, "web-process-terminated", G_CALLBACK (end_farewell),
                            farewell);
  /* Security: a page that hangs keeps neither of them. */
  webkit_web_view_set_camera_capture_state (web_view, WEBKIT_MEDIA_CAPTURE_STATE_NONE);
  webkit_web_view_set_microphone_capture_state (web_view, WEBKIT_MEDIA_CAPTURE_STATE_NONE);
  webkit_web_view_set_display_capture_state (web_view, WEBKIT_MEDIA_CAPTURE_STATE_NONE);
  webkit_web_view_load_uri (web_view, "about:blank");
}
