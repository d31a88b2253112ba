/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the meeting's page may use: the person is asked for camera, microphone and screen, all else
 * is denied. It remembers for one call only and writes nothing down.
 */

#include "config.h"

#include "rounds-call-permissions.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rounds-call-origin.h"

struct _RoundsCallPermissions
{
  GObject parent_instance;

  GWeakRef web_view;
  char *origin;
  RoundsCallDecision decisions[ROUNDS_CALL_N_DEVICES];
  GQueue waiting; /* of WebKitPermissionRequest; the head is the one that the dialog asks for */
  AdwDialog *dialog; /* weak: the window that it stands in may go first */
};

G_DEFINE_FINAL_TYPE (RoundsCallPermissions, rounds_call_permissions, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void ask_next (RoundsCallPermissions *self);

typedef struct
{
  gboolean microphone;
  gboolean camera;
  gboolean screen;
} Wanted;

static Wanted
read_wanted (WebKitPermissionRequest *request)
{
  WebKitUserMediaPermissionRequest *media = WEBKIT_USER_MEDIA_PERMISSION_REQUEST (request);

  return (Wanted){
    .microphone = webkit_user_media_permission_is_for_audio_device (media),
    .camera = webkit_user_media_permission_is_for_video_device (media),
    .screen = webkit_user_media_permission_is_for_display_device (media),
  };
}

static void
decide (RoundsCallPermissions *self, RoundsCallDevice device, RoundsCallDecision decision)
{
  if (self->decisions[device] == decision)
    return;

  self->decisions[device] = decision;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Whether what was said before answers @wanted, and how. A screen is asked for each time: what is
 * on it changes. */
static gboolean
find_answer (RoundsCallPermissions *self, const Wanted *wanted, gboolean *allowed)
{
  const struct
  {
    gboolean wanted;
    RoundsCallDecision decision;
  } devices[] = {
    { wanted->microphone, self->decisions[ROUNDS_CALL_DEVICE_MICROPHONE] },
    { wanted->camera, self->decisions[ROUNDS_CALL_DEVICE_CAMERA] },
  };
  gboolean open = wanted->screen;

  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      if (!devices[i].wanted)
        continue;
      if (devices[i].decision == ROUNDS_CALL_DECISION_DENIED)
        {
          *allowed = FALSE;
          return TRUE;
        }
      open |= devices[i].decision == ROUNDS_CALL_DECISION_NONE;
    }

  *allowed = TRUE;
  return !open;
}

static void
remember_response (RoundsCallPermissions *self, const Wanted *wanted, const char *response)
{
  gboolean all = g_str_equal (response, "allow");
  gboolean audio = all || g_str_equal (response, "audio");

  if (wanted->screen)
    return;
  if (wanted->microphone)
    decide (self, ROUNDS_CALL_DEVICE_MICROPHONE,
            audio ? ROUNDS_CALL_DECISION_ALLOWED : ROUNDS_CALL_DECISION_DENIED);
  if (wanted->camera)
    decide (self, ROUNDS_CALL_DEVICE_CAMERA,
            all ? ROUNDS_CALL_DECISION_ALLOWED : ROUNDS_CALL_DECISION_DENIED);
}

static void
dialog_response_cb (RoundsCallPermissions *self, const char *response)
{
  g_autoptr (RoundsCallPermissions) alive = g_object_ref (self);
  g_autoptr (WebKitPermissionRequest) request = g_queue_pop_head (&self->waiting);
  Wanted wanted;

  g_clear_weak_pointer (&self->dialog);
  if (request == NULL)
    return;

  wanted = read_wanted (request);
  remember_response (self, &wanted, response);
  if (g_str_equal (response, "allow"))
    webkit_permission_request_allow (request);
  else
    webkit_permission_request_deny (request);

  ask_next (self);
}

static char *
describe_request (RoundsCallPermissions *self, const Wanted *wanted, const char **heading)
{
  g_autofree char *host = rounds_call_origin_dup_host (self->origin);

  if (wanted->screen)
    {
      *heading = _ ("Share Your Screen?");
      return g_strdup_printf (_ ("%s asks to show your screen to everyone in this call."), host);
    }
  if (wanted->camera && wanted->microphone)
    {
      /* Translators: a heading; libadwaita 1.7 warns when it is too long for a 360 pixel window in
       * one line, so at most some 24 letters. */
      *heading = _ ("Use Camera and Mic?");
      return g_strdup_printf (_ ("%s asks for your camera and your microphone for this call."),
                              host);
    }
  if (wanted->camera)
    {
      *heading = _ ("Use Camera?");
      return g_strdup_printf (_ ("%s asks for your camera for this call."), host);
    }

  *heading = _ ("Use Microphone?");
  return g_strdup_printf (_ ("%s asks for your microphone for this call."), host);
}

static AdwDialog *
build_dialog (RoundsCallPermissions *self, const Wanted *wanted)
{
  const char *heading = NULL;
  g_autofree char *body = describe_request (self, wanted, &heading);
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "deny", _ ("_Don’t Allow"));
  if (wanted->camera && wanted->microphone)
    adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "audio", _ ("_Microphone Only"));
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "allow",
                                 wanted->screen ? _ ("_Choose Screen…") : _ ("_Allow"));
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "allow",
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "allow");
  /* Security: Escape and a closed window are no consent. */
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "deny");

  return dialog;
}

static void
ask_next (RoundsCallPermissions *self)
{
  g_autoptr (WebKitWebView) web_view = g_weak_ref_get (&self->web_view);

  while (self->dialog == NULL && !g_queue_is_empty (&self->waiting))
    {
      WebKitPermissionRequest *request = g_queue_peek_head (&self->waiting);
      Wanted wanted = read_wanted (request);
      gboolean allowed = FALSE;

      if (web_view != NULL && !find_answer (self, &wanted, &allowed))
        {
          g_set_weak_pointer (&self->dialog, build_dialog (self, &wanted));
          g_signal_connect_object (self->dialog, "response", G_CALLBACK (dialog_response_cb), self,
                                   G_CONNECT_SWAPPED);
          adw_dialog_present (self->dialog, GTK_WIDGET (web_view));
          return;
        }

      if (allowed)
        webkit_permission_request_allow (request);
      else
        webkit_permission_request_deny (request);
      g_object_unref (g_queue_pop_head (&self->waiting));
    }
}

static gboolean
permission_request_cb (WebKitWebView *web_view, WebKitPermissionRequest *request,
                       RoundsCallPermissions *self)
{
  /* Security: frames of other origins are not loaded at all (RoundsCallView), so a request comes
   * from the document in the view, and that is looked at again here. */
  gboolean ours = rounds_call_origin_matches (self->origin, webkit_web_view_get_uri (web_view));

  if (ours && WEBKIT_IS_USER_MEDIA_PERMISSION_REQUEST (request))
    {
      g_queue_push_tail (&self->waiting, g_object_ref (request));
      ask_next (self);
    }
  else if (ours && WEBKIT_IS_DEVICE_INFO_PERMISSION_REQUEST (request)
           && (self->decisions[ROUNDS_CALL_DEVICE_MICROPHONE] == ROUNDS_CALL_DECISION_ALLOWED
               || self->decisions[ROUNDS_CALL_DEVICE_CAMERA] == ROUNDS_CALL_DECISION_ALLOWED))
    /* The names of the devices, for the page's own chooser. */
    webkit_permission_request_allow (request);
  else
    webkit_permission_request_deny (request);

  return GDK_EVENT_STOP;
}

static WebKitPermissionState
find_state (RoundsCallPermissions *self, const char *name)
{
  static const WebKitPermissionState states[] = {
    [ROUNDS_CALL_DECISION_NONE] = WEBKIT_PERMISSION_STATE_PROMPT,
    [ROUNDS_CALL_DECISION_ALLOWED] = WEBKIT_PERMISSION_STATE_GRANTED,
    [ROUNDS_CALL_DECISION_DENIED] = WEBKIT_PERMISSION_STATE_DENIED,
  };

  if (g_strcmp0 (name, "camera") == 0)
    return states[self->decisions[ROUNDS_CALL_DEVICE_CAMERA]];
  if (g_strcmp0 (name, "microphone") == 0)
    return states[self->decisions[ROUNDS_CALL_DEVICE_MICROPHONE]];
  if (g_strcmp0 (name, "display-capture") == 0)
    return WEBKIT_PERMISSION_STATE_PROMPT;

  return WEBKIT_PERMISSION_STATE_DENIED;
}

static gboolean
query_permission_state_cb (WebKitWebView *web_view, WebKitPermissionStateQuery *query,
                           RoundsCallPermissions *self)
{
  WebKitSecurityOrigin *asking = webkit_permission_state_query_get_security_origin (query);
  g_autofree char *asking_origin = webkit_security_origin_to_string (asking);
  WebKitPermissionState state = WEBKIT_PERMISSION_STATE_DENIED;

  /* Security: the same answer as a request would get, for the same origin only. */
  if (rounds_call_origin_matches (self->origin, asking_origin))
    state = find_state (self, webkit_permission_state_query_get_name (query));
  webkit_permission_state_query_finish (query, state);

  return GDK_EVENT_STOP;
}

static void
rounds_call_permissions_dispose (GObject *object)
{
  RoundsCallPermissions *self = ROUNDS_CALL_PERMISSIONS (object);

  rounds_call_permissions_close (self);
  g_weak_ref_set (&self->web_view, NULL);

  G_OBJECT_CLASS (rounds_call_permissions_parent_class)->dispose (object);
}

static void
rounds_call_permissions_finalize (GObject *object)
{
  RoundsCallPermissions *self = ROUNDS_CALL_PERMISSIONS (object);

  g_weak_ref_clear (&self->web_view);
  g_clear_pointer (&self->origin, g_free);

  G_OBJECT_CLASS (rounds_call_permissions_parent_class)->finalize (object);
}

static void
rounds_call_permissions_class_init (RoundsCallPermissionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rounds_call_permissions_dispose;
  object_class->finalize = rounds_call_permissions_finalize;

  signals[CHANGED] = g_signal_new ("changed", ROUNDS_TYPE_CALL_PERMISSIONS, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_call_permissions_init (RoundsCallPermissions *self)
{
  g_weak_ref_init (&self->web_view, NULL);
  g_queue_init (&self->waiting);
}

/**
 * rounds_call_permissions_new:
 * @origin: the only origin that may be given anything
 *
 * Signal: "changed" (a decision is another one than before).
 */
RoundsCallPermissions *
rounds_call_permissions_new (const char *origin)
{
  RoundsCallPermissions *self;

  g_return_val_if_fail (origin != NULL, NULL);

  self = g_object_new (ROUNDS_TYPE_CALL_PERMISSIONS, NULL);
  self->origin = g_strdup (origin);

  return self;
}

/* The view whose requests are answered; held weakly. Once per object. */
void
rounds_call_permissions_set_web_view (RoundsCallPermissions *self, WebKitWebView *web_view)
{
  g_return_if_fail (ROUNDS_IS_CALL_PERMISSIONS (self));
  g_return_if_fail (WEBKIT_IS_WEB_VIEW (web_view));

  g_weak_ref_set (&self->web_view, web_view);
  g_signal_connect_object (web_view, "permission-request", G_CALLBACK (permission_request_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (web_view, "query-permission-state",
                           G_CALLBACK (query_permission_state_cb), self, G_CONNECT_DEFAULT);
}

RoundsCallDecision
rounds_call_permissions_get_decision (RoundsCallPermissions *self, RoundsCallDevice device)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_PERMISSIONS (self), ROUNDS_CALL_DECISION_NONE);
  g_return_val_if_fail (device < ROUNDS_CALL_N_DEVICES, ROUNDS_CALL_DECISION_NONE);

  return self->decisions[device];
}

/* Takes over what the person said to the same question before, for the same meeting. */
void
rounds_call_permissions_adopt (RoundsCallPermissions *self, RoundsCallPermissions *other)
{
  g_return_if_fail (ROUNDS_IS_CALL_PERMISSIONS (self));
  g_return_if_fail (ROUNDS_IS_CALL_PERMISSIONS (other));

  /* Security: leave was given to one origin. A fresh link may lead to another one. */
  if (!g_str_equal (self->origin, other->origin))
    return;
  for (guint i = 0; i < ROUNDS_CALL_N_DEVICES; i++)
    decide (self, i, other->decisions[i]);
}

/* The person changed their mind about a denial: the page's next request is asked again. */
void
rounds_call_permissions_forget (RoundsCallPermissions *self, RoundsCallDevice device)
{
  g_return_if_fail (ROUNDS_IS_CALL_PERMISSIONS (self));
  g_return_if_fail (device < ROUNDS_CALL_N_DEVICES);

  decide (self, device, ROUNDS_CALL_DECISION_NONE);
}

/* The call is over: takes an open question away and denies whatever waits. */
void
rounds_call_permissions_close (RoundsCallPermissions *self)
{
  WebKitPermissionRequest *request;
  AdwDialog *dialog;

  g_return_if_fail (ROUNDS_IS_CALL_PERMISSIONS (self));

  while ((request = g_queue_pop_head (&self->waiting)) != NULL)
    {
      webkit_permission_request_deny (request);
      g_object_unref (request);
    }
  dialog = self->dialog;
  g_clear_weak_pointer (&self->dialog);
  if (dialog != NULL)
    adw_dialog_force_close (dialog);
}
