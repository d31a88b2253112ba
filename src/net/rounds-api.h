/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The REST backend as the app calls it: one method per call of api.md, futures out.
 * It keeps no records; it holds the access token only in memory and asks secret for no one.
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libdex.h>

#include "rounds-appointment-draft.h"
#include "rounds-change-page.h"
#include "rounds-hospital.h"
#include "rounds-listing.h"
#include "rounds-meeting-draft.h"
#include "rounds-problems.h"
#include "rounds-server-info.h"
#include "rounds-time-range.h"
#include "rounds-user.h"

G_BEGIN_DECLS

#define ROUNDS_NET_ERROR (rounds_net_error_quark ())
GQuark rounds_net_error_quark (void);

typedef enum
{
  ROUNDS_NET_ERROR_ADDRESS = 1, /* the server's address is not one (or plain http off loopback) */
  ROUNDS_NET_ERROR_UNREACHABLE, /* no network, no DNS, refused, cut, timed out */
  ROUNDS_NET_ERROR_TLS, /* its certificate is not to be trusted */
  ROUNDS_NET_ERROR_BAD_ANSWER, /* not the API: wrong type, truncated, no JSend, too large, redirect
                                */
  ROUNDS_NET_ERROR_UNAUTHORIZED, /* 401 */
  ROUNDS_NET_ERROR_FORBIDDEN, /* 403 */
  ROUNDS_NET_ERROR_NOT_FOUND, /* 404 */
  ROUNDS_NET_ERROR_CONFLICT, /* 409, 412 */
  ROUNDS_NET_ERROR_INVALID, /* 400, 413, 415, 422; see the problems */
  ROUNDS_NET_ERROR_BUSY, /* 429, 503 */
  ROUNDS_NET_ERROR_SERVER, /* other 5xx */
} RoundsNetError;

/* The fields that the server found wrong, or NULL. Borrowed from @error. The message of a
 * ROUNDS_NET_ERROR is the server's own words where it sent some. rounds_net_error_get_code(): JSend
 * `code`, or NULL. */
const RoundsProblems *rounds_net_error_get_problems (const GError *error);
const char *rounds_net_error_get_code (const GError *error);
/* How many seconds the server asked us to wait (Retry-After), or 0. */
guint rounds_net_error_get_retry_after (const GError *error);
/* The HTTP status of a refusal, or 0 when there was no answer that could be read. */
guint rounds_net_error_get_status (const GError *error);

/* Whether the request certainly reached nobody: no connection came about. FALSE where that is not
 * known. */
gboolean rounds_net_error_get_never_left (const GError *error);

#define ROUNDS_TYPE_API (rounds_api_get_type ())
G_DECLARE_FINAL_TYPE (RoundsApi, rounds_api, ROUNDS, API, GObject)

/* @address as typed ("rounds.example.org", "https://…", "http://127.0.0.1:5000"): NULL with
 * ROUNDS_NET_ERROR_ADDRESS when it cannot be one. https is assumed; http only on loopback. */
RoundsApi *rounds_api_new (const char *address, GError **error);
/* The normalised base URL, without a slash at the end: the account's key in the keyring. */
const char *rounds_api_get_base_url (RoundsApi *self);
/* Takes up a session: the tokens of a RoundsSignIn, or those that were kept from an earlier run.
 * @refresh_token NULL: the session ends with its access token. Both NULL: nobody is signed in. */
void rounds_api_set_session (RoundsApi *self, const char *access_token, const char *refresh_token);
/* The same without a refresh token. */
void rounds_api_set_token (RoundsApi *self, const char *access_token);
const char *rounds_api_get_token (RoundsApi *self);
/* Signal "unauthorized": the server refused our token (401) on a call other than sign-in, and the
 * refresh token as well where there is one; once for each session. Signal "token-changed": another
 * session, or none, is in use; not emitted when a token was only refreshed. */

/* A call that is answered 401 gets a new pair of tokens by the refresh token, waits for it together
 * with all others that were, and is made once more. Before the new pair is used for anything, it is
 * handed to @keep, to be written where the next run finds it: both tokens, in this order of the
 * moment. The future that @keep returns (transfer full) resolves when that is done. When it
 * rejects, the new pair is dropped, the calls reject with its error, and the next 401 tries again:
 * until a new pair is used the old one stays good. Main thread. @keep NULL: tokens live in memory
 * only. */
typedef DexFuture *(*RoundsApiKeepFunc) (const char *access_token, const char *refresh_token,
                                         gpointer user_data);
void rounds_api_set_keep_func (RoundsApi *self, RoundsApiKeepFunc keep, gpointer user_data,
                               GDestroyNotify free_user_data);

/* What sign-in gives. One owner. */
typedef struct
{
  char *access_token;
  char *refresh_token; /* or NULL */
  gint64 expires_in; /* seconds, 0 unknown */
  RoundsUser *user;
} RoundsSignIn;
#define ROUNDS_TYPE_SIGN_IN (rounds_sign_in_get_type ())
GType rounds_sign_in_get_type (void) G_GNUC_CONST;
RoundsSignIn *rounds_sign_in_copy (const RoundsSignIn *self);
void rounds_sign_in_free (RoundsSignIn *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSignIn, rounds_sign_in_free)

/* Futures: main thread; they reject with ROUNDS_NET_ERROR, and dropping one cancels its call. Boxed
 * values: get them with g_value_get_boxed() of dex_future_get_value(), or dex_await_boxed(). Lists
 * resolve to a RoundsListing (rounds-listing.h), which also says what could not be read. Signing in
 * asks for a session that can be refreshed where the server has such, and does not take it up: that
 * is rounds_api_set_session(), once the tokens are kept. Signing out clears it, whatever the server
 * says. */
/* What the server can do beyond the guide, as a RoundsServerInfo. Also of a server that does not
 * say: it can nothing then. Rejects when the server cannot be asked. */
DexFuture *rounds_api_get_info (RoundsApi *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *rounds_api_sign_in (RoundsApi *self, const char *email, const char *password);
DexFuture *rounds_api_sign_out (RoundsApi *self);
DexFuture *rounds_api_get_me (RoundsApi *self); /* RoundsUser */
DexFuture *rounds_api_list_users (RoundsApi *self); /* RoundsUser[] */
DexFuture *rounds_api_list_hospitals (RoundsApi *self); /* RoundsHospital[] */
/* When @doctor_id can be booked for @minutes within @span (31 days at most): a GArray of
 * RoundsTimeRange (G_TYPE_ARRAY), a start each quarter of an hour. */
DexFuture *
rounds_api_list_slots (RoundsApi *self, const char *doctor_id, RoundsTimeRange span, int minutes);
/* How a call was for this person at one moment; each number as far as it is known, else −1. */
typedef struct
{
  gint64 at; /* µs UTC */
  int quality; /* percent */
  int rtt; /* ms */
  int loss; /* percent */
} RoundsApiSample;
#define ROUNDS_API_MOST_SAMPLES 200
/* @samples: of RoundsApiSample, at most that many; copied. A moment that was told before counts
 * once. */
DexFuture *rounds_api_report_quality (RoundsApi *self, gboolean is_meeting, const char *id,
                                      GArray *samples) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *
rounds_api_list_appointments (RoundsApi *self, const char *user_id); /* RoundsAppointment[] */
DexFuture *rounds_api_get_appointment (RoundsApi *self, const char *id); /* with its link */
DexFuture *rounds_api_list_meetings (RoundsApi *self, const char *user_id); /* RoundsMeeting[] */
DexFuture *rounds_api_get_meeting (RoundsApi *self, const char *id); /* with its link */

/* Of what starts in @range alone, both as above. Only of a server that can "range". */
DexFuture *rounds_api_list_appointments_between (RoundsApi *self, const char *user_id,
                                                 RoundsTimeRange range) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *rounds_api_list_meetings_between (RoundsApi *self, const char *user_id,
                                             RoundsTimeRange range) G_GNUC_WARN_UNUSED_RESULT;

/* What goes with an edit so that the server makes it once, and only to what the person saw. */
typedef struct
{
  const char *key; /* the Idempotency-Key: the same for each attempt at the same request; or NULL */
  gint64 version; /* If-Match: of the record that it changes; 0 makes no condition */
} RoundsApiGuard;

/* Edits. @guard is copied; NULL makes no condition. Each resolves to the record as it is then; a
 * 412 is ROUNDS_NET_ERROR_CONFLICT, as is a 409. */
DexFuture *rounds_api_create_appointment (RoundsApi *self, const RoundsAppointmentDraft *draft,
                                          const RoundsApiGuard *guard);
DexFuture *rounds_api_change_appointment_status (RoundsApi *self, const char *id,
                                                 RoundsAppointmentStatus status, const char *notes,
                                                 const RoundsApiGuard *guard);
DexFuture *rounds_api_create_meeting (RoundsApi *self, const RoundsMeetingDraft *draft,
                                      const RoundsApiGuard *guard);
DexFuture *
rounds_api_change_meeting_status (RoundsApi *self, const char *id, RoundsMeetingStatus status,
                                  const char *notes, const RoundsApiGuard *guard);
DexFuture *rounds_api_cancel_meeting (RoundsApi *self, const char *id,
                                      const RoundsApiGuard *guard); /* DELETE */
/* PATCH of other fields: @changes (taken) has the members that get another value, an empty text for
 * one that is taken away. */
DexFuture *rounds_api_edit_appointment (RoundsApi *self, const char *id, JsonObject *changes,
                                        const RoundsApiGuard *guard);
DexFuture *rounds_api_edit_meeting (RoundsApi *self, const char *id, JsonObject *changes,
                                    const RoundsApiGuard *guard);

/* What changed for the person since @since, the cursor of an earlier answer; NULL: all there is.
 * @wait: seconds (55 at most) that the server may take until there is something; 0: none. Only of a
 * server that can "changes", and "changes.wait". Resolves to a RoundsChangePage. */
DexFuture *
rounds_api_list_changes (RoundsApi *self, const char *since, guint wait) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
