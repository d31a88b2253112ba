/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Why a call cannot be shown here, put into words and next steps for the person.
 * It shows nothing itself; RoundsCallNotice does.
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define ROUNDS_CALL_ERROR (rounds_call_error_quark ())
GQuark rounds_call_error_quark (void);

typedef enum
{
  ROUNDS_CALL_ERROR_NO_WEBRTC = 1, /* this engine has no RTCPeerConnection */
  ROUNDS_CALL_ERROR_ENGINE, /* the engine could not be asked what it can do */
  ROUNDS_CALL_ERROR_LINK, /* the personal link could not be had, or is not one */
  ROUNDS_CALL_ERROR_UNREACHABLE, /* no answer from the meeting's server */
  ROUNDS_CALL_ERROR_CERTIFICATE, /* the server could not prove who it is */
  ROUNDS_CALL_ERROR_SERVER, /* it answered, but not with a meeting */
  ROUNDS_CALL_ERROR_MOVED, /* it sent us to another server */
  ROUNDS_CALL_ERROR_CRASHED, /* the web process ended */
  ROUNDS_CALL_ERROR_REFUSED, /* the conference does not let this person in */
  ROUNDS_CALL_ERROR_FULL, /* the conference takes no more people */
  ROUNDS_CALL_ERROR_CONFERENCE, /* the conference's connection broke */
} RoundsCallError;

/* What a failure page says. One owner; the strings belong to it. */
typedef struct
{
  const char *icon_name; /* static */
  char *title;
  char *description;
  char *details; /* technical, without any link; or NULL */
  gboolean can_try_again;
  gboolean can_open_in_browser;
} RoundsCallFailure;

RoundsCallFailure *rounds_call_failure_new (const GError *error, const char *host);
void rounds_call_failure_free (RoundsCallFailure *self);

GError *rounds_call_failure_from_load (const GError *load_error);
GError *rounds_call_failure_from_event (JsonObject *data);
char *rounds_call_failure_describe_device (gboolean camera, JsonObject *data);
/* @name: of a DOMException of getUserMedia(). */
char *rounds_call_failure_describe_exception (gboolean camera, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsCallFailure, rounds_call_failure_free)

G_END_DECLS
