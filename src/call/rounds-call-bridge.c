/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The one place where Rounds and the meeting's page talk: an opener for the page, events in,
 * commands out. It does not know what the events mean; RoundsCallConference does.
 *
 * The page's API speaks to `window.opener || window.parent`. The meeting is loaded top-level and
 * has neither, so a script gives it an opener, whose postMessage() ends here; answers go in as the
 * message events that an opener would have sent.
 */

#include "config.h"

#include "rounds-call-bridge.h"

#include "rounds-id.h"
#include "rounds-jitsi-message.h"

/* Characters. The longest event of a real page (a chat message) is far below. */
#define MAX_MESSAGE (256 * 1024)

/* %1$s: the origin, %2$s: the handler's name; both JSON strings. */
#define OPENER_SCRIPT                                                                              \
  "(() => {\n"                                                                                     \
  "  if (window.top !== window || location.origin !== %1$s)\n"                                     \
  "    return;\n"                                                                                  \
  "  const rounds = window.webkit.messageHandlers[%2$s];\n"                                        \
  "  const opener = Object.freeze ({\n"                                                            \
  "    postMessage (text) {\n"                                                                     \
  "      if (typeof text === 'string')\n"                                                          \
  "        rounds.postMessage (text);\n"                                                           \
  "    }\n"                                                                                        \
  "  });\n"                                                                                        \
  "  Object.defineProperty (window, 'opener', { value: opener });\n"                               \
  "}) ();\n"

/* Runs as the body of a function with the arguments origin and text. */
#define ANSWER_SCRIPT                                                                              \
  "if (location.origin === origin)\n"                                                              \
  "  window.dispatchEvent (new MessageEvent ('message', { data: text, origin }));\n"

struct _RoundsCallBridge
{
  GObject parent_instance;

  WebKitUserContentManager *content;
  GWeakRef web_view;
  char *origin;
  char *handler;
  gint64 last_request; /* ids count from 1 */
  gboolean ready;
};

G_DEFINE_FINAL_TYPE (RoundsCallBridge, rounds_call_bridge, G_TYPE_OBJECT)

enum
{
  READY,
  EVENT,
  RESPONSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
quote_json (const char *text)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);

  return json_to_string (node, FALSE);
}

static void
post_text (RoundsCallBridge *self, const char *text)
{
  g_autoptr (WebKitWebView) web_view = g_weak_ref_get (&self->web_view);
  GVariantDict arguments;

  if (web_view == NULL)
    return;

  /* Arguments travel as values: nothing that is sent can become code. No callback, since the only
   * failure is a page that has gone, and then nobody is left to hear the answer. */
  g_variant_dict_init (&arguments, NULL);
  g_variant_dict_insert (&arguments, "origin", "s", self->origin);
  g_variant_dict_insert (&arguments, "text", "s", text);
  webkit_web_view_call_async_javascript_function (
      web_view, ANSWER_SCRIPT, -1, g_variant_dict_end (&arguments), NULL, NULL, NULL, NULL, NULL);
}

static void
answer_ready (RoundsCallBridge *self, const char *ready_id)
{
  g_autofree char *answer = rounds_jitsi_message_ready (ready_id);

  post_text (self, answer);
  if (self->ready)
    return;

  self->ready = TRUE;
  g_signal_emit (self, signals[READY], 0);
}

static void
take_text (RoundsCallBridge *self, const char *text)
{
  g_autoptr (RoundsJitsiMessage) message = NULL;

  /* Not an error of ours: the page may post to its opener what it likes, and what is not a message
   * of its API says nothing to us. */
  message = rounds_jitsi_message_parse (text, NULL);
  if (message == NULL)
    return;

  switch (message->type)
    {
    case ROUNDS_JITSI_MESSAGE_READY:
      answer_ready (self, message->ready_id);
      break;
    case ROUNDS_JITSI_MESSAGE_EVENT:
      g_signal_emit (self, signals[EVENT], 0, message->name, message->data);
      break;
    case ROUNDS_JITSI_MESSAGE_RESPONSE:
      g_signal_emit (self, signals[RESPONSE], 0, message->id, message->result);
      break;
    case ROUNDS_JITSI_MESSAGE_OTHER:
    default:
      break;
    }
}

static void
script_message_received_cb (RoundsCallBridge *self, JSCValue *value)
{
  g_autoptr (RoundsCallBridge) alive = g_object_ref (self);
  g_autofree char *text = NULL;

  if (!jsc_value_is_string (value))
    return;

  text = jsc_value_to_string (value);
  if (text != NULL && strnlen (text, MAX_MESSAGE + 1) <= MAX_MESSAGE)
    take_text (self, text);
}

static void
install_script (RoundsCallBridge *self)
{
  g_autoptr (WebKitUserScript) script = NULL;
  g_autofree char *signal_name = NULL;
  g_autofree char *quoted_origin = quote_json (self->origin);
  g_autofree char *quoted_handler = NULL;
  g_autofree char *source = NULL;
  g_autofree char *random = rounds_random_hex (16);

  /* Security: every frame of the page could post to a handler whose name it knows. The name is
   * random and only the opener's closure in the top frame of the right origin holds it. */
  self->handler = g_strconcat ("rounds", random, NULL);
  quoted_handler = quote_json (self->handler);

  signal_name = g_strconcat ("script-message-received::", self->handler, NULL);
  g_signal_connect_object (self->content, signal_name, G_CALLBACK (script_message_received_cb),
                           self, G_CONNECT_SWAPPED);
  webkit_user_content_manager_register_script_message_handler (self->content, self->handler, NULL);

  source = g_strdup_printf (OPENER_SCRIPT, quoted_origin, quoted_handler);
  script = webkit_user_script_new (source, WEBKIT_USER_CONTENT_INJECT_TOP_FRAME,
                                   WEBKIT_USER_SCRIPT_INJECT_AT_DOCUMENT_START, NULL, NULL);
  webkit_user_content_manager_add_script (self->content, script);
}

static void
rounds_call_bridge_dispose (GObject *object)
{
  RoundsCallBridge *self = ROUNDS_CALL_BRIDGE (object);

  if (self->content != NULL)
    {
      webkit_user_content_manager_unregister_script_message_handler (self->content, self->handler,
                                                                     NULL);
      webkit_user_content_manager_remove_all_scripts (self->content);
    }
  g_clear_object (&self->content);
  g_weak_ref_set (&self->web_view, NULL);

  G_OBJECT_CLASS (rounds_call_bridge_parent_class)->dispose (object);
}

static void
rounds_call_bridge_finalize (GObject *object)
{
  RoundsCallBridge *self = ROUNDS_CALL_BRIDGE (object);

  g_weak_ref_clear (&self->web_view);
  g_clear_pointer (&self->origin, g_free);
  g_clear_pointer (&self->handler, g_free);

  G_OBJECT_CLASS (rounds_call_bridge_parent_class)->finalize (object);
}

static void
rounds_call_bridge_class_init (RoundsCallBridgeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rounds_call_bridge_dispose;
  object_class->finalize = rounds_call_bridge_finalize;

  signals[READY] = g_signal_new ("ready", ROUNDS_TYPE_CALL_BRIDGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[EVENT] = g_signal_new ("event", ROUNDS_TYPE_CALL_BRIDGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 2, G_TYPE_STRING, JSON_TYPE_OBJECT);
  signals[RESPONSE] = g_signal_new ("response", ROUNDS_TYPE_CALL_BRIDGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, JSON_TYPE_NODE);
}

static void
rounds_call_bridge_init (RoundsCallBridge *self)
{
  g_weak_ref_init (&self->web_view, NULL);
}

/**
 * rounds_call_bridge_new:
 * @content: the content manager of the view, which has loaded nothing yet
 * @origin: the only origin that is talked to, as in `location.origin`
 *
 * Signals: "ready" (the page answers commands from now on), "event" (name, all of its data),
 * "response" (id of the request; its result, or %NULL where the page has none).
 */
RoundsCallBridge *
rounds_call_bridge_new (WebKitUserContentManager *content, const char *origin)
{
  RoundsCallBridge *self;

  g_return_val_if_fail (WEBKIT_IS_USER_CONTENT_MANAGER (content), NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  self = g_object_new (ROUNDS_TYPE_CALL_BRIDGE, NULL);
  self->content = g_object_ref (content);
  self->origin = g_strdup (origin);
  install_script (self);

  return self;
}

/* The view that answers are posted into; held weakly. */
void
rounds_call_bridge_set_web_view (RoundsCallBridge *self, WebKitWebView *web_view)
{
  g_return_if_fail (ROUNDS_IS_CALL_BRIDGE (self));
  g_return_if_fail (WEBKIT_IS_WEB_VIEW (web_view));

  g_weak_ref_set (&self->web_view, web_view);
}

gboolean
rounds_call_bridge_is_ready (RoundsCallBridge *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_BRIDGE (self), FALSE);

  return self->ready;
}

/* A new document is in the view: its API is not up yet. */
void
rounds_call_bridge_reset (RoundsCallBridge *self)
{
  g_return_if_fail (ROUNDS_IS_CALL_BRIDGE (self));

  self->ready = FALSE;
}

/* Sends a command, "video-hangup". @arguments: (nullable) (transfer full). Before "ready" nobody
 * would hear it: it is a programmer's error then. */
void
rounds_call_bridge_send_command (RoundsCallBridge *self, const char *name, JsonArray *arguments)
{
  g_autofree char *text = NULL;

  g_return_if_fail (ROUNDS_IS_CALL_BRIDGE (self));
  g_return_if_fail (name != NULL);
  g_return_if_fail (self->ready);

  text = rounds_jitsi_message_command (name, arguments);
  post_text (self, text);
}

/* Sends a request: @request (transfer full) has its name and what goes with it. Returns: its id,
 * for "response"; a page may also never answer. Before "ready" it is a programmer's error. */
gint64
rounds_call_bridge_send_request (RoundsCallBridge *self, JsonObject *request)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (ROUNDS_IS_CALL_BRIDGE (self), 0);
  g_return_val_if_fail (request != NULL, 0);
  g_return_val_if_fail (self->ready, 0);

  self->last_request++;
  text = rounds_jitsi_message_request (request, self->last_request);
  post_text (self, text);

  return self->last_request;
}
