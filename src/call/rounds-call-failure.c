/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Why a call cannot be shown here, put into words and next steps for the person.
 * It shows nothing itself; RoundsCallNotice does.
 */

#include "config.h"

#include "rounds-call-failure.h"

#include "rounds-log.h"

#include <glib/gi18n.h>
#include <string.h>
#include <webkit/webkit.h>

#include "rounds-call-json.h"

#define MAX_DETAILS 300

G_DEFINE_QUARK (rounds_call_error, rounds_call_error)

typedef struct
{
  RoundsCallError code;
  const char *icon_name;
  const char *title;
  const char *description; /* NULL: has the host in it, see describe_with_host() */
  gboolean can_try_again;
  gboolean can_open_in_browser;
} Words;

static const Words words[] = {
  { ROUNDS_CALL_ERROR_NO_WEBRTC, "web-browser-symbolic", N_ ("This Call Needs Your Browser"),
    N_ ("The web engine that comes with this system can’t carry video calls yet. "
        "Your browser can: the same personal link opens there."),
    FALSE, TRUE },
  { ROUNDS_CALL_ERROR_ENGINE, "computer-fail-symbolic", N_ ("The Web Engine Doesn’t Start"),
    N_ ("Rounds needs it to show the call. Try again, or take the call in your browser."), TRUE,
    TRUE },
  { ROUNDS_CALL_ERROR_LINK, "network-error-symbolic", N_ ("No Link to This Call"),
    N_ ("Rounds could not get your personal link. You are not in the call. "
        "Check the connection and try again."),
    TRUE, FALSE },
  { ROUNDS_CALL_ERROR_UNREACHABLE, "network-offline-symbolic", N_ ("Can’t Reach the Call"), NULL,
    TRUE, TRUE },
  { ROUNDS_CALL_ERROR_CERTIFICATE, "security-low-symbolic", N_ ("This Connection Is Not Safe"),
    NULL, TRUE, FALSE },
  { ROUNDS_CALL_ERROR_SERVER, "network-error-symbolic", N_ ("No Meeting There"), NULL, TRUE, TRUE },
  { ROUNDS_CALL_ERROR_MOVED, "network-error-symbolic", N_ ("Sent to Another Server"), NULL, TRUE,
    FALSE },
  { ROUNDS_CALL_ERROR_CRASHED, "computer-fail-symbolic", N_ ("The Call Page Stopped"),
    N_ ("The part of Rounds that shows the call ended unexpectedly. The others may still be "
        "in the call; you can go back in."),
    TRUE, TRUE },
  { ROUNDS_CALL_ERROR_REFUSED, "changes-prevent-symbolic", N_ ("The Meeting Did Not Let You In"),
    N_ ("Your personal link may be too old or for another room. Try again: Rounds asks for a "
        "fresh link."),
    TRUE, FALSE },
  { ROUNDS_CALL_ERROR_FULL, "system-users-symbolic", N_ ("The Meeting Is Full"),
    N_ ("It takes no more people for now. Try again when somebody has left."), TRUE, FALSE },
  { ROUNDS_CALL_ERROR_CONFERENCE, "network-error-symbolic", N_ ("The Call Was Interrupted"),
    N_ ("The connection to the meeting broke. Try again, or take the call in your browser."), TRUE,
    TRUE },
};

static const Words *
find_code (int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if ((int)words[i].code == code)
      return &words[i];

  g_assert_not_reached ();
}

static const Words *
find_words (const GError *error)
{
  if (error->domain == ROUNDS_CALL_ERROR)
    return find_code (error->code);

  /* Whatever else fails on the way to a call fails before there is a link. */
  return find_code (ROUNDS_CALL_ERROR_LINK);
}

static char *
describe_with_host (RoundsCallError code, const char *host)
{
  if (code == ROUNDS_CALL_ERROR_UNREACHABLE)
    /* Translators: %s is the name of the meeting's server */
    return g_strdup_printf (_ ("%s doesn’t answer. You are not in the call. "
                               "Check the connection and try again."),
                            host);
  if (code == ROUNDS_CALL_ERROR_CERTIFICATE)
    return g_strdup_printf (_ ("%s could not prove that it is what it says, so Rounds did not "
                               "connect. Tell the people who look after your computers."),
                            host);
  if (code == ROUNDS_CALL_ERROR_MOVED)
    return g_strdup_printf (_ ("%s sent this call to another server. Rounds doesn’t follow, "
                               "because your personal link is meant for this one only."),
                            host);

  return g_strdup_printf (_ ("%s answered, but not with a meeting. It may be under maintenance: "
                             "try again in a moment."),
                          host);
}

/* Security: messages of the engine may quote an address, and with it the token. Every word that
 * looks like one is left out, and the log's redaction goes over the rest. */
static char *
clean_details (const char *message)
{
  g_autoptr (GString) kept = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;
  g_autofree char *redacted = NULL;
  g_autofree char *valid = NULL;

  if (message == NULL || *message == '\0')
    return NULL;

  valid = g_utf8_make_valid (message, -1);
  parts = g_strsplit_set (valid, " \t\n", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      const char *part = strstr (parts[i], "://") != NULL ? "…" : parts[i];

      if (*part != '\0')
        g_string_append_printf (kept, "%s%s", kept->len > 0 ? " " : "", part);
    }

  redacted = rounds_log_redact (kept->str);
  if (g_utf8_strlen (redacted, -1) <= MAX_DETAILS)
    return g_steal_pointer (&redacted);

  return g_utf8_substring (redacted, 0, MAX_DETAILS);
}

/**
 * rounds_call_failure_new:
 * @error: a %ROUNDS_CALL_ERROR, or what the future of the link failed with
 * @host: the meeting's server, or %NULL while it is not known
 *
 * Returns: (transfer full): the words for it, translated
 */
RoundsCallFailure *
rounds_call_failure_new (const GError *error, const char *host)
{
  RoundsCallFailure *self;
  const Words *found;

  g_return_val_if_fail (error != NULL, NULL);

  found = find_words (error);
  if (host == NULL)
    host = _ ("The meeting’s server");

  self = g_new0 (RoundsCallFailure, 1);
  self->icon_name = found->icon_name;
  self->title = g_strdup (_ (found->title));
  self->description = found->description != NULL ? g_strdup (_ (found->description))
                                                 : describe_with_host (found->code, host);
  self->details = clean_details (error->message);
  self->can_try_again = found->can_try_again;
  self->can_open_in_browser = found->can_open_in_browser;

  return self;
}

void
rounds_call_failure_free (RoundsCallFailure *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->details, g_free);
  g_free (self);
}

/**
 * rounds_call_failure_from_load:
 * @load_error: what the engine reported for the main page
 *
 * Returns: (transfer full) (nullable): a %ROUNDS_CALL_ERROR, or %NULL when the load was only
 * stopped by ourselves
 */
GError *
rounds_call_failure_from_load (const GError *load_error)
{
  g_return_val_if_fail (load_error != NULL, NULL);

  if (g_error_matches (load_error, WEBKIT_NETWORK_ERROR, WEBKIT_NETWORK_ERROR_CANCELLED)
      || g_error_matches (load_error, WEBKIT_POLICY_ERROR,
                          WEBKIT_POLICY_ERROR_FRAME_LOAD_INTERRUPTED_BY_POLICY_CHANGE))
    return NULL;

  if (load_error->domain == WEBKIT_POLICY_ERROR)
    return g_error_new_literal (ROUNDS_CALL_ERROR, ROUNDS_CALL_ERROR_SERVER, load_error->message);

  return g_error_new_literal (ROUNDS_CALL_ERROR, ROUNDS_CALL_ERROR_UNREACHABLE,
                              load_error->message);
}

static RoundsCallError
find_conference_code (const char *name)
{
  static const struct
  {
    const char *name;
    RoundsCallError code;
  } known[] = {
    { "conference.authenticationRequired", ROUNDS_CALL_ERROR_REFUSED },
    { "conference.connectionError.notAllowed", ROUNDS_CALL_ERROR_REFUSED },
    { "conference.connectionError.accessDenied", ROUNDS_CALL_ERROR_REFUSED },
    { "conference.connectionError.membersOnly", ROUNDS_CALL_ERROR_REFUSED },
    { "conference.roomUnauthenticatedAccessDisabled", ROUNDS_CALL_ERROR_REFUSED },
    { "connection.passwordRequired", ROUNDS_CALL_ERROR_REFUSED },
    { "conference.max_users", ROUNDS_CALL_ERROR_FULL },
  };

  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].name, name))
      return known[i].code;

  return ROUNDS_CALL_ERROR_CONFERENCE;
}

/**
 * rounds_call_failure_from_event:
 * @data: the data of an "error-occurred" event, as the page sent it
 *
 * Returns: (transfer full) (nullable): a %ROUNDS_CALL_ERROR, or %NULL when the page goes on by
 * itself (it asks for a password, it reconnects…)
 */
GError *
rounds_call_failure_from_event (JsonObject *data)
{
  JsonObject *details;
  const char *name;

  g_return_val_if_fail (data != NULL, NULL);

  /* jitsi-meet nests it; the documented form is flat. */
  details = rounds_call_json_get_object (data, "error");
  if (details == NULL)
    details = data;
  if (!rounds_call_json_get_boolean (details, "isFatal"))
    return NULL;

  name = rounds_call_json_get_text (details, "name");
  return g_error_new_literal (ROUNDS_CALL_ERROR, find_conference_code (name),
                              name != NULL ? name : "");
}

typedef enum
{
  DEVICE_DENIED,
  DEVICE_MISSING,
  DEVICE_BROKEN,
} DeviceTrouble;

static char *
describe_trouble (gboolean camera, DeviceTrouble trouble)
{
  switch (trouble)
    {
    case DEVICE_DENIED:
      return g_strdup (camera ? _ ("Your camera is not allowed; the others can’t see you")
                              : _ ("Your microphone is not allowed; the others can’t hear you"));
    case DEVICE_MISSING:
      return g_strdup (camera ? _ ("No camera found; the others can’t see you")
                              : _ ("No microphone found; the others can’t hear you"));
    case DEVICE_BROKEN:
    default:
      return g_strdup (camera ? _ ("Your camera doesn’t work; another app may be using it")
                              : _ ("Your microphone doesn’t work; another app may be using it"));
    }
}

/**
 * rounds_call_failure_describe_device:
 * @camera: %TRUE for "camera-error", %FALSE for "mic-error"
 * @data: the event's data, as the page sent it
 *
 * Returns: (transfer full): one sentence for a banner
 */
char *
rounds_call_failure_describe_device (gboolean camera, JsonObject *data)
{
  const char *type;

  g_return_val_if_fail (data != NULL, NULL);

  type = rounds_call_json_get_text (data, "type");
  return describe_trouble (camera, g_strcmp0 (type, "gum.permission_denied") == 0 ? DEVICE_DENIED
                                   : g_strcmp0 (type, "gum.not_found") == 0       ? DEVICE_MISSING
                                                                                  : DEVICE_BROKEN);
}

/**
 * rounds_call_failure_describe_exception:
 * @camera: whether it is the camera, else the microphone
 * @name: of a DOMException of getUserMedia()
 *
 * Returns: (transfer full): one sentence
 */
char *
rounds_call_failure_describe_exception (gboolean camera, const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  return describe_trouble (camera, g_str_equal (name, "NotAllowedError") ? DEVICE_DENIED
                                   : g_str_equal (name, "NotFoundError") ? DEVICE_MISSING
                                                                         : DEVICE_BROKEN);
}
