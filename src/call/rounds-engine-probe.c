/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Whether the web engine can carry a call, asked of the engine itself.
 * It judges no version numbers and tests no devices.
 */

#include "config.h"

#include "rounds-engine-probe.h"

#include <webkit/webkit.h>

#include "rounds-call-failure.h"

/* Seconds. A cold engine on a slow disk takes three or four. */
#define PROBE_TIMEOUT 20

/* RTCPeerConnection exists in secure contexts only, so the empty page claims an address that is one
 * and that nobody can own (RFC 6761). Nothing is fetched from it. */
#define PROBE_URI "https://rounds.invalid/"
#define PROBE_SCRIPT "return typeof RTCPeerConnection === 'function';"

static DexFuture *shared_answer;

typedef struct
{
  WebKitWebView *web_view;
  DexPromise *promise;
  guint timeout;
  gboolean asked;
} Probe;

static void
free_probe (Probe *probe)
{
  g_clear_handle_id (&probe->timeout, g_source_remove);
  g_signal_handlers_disconnect_by_data (probe->web_view, probe);
  /* The engine still works with it when the signal that ends the probe is over. */
  g_idle_add_once (g_object_unref, g_steal_pointer (&probe->web_view));
  dex_clear (&probe->promise);
  g_free (probe);
}

static void
reject_probe (Probe *probe, const char *message)
{
  if (dex_future_is_pending (DEX_FUTURE (probe->promise)))
    dex_promise_reject (probe->promise,
                        g_error_new_literal (ROUNDS_CALL_ERROR, ROUNDS_CALL_ERROR_ENGINE, message));
}

static void
script_finished_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Probe *probe = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = NULL;

  value = webkit_web_view_call_async_javascript_function_finish (WEBKIT_WEB_VIEW (object), result,
                                                                 &error);
  if (value == NULL)
    reject_probe (probe, error->message);
  else if (dex_future_is_pending (DEX_FUTURE (probe->promise)))
    dex_promise_resolve_boolean (probe->promise, jsc_value_to_boolean (value));

  free_probe (probe);
}

static void
load_changed_cb (WebKitWebView *web_view, WebKitLoadEvent event, Probe *probe)
{
  if (event != WEBKIT_LOAD_FINISHED || probe->asked)
    return;

  probe->asked = TRUE;
  webkit_web_view_call_async_javascript_function (web_view, PROBE_SCRIPT, -1, NULL, NULL, NULL,
                                                  NULL, script_finished_cb, probe);
}

/* Once the script was handed over, its callback comes in any case and frees the probe. */
static void
end_probe (Probe *probe, const char *message)
{
  reject_probe (probe, message);
  if (!probe->asked)
    free_probe (probe);
}

static void
web_process_terminated_cb (WebKitWebView *web_view, WebKitWebProcessTerminationReason reason,
                           Probe *probe)
{
  end_probe (probe, "The web process ended");
}

static gboolean
probe_timeout (gpointer user_data)
{
  Probe *probe = user_data;

  probe->timeout = 0;
  end_probe (probe, "The web process did not answer");

  return G_SOURCE_REMOVE;
}

static DexFuture *
start_probe (void)
{
  g_autoptr (WebKitNetworkSession) session = webkit_network_session_new_ephemeral ();
  g_autoptr (WebKitSettings) settings = webkit_settings_new ();
  Probe *probe = g_new0 (Probe, 1);

  webkit_settings_set_enable_webrtc (settings, TRUE);
  webkit_settings_set_enable_media_stream (settings, TRUE);
  probe->promise = dex_promise_new ();
  probe->web_view = g_object_ref_sink (
      g_object_new (WEBKIT_TYPE_WEB_VIEW, "network-session", session, "settings", settings, NULL));
  probe->timeout = g_timeout_add_seconds (PROBE_TIMEOUT, probe_timeout, probe);
  g_signal_connect (probe->web_view, "load-changed", G_CALLBACK (load_changed_cb), probe);
  g_signal_connect (probe->web_view, "web-process-terminated",
                    G_CALLBACK (web_process_terminated_cb), probe);
  webkit_web_view_load_html (probe->web_view, "", PROBE_URI);

  return DEX_FUTURE (dex_ref (probe->promise));
}

#ifdef ROUNDS_DEVELOPMENT
static gboolean
is_assumed (void)
{
  return g_strcmp0 (g_getenv ("ROUNDS_ASSUME_WEBRTC"), "1") == 0;
}
#endif

DexFuture *
rounds_engine_probe (void)
{
#ifdef ROUNDS_DEVELOPMENT
  /* Tests and developers meet a conference page that needs no peer connection. */
  if (is_assumed ())
    return dex_future_new_for_boolean (TRUE);
#endif

  if (shared_answer != NULL && dex_future_is_rejected (shared_answer))
    dex_clear (&shared_answer);
  if (shared_answer == NULL)
    shared_answer = start_probe ();

  return dex_ref (shared_answer);
}
