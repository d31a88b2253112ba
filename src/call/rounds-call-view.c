/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The web view that one call lives in: sandboxed, without a memory, kept on the meeting's origin.
 * It knows nothing of conferences; it carries the bridge and the permissions.
 */

#include "config.h"

#include "rounds-call-view.h"

#include <glib/gi18n.h>

#include "rounds-call-engine.h"
#include "rounds-call-failure.h"
#include "rounds-call-origin.h"

/* Seconds until a server that has not begun to answer counts as unreachable. */
#define LOAD_TIMEOUT 30

struct _RoundsCallView
{
  AdwBin parent_instance;

  char *origin;
  WebKitWebView *web_view; /* borrowed: the child */
  WebKitNetworkSession *session;
  RoundsCallBridge *bridge;
  RoundsCallPermissions *permissions;
  guint load_timeout;
  gboolean committed; /* the meeting's page is in the view */
  gboolean crashed; /* the page and its devices are gone */
  gboolean failed; /* said once */
};

G_DEFINE_FINAL_TYPE (RoundsCallView, rounds_call_view, ADW_TYPE_BIN)

enum
{
  LOADED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
fail (RoundsCallView *self, const GError *error)
{
  if (self->failed)
    return;

  self->failed = TRUE;
  g_clear_handle_id (&self->load_timeout, g_source_remove);
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
fail_literal (RoundsCallView *self, RoundsCallError code, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (ROUNDS_CALL_ERROR, code, message);

  fail (self, error);
}

static void
launch_finished_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoundsCallView) self = user_data;
  g_autoptr (GError) error = NULL;

  /* No browser is installed, or the person closed the portal's chooser. The click had no effect,
   * the call goes on: a beep is what a dead key gives. */
  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (object), result, &error))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
open_outside (RoundsCallView *self, const char *uri)
{
  g_autoptr (GtkUriLauncher) launcher = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!rounds_call_origin_may_open_outside (uri))
    return;

  launcher = gtk_uri_launcher_new (uri);
  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL,
                           launch_finished_cb, g_object_ref (self));
}

static void
decide_navigation (RoundsCallView *self, WebKitNavigationPolicyDecision *decision,
                   gboolean new_window)
{
  WebKitNavigationAction *action
      = webkit_navigation_policy_decision_get_navigation_action (decision);
  const char *uri = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));
  gboolean ours = rounds_call_origin_matches (self->origin, uri);

  /* An empty frame, which the page fills itself. The top frame gains nothing by going there. */
  if (!new_window && (ours || (self->committed && g_strcmp0 (uri, "about:blank") == 0)))
    {
      webkit_policy_decision_use (WEBKIT_POLICY_DECISION (decision));
      return;
    }

  /* Security: the view never leaves the meeting's origin, in no frame. A link that the person
   * clicked opens in their browser; what a script wants to open stays closed. */
  webkit_policy_decision_ignore (WEBKIT_POLICY_DECISION (decision));
  if (!self->committed)
    fail_literal (self, ROUNDS_CALL_ERROR_MOVED, "");
  else if (webkit_navigation_action_is_user_gesture (action))
    open_outside (self, uri);
}

static void
decide_response (RoundsCallView *self, WebKitResponsePolicyDecision *decision)
{
  WebKitURIResponse *response = webkit_response_policy_decision_get_response (decision);
  guint status = webkit_uri_response_get_status_code (response);
  gboolean main_page = webkit_response_policy_decision_is_main_frame_main_resource (decision);
  gboolean supported = webkit_response_policy_decision_is_mime_type_supported (decision);
  g_autofree char *message = NULL;

  if (supported && !(main_page && status >= 400))
    {
      webkit_policy_decision_use (WEBKIT_POLICY_DECISION (decision));
      return;
    }

  /* What cannot be shown would become a download; there are none here. */
  webkit_policy_decision_ignore (WEBKIT_POLICY_DECISION (decision));
  if (main_page && (status >= 400 || !self->committed))
    {
      message = g_strdup_printf ("HTTP %u", status);
      fail_literal (self, ROUNDS_CALL_ERROR_SERVER, message);
    }
}

static gboolean
decide_policy_cb (RoundsCallView *self, WebKitPolicyDecision *decision,
                  WebKitPolicyDecisionType type)
{
  switch (type)
    {
    case WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION:
      decide_navigation (self, WEBKIT_NAVIGATION_POLICY_DECISION (decision), FALSE);
      return GDK_EVENT_STOP;
    case WEBKIT_POLICY_DECISION_TYPE_NEW_WINDOW_ACTION:
      decide_navigation (self, WEBKIT_NAVIGATION_POLICY_DECISION (decision), TRUE);
      return GDK_EVENT_STOP;
    case WEBKIT_POLICY_DECISION_TYPE_RESPONSE:
      decide_response (self, WEBKIT_RESPONSE_POLICY_DECISION (decision));
      return GDK_EVENT_STOP;
    default:
      webkit_policy_decision_ignore (decision);
      return GDK_EVENT_STOP;
    }
}

static void
load_changed_cb (RoundsCallView *self, WebKitLoadEvent event)
{
  if (event != WEBKIT_LOAD_COMMITTED || self->failed)
    return;

  g_clear_handle_id (&self->load_timeout, g_source_remove);
  self->committed = TRUE;
  rounds_call_bridge_reset (self->bridge);
  g_signal_emit (self, signals[LOADED], 0);
}

static gboolean
load_failed_cb (RoundsCallView *self, WebKitLoadEvent event, const char *uri, GError *load_error)
{
  g_autoptr (GError) error = rounds_call_failure_from_load (load_error);

  if (error != NULL)
    fail (self, error);

  /* Our own page says it; the engine's would show the address. */
  return GDK_EVENT_STOP;
}

static gboolean
load_failed_with_tls_errors_cb (RoundsCallView *self, const char *uri, GTlsCertificate *certificate,
                                GTlsCertificateFlags errors)
{
  g_autofree char *flags = g_flags_to_string (G_TYPE_TLS_CERTIFICATE_FLAGS, errors);

  /* Security: shown, and there is no way around it. */
  fail_literal (self, ROUNDS_CALL_ERROR_CERTIFICATE, flags);

  return GDK_EVENT_STOP;
}

static void
web_process_terminated_cb (RoundsCallView *self, WebKitWebProcessTerminationReason reason)
{
  self->crashed = TRUE;
  fail_literal (self, ROUNDS_CALL_ERROR_CRASHED,
                reason == WEBKIT_WEB_PROCESS_EXCEEDED_MEMORY_LIMIT
                    ? "The web process used too much memory"
                    : "The web process ended");
}

static gboolean
context_menu_cb (RoundsCallView *self, WebKitContextMenu *menu, WebKitHitTestResult *hit)
{
  /* Reload, back and save belong to browsers. Cut and paste in the chat stay. */
  return !webkit_hit_test_result_context_is_editable (hit);
}

static void
download_started_cb (RoundsCallView *self, WebKitDownload *download)
{
  webkit_download_cancel (download);
}

static void
load_timed_out (gpointer user_data)
{
  RoundsCallView *self = ROUNDS_CALL_VIEW (user_data);

  self->load_timeout = 0;
  fail_literal (self, ROUNDS_CALL_ERROR_UNREACHABLE, "No answer in time");
}

static guint
find_load_timeout (void)
{
#ifdef ROUNDS_DEVELOPMENT
  const char *seconds = g_getenv ("ROUNDS_LOAD_TIMEOUT");

  if (seconds != NULL)
    return (guint)g_ascii_strtoull (seconds, NULL, 10);
#endif
  return LOAD_TIMEOUT;
}

static void
build_web_view (RoundsCallView *self)
{
  g_autoptr (WebKitUserContentManager) content = webkit_user_content_manager_new ();

  self->session = rounds_call_engine_new_session ();
  self->bridge = rounds_call_bridge_new (content, self->origin);
  self->permissions = rounds_call_permissions_new (self->origin);

  self->web_view = rounds_call_engine_new_view (self->session, content);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->web_view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Video call"), -1);
  rounds_call_bridge_set_web_view (self->bridge, self->web_view);
  rounds_call_permissions_set_web_view (self->permissions, self->web_view);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->web_view));
}

static void
connect_web_view (RoundsCallView *self)
{
  const struct
  {
    const char *signal;
    GCallback callback;
  } connections[] = {
    { "decide-policy", G_CALLBACK (decide_policy_cb) },
    { "load-changed", G_CALLBACK (load_changed_cb) },
    { "load-failed", G_CALLBACK (load_failed_cb) },
    { "load-failed-with-tls-errors", G_CALLBACK (load_failed_with_tls_errors_cb) },
    { "web-process-terminated", G_CALLBACK (web_process_terminated_cb) },
    { "context-menu", G_CALLBACK (context_menu_cb) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (self->web_view, connections[i].signal, connections[i].callback, self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "download-started", G_CALLBACK (download_started_cb),
                           self, G_CONNECT_SWAPPED);
}

static void
rounds_call_view_dispose (GObject *object)
{
  RoundsCallView *self = ROUNDS_CALL_VIEW (object);

  g_clear_handle_id (&self->load_timeout, g_source_remove);
  if (self->permissions != NULL)
    rounds_call_permissions_close (self->permissions);
  g_clear_object (&self->permissions);
  g_clear_object (&self->bridge);
  g_clear_object (&self->session);
  if (self->web_view != NULL && self->committed && !self->crashed)
    rounds_call_engine_leave (self->web_view);
  self->web_view = NULL;

  G_OBJECT_CLASS (rounds_call_view_parent_class)->dispose (object);
}

static void
rounds_call_view_finalize (GObject *object)
{
  RoundsCallView *self = ROUNDS_CALL_VIEW (object);

  g_clear_pointer (&self->origin, g_free);

  G_OBJECT_CLASS (rounds_call_view_parent_class)->finalize (object);
}

static void
rounds_call_view_class_init (RoundsCallViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rounds_call_view_dispose;
  object_class->finalize = rounds_call_view_finalize;

  signals[LOADED] = g_signal_new ("loaded", ROUNDS_TYPE_CALL_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", ROUNDS_TYPE_CALL_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
rounds_call_view_init (RoundsCallView *self)
{
}

/**
 * rounds_call_view_new:
 * @origin: where the meeting is; nothing else is loaded, in no frame
 *
 * Signals: "loaded" (the meeting's page begins to show), "failed" (a %ROUNDS_CALL_ERROR; once, and
 * then the view is of no more use: drop it).
 */
RoundsCallView *
rounds_call_view_new (const char *origin)
{
  RoundsCallView *self;

  g_return_val_if_fail (origin != NULL, NULL);

  self = g_object_new (ROUNDS_TYPE_CALL_VIEW, NULL);
  self->origin = g_strdup (origin);
  build_web_view (self);
  connect_web_view (self);

  return self;
}

/* Loads the meeting. Security: @page_uri carries the token; it is given to the engine and not kept.
 */
void
rounds_call_view_load (RoundsCallView *self, const char *page_uri)
{
  g_return_if_fail (ROUNDS_IS_CALL_VIEW (self));
  g_return_if_fail (rounds_call_origin_matches (self->origin, page_uri));

  g_clear_handle_id (&self->load_timeout, g_source_remove);
  self->load_timeout = g_timeout_add_seconds_once (find_load_timeout (), load_timed_out, self);
  webkit_web_view_load_uri (self->web_view, page_uri);
}

RoundsCallBridge *
rounds_call_view_get_bridge (RoundsCallView *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_VIEW (self), NULL);

  return self->bridge;
}

RoundsCallPermissions *
rounds_call_view_get_permissions (RoundsCallView *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_VIEW (self), NULL);

  return self->permissions;
}
