/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The person's own camera picture, and how loud the microphone is, from the engine that will carry
 * the call. Choosing, and saying what is wrong, is RoundsCallCheck's.
 *
 * A page of our own opens the devices (ui/call/rounds-device-preview.html). It says what comes of
 * it in JSON, through a script message handler, and is asked by calling its functions.
 */

#include "config.h"

#include "rounds-device-preview.h"

#include <glib/gi18n.h>

#include "rounds-call-engine.h"
#include "rounds-call-json.h"
#include "rounds-call-resources.h"

#define PAGE "/io/github/rounds_app/Rounds/call/rounds-device-preview.html"
#define HANDLER "preview"
/* Nobody owns more cameras and microphones than this; a list that is longer is cut. */
#define MAX_DEVICES 64

struct _RoundsDevicePreview
{
  AdwBin parent_instance;

  WebKitWebView *web_view; /* borrowed: the child */
  WebKitNetworkSession *session;
  RoundsCallPermissions *permissions;
  char *camera; /* the last choice, which waits for the page to be there */
  char *microphone;
  gboolean is_loaded;
};

G_DEFINE_FINAL_TYPE (RoundsDevicePreview, rounds_device_preview, ADW_TYPE_BIN)

enum
{
  SIGNAL_DEVICES,
  SIGNAL_LEVEL,
  SIGNAL_OPENED,
  SIGNAL_PROBLEM,
  SIGNAL_PLAYED,
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- what the page says --- */

static void
add_device (GPtrArray *devices, JsonObject *object)
{
  const char *kind = rounds_call_json_get_text (object, "kind");
  const char *id = rounds_call_json_get_text (object, "id");
  const char *label = rounds_call_json_get_text (object, "label");
  RoundsCallDevice device;

  if (g_strcmp0 (kind, "videoinput") == 0)
    device = ROUNDS_CALL_DEVICE_CAMERA;
  else if (g_strcmp0 (kind, "audioinput") == 0)
    device = ROUNDS_CALL_DEVICE_MICROPHONE;
  else
    return;

  /* Without the person's leave, the engine names none of them. */
  if (id != NULL && *id != '\0' && label != NULL && *label != '\0')
    g_ptr_array_add (devices, rounds_device_info_new (device, id, label));
}

static void
take_devices (RoundsDevicePreview *self, JsonObject *message)
{
  g_autoptr (GPtrArray) devices
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_device_info_free);
  JsonNode *node = json_object_get_member (message, "devices");
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  array = json_node_get_array (node);
  for (guint i = 0; i < MIN (json_array_get_length (array), MAX_DEVICES); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (element))
        add_device (devices, json_node_get_object (element));
    }
  g_signal_emit (self, signals[SIGNAL_DEVICES], 0, devices);
}

static void
take_level (RoundsDevicePreview *self, JsonObject *message)
{
  g_signal_emit (self, signals[SIGNAL_LEVEL], 0,
                 CLAMP (rounds_call_json_get_double (message, "level", 0), 0, 1));
}

static void
take_open (RoundsDevicePreview *self, JsonObject *message)
{
  g_signal_emit (self, signals[SIGNAL_OPENED], 0, rounds_call_json_get_text (message, "camera"),
                 rounds_call_json_get_text (message, "microphone"));
}

static void
take_problem (RoundsDevicePreview *self, JsonObject *message)
{
  const char *device = rounds_call_json_get_text (message, "device");
  const char *name = rounds_call_json_get_text (message, "name");

  g_signal_emit (self, signals[SIGNAL_PROBLEM], 0,
                 (int)(g_strcmp0 (device, "camera") == 0 ? ROUNDS_CALL_DEVICE_CAMERA
                                                         : ROUNDS_CALL_DEVICE_MICROPHONE),
                 name != NULL ? name : "");
}

static void
take_played (RoundsDevicePreview *self, JsonObject *message)
{
  g_signal_emit (self, signals[SIGNAL_PLAYED], 0);
}

static const struct
{
  const char *kind;
  void (*take) (RoundsDevicePreview *self, JsonObject *message);
} messages[] = {
  { "devices", take_devices }, { "level", take_level },   { "open", take_open },
  { "problem", take_problem }, { "played", take_played },
};

static void
message_received_cb (RoundsDevicePreview *self, JSCValue *value)
{
  g_autoptr (RoundsDevicePreview) alive = g_object_ref (self);
  g_autofree char *text = jsc_value_to_string (value);
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  const char *kind;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  kind = rounds_call_json_get_text (json_node_get_object (node), "kind");
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      if (g_strcmp0 (messages[i].kind, kind) == 0)
        messages[i].take (self, json_node_get_object (node));
    }
}

/* --- what the page is asked --- */

/* In JSON, since the engine takes no null as an argument. */
static char *
write_choice (const char *camera, const char *microphone)
{
  g_autoptr (JsonObject) choice = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), choice);

  /* Without a string, the member is null. */
  json_object_set_string_member (choice, "camera", camera);
  json_object_set_string_member (choice, "microphone", microphone);
  return json_to_string (node, FALSE);
}

static void
send_choice (WebKitWebView *web_view, const char *camera, const char *microphone,
             GAsyncReadyCallback done_cb, gpointer user_data)
{
  g_autofree char *choice = write_choice (camera, microphone);
  GVariantDict arguments;

  /* It travels as a value: nothing that a device is called can become code. */
  g_variant_dict_init (&arguments, NULL);
  g_variant_dict_insert (&arguments, "choice", "s", choice);
  webkit_web_view_call_async_javascript_function (web_view, "return choose (JSON.parse (choice));",
                                                  -1, g_variant_dict_end (&arguments), NULL, NULL,
                                                  NULL, done_cb, user_data);
}

static void
closed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WebKitWebView) web_view = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = NULL;

  /* Closed, or the engine ended and closed them so: the view may go now. */
  value = webkit_web_view_call_async_javascript_function_finish (web_view, result, &error);
}

/* Closes the devices; the view goes once that is done. WebKitGTK 2.54 aborts the whole program now
 * and then when a view goes that is still asking for a device. */
static void
take_leave (RoundsDevicePreview *self)
{
  if (self->is_loaded)
    send_choice (self->web_view, NULL, NULL, closed_cb, g_object_ref (self->web_view));
  self->web_view = NULL;
}

static void
load_changed_cb (RoundsDevicePreview *self, WebKitLoadEvent event)
{
  if (event != WEBKIT_LOAD_FINISHED)
    return;

  self->is_loaded = TRUE;
  send_choice (self->web_view, self->camera, self->microphone, NULL, NULL);
}

static gboolean
decide_policy_cb (RoundsDevicePreview *self, WebKitPolicyDecision *decision,
                  WebKitPolicyDecisionType type)
{
  /* Security: our page is all that this view ever shows. */
  if (self->is_loaded || type == WEBKIT_POLICY_DECISION_TYPE_NEW_WINDOW_ACTION)
    webkit_policy_decision_ignore (decision);
  else
    webkit_policy_decision_use (decision);

  return GDK_EVENT_STOP;
}

static gboolean
context_menu_cb (RoundsDevicePreview *self)
{
  return GDK_EVENT_STOP;
}

static void
web_process_terminated_cb (RoundsDevicePreview *self)
{
  self->is_loaded = FALSE;
  g_signal_emit (self, signals[SIGNAL_FAILED], 0);
}

static void
build_web_view (RoundsDevicePreview *self)
{
  g_autoptr (WebKitUserContentManager) content = webkit_user_content_manager_new ();

  g_signal_connect_object (content, "script-message-received::" HANDLER,
                           G_CALLBACK (message_received_cb), self, G_CONNECT_SWAPPED);
  webkit_user_content_manager_register_script_message_handler (content, HANDLER, NULL);

  self->session = rounds_call_engine_new_session ();
  self->web_view = rounds_call_engine_new_view (self->session, content);
  gtk_widget_set_can_focus (GTK_WIDGET (self->web_view), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->web_view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Your camera’s picture"), -1);
  g_signal_connect_object (self->web_view, "load-changed", G_CALLBACK (load_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->web_view, "decide-policy", G_CALLBACK (decide_policy_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->web_view, "context-menu", G_CALLBACK (context_menu_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->web_view, "web-process-terminated",
                           G_CALLBACK (web_process_terminated_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->web_view));
}

static void
load_page (RoundsDevicePreview *self, const char *origin)
{
  g_autoptr (GBytes) page = g_resource_lookup_data (rounds_call_get_resource (), PAGE,
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *html = g_strndup (g_bytes_get_data (page, NULL), g_bytes_get_size (page));
  g_autofree char *base = g_strconcat (origin, "/", NULL);

  /* Security: devices are given to an origin, and the person is asked once, for the meeting's. The
   * page claims that origin, is ours to the last byte, and its policy lets it fetch nothing. */
  webkit_web_view_load_html (self->web_view, html, base);
}

static void
rounds_device_preview_dispose (GObject *object)
{
  RoundsDevicePreview *self = ROUNDS_DEVICE_PREVIEW (object);

  if (self->permissions != NULL)
    rounds_call_permissions_close (self->permissions);
  g_clear_object (&self->permissions);
  g_clear_object (&self->session);
  if (self->web_view != NULL)
    take_leave (self);

  G_OBJECT_CLASS (rounds_device_preview_parent_class)->dispose (object);
}

static void
rounds_device_preview_finalize (GObject *object)
{
  RoundsDevicePreview *self = ROUNDS_DEVICE_PREVIEW (object);

  g_free (self->camera);
  g_free (self->microphone);

  G_OBJECT_CLASS (rounds_device_preview_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_parameters, GType first, GType second)
{
  return g_signal_new (name, ROUNDS_TYPE_DEVICE_PREVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_parameters, first, second);
}

static void
rounds_device_preview_class_init (RoundsDevicePreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rounds_device_preview_dispose;
  object_class->finalize = rounds_device_preview_finalize;

  signals[SIGNAL_DEVICES] = add_signal ("devices", 1, G_TYPE_PTR_ARRAY, G_TYPE_NONE);
  signals[SIGNAL_LEVEL] = add_signal ("level", 1, G_TYPE_DOUBLE, G_TYPE_NONE);
  signals[SIGNAL_OPENED] = add_signal ("opened", 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_PROBLEM] = add_signal ("problem", 2, G_TYPE_INT, G_TYPE_STRING);
  signals[SIGNAL_PLAYED] = add_signal ("played", 0, G_TYPE_NONE, G_TYPE_NONE);
  signals[SIGNAL_FAILED] = add_signal ("failed", 0, G_TYPE_NONE, G_TYPE_NONE);
}

static void
rounds_device_preview_init (RoundsDevicePreview *self)
{
}

/**
 * rounds_device_preview_new:
 * @origin: of the meeting, for which the person gives leave
 *
 * Opens nothing until rounds_device_preview_choose(). Dropping it closes all devices.
 *
 * Signals: "devices" (a GPtrArray of RoundsDeviceInfo: those that there are, whenever they change),
 * "level" (double, 0 to 1), "opened" (camera, microphone: their labels, NULL for what is closed;
 * after a choice), "problem" (a RoundsCallDevice; the DOMException's name), "played" (the test
 * sound is over), "failed" (the engine ended: drop it).
 *
 * Returns: (transfer floating): the picture.
 */
RoundsDevicePreview *
rounds_device_preview_new (const char *origin)
{
  RoundsDevicePreview *self;

  g_return_val_if_fail (origin != NULL, NULL);

  self = g_object_new (ROUNDS_TYPE_DEVICE_PREVIEW, NULL);
  build_web_view (self);
  self->permissions = rounds_call_permissions_new (origin);
  rounds_call_permissions_set_web_view (self->permissions, self->web_view);
  load_page (self, origin);

  return self;
}

/* What the person allowed: to be adopted for the meeting itself. */
RoundsCallPermissions *
rounds_device_preview_get_permissions (RoundsDevicePreview *self)
{
  g_return_val_if_fail (ROUNDS_IS_DEVICE_PREVIEW (self), NULL);

  return self->permissions;
}

/**
 * rounds_device_preview_choose:
 * @camera: (nullable): an id of "devices", "" for whichever there is, %NULL for none
 * @microphone: (nullable): the same
 *
 * The person is asked for leave where that is not known. "problem" for what fails and then "opened"
 * follow, unless another choice comes first.
 */
void
rounds_device_preview_choose (RoundsDevicePreview *self, const char *camera, const char *microphone)
{
  g_return_if_fail (ROUNDS_IS_DEVICE_PREVIEW (self));

  g_set_str (&self->camera, camera);
  g_set_str (&self->microphone, microphone);
  if (self->is_loaded)
    send_choice (self->web_view, self->camera, self->microphone, NULL, NULL);
}

void
rounds_device_preview_play (RoundsDevicePreview *self)
{
  g_return_if_fail (ROUNDS_IS_DEVICE_PREVIEW (self));

  webkit_web_view_call_async_javascript_function (self->web_view, "play ();", -1, NULL, NULL, NULL,
                                                  NULL, NULL, NULL);
}
