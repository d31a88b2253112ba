/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The call page: a Jitsi meeting loaded top-level, with native controls and honest failure pages.
 * It knows a link and some words to show; status changes are the app's.
 */

#pragma once

#include <adwaita.h>
#include <libdex.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_CALL_PAGE (rounds_call_page_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallPage, rounds_call_page, ROUNDS, CALL_PAGE, AdwNavigationPage)

/* What the call is about; strings are copied. */
typedef struct
{
  const char *title; /* patient's name or meeting's title: the page's title */
  const char *subtitle; /* reason, or who takes part; or NULL */
  const char *display_name; /* of the person who joins */
  gboolean audio_only; /* meetingType "audio" or "chat": start without video */
  gboolean checks_devices; /* show camera and microphone before joining */
} RoundsCallSubject;

/**
 * rounds_call_page_new:
 * @link_future: (transfer full): resolves to the personal link (ROUNDS_TYPE_SECRET_TEXT); its
 * failure is shown on the page with Try Again (the signal "link-needed" is emitted, answer with
 * rounds_call_page_set_link_future())
 *
 * Signals: "joined" (we are in the conference), "participant-joined" (id, name), "participant-left"
 * (id), "left" (the conference ended or we hung up; gint64 seconds in the call),
 * "measured" (const RoundsCallQuality *: how the connection is), "opened-in-browser", "closed" (the
 * page has nothing more to show: pop it), "link-needed", "detach-toggled" (the person wants it in a
 * window of its own, or back; answer with rounds_call_page_set_detached()).
 *
 * Properties "camera" and "microphone": labels of those that the person chose in the check, now or,
 * set before the page is shown, the last time on this machine; "" is whichever there is. One that
 * is gone is remembered, and another one used.
 */
RoundsCallPage *rounds_call_page_new (const RoundsCallSubject *subject, DexFuture *link_future);
void rounds_call_page_set_link_future (RoundsCallPage *self, DexFuture *link_future);
/* What stands beside the call, whatever its state; F9 takes it away. (transfer floating) */
void rounds_call_page_set_side (RoundsCallPage *self, GtkWidget *side);
/* In the conference, not before or after it. */
gboolean rounds_call_page_is_in_call (RoundsCallPage *self);
guint rounds_call_page_get_n_participants (RoundsCallPage *self); /* others, without oneself */
void rounds_call_page_set_detached (RoundsCallPage *self, gboolean is_detached);
void rounds_call_page_hang_up (RoundsCallPage *self);

G_END_DECLS
