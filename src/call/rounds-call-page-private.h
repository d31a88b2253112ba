/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the call page's files share: its fields, its states, what each state shows.
 * Nobody outside this room includes it.
 */

#pragma once

#include "rounds-call-check.h"
#include "rounds-call-elapsed.h"
#include "rounds-call-lobby.h"
#include "rounds-call-notice.h"
#include "rounds-call-page.h"
#include "rounds-call-people.h"
#include "rounds-call-session.h"
#include "rounds-call-signal.h"
#include "rounds-jitsi-link.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_CALL_STATE_LINK, /* the personal link is on its way */
  ROUNDS_CALL_STATE_PROBE, /* what can this engine do? */
  ROUNDS_CALL_STATE_CHECK, /* the person looks at camera and microphone */
  ROUNDS_CALL_STATE_LOADING, /* the server has not answered yet */
  ROUNDS_CALL_STATE_LOBBY, /* its page shows, we are not in the conference */
  ROUNDS_CALL_STATE_IN_CALL,
  ROUNDS_CALL_STATE_LEFT,
  ROUNDS_CALL_STATE_FAILED,
  ROUNDS_CALL_STATE_IN_BROWSER,
  ROUNDS_CALL_N_STATES
} RoundsCallState;

struct _RoundsCallPage
{
  AdwNavigationPage parent_instance;

  AdwToolbarView *toolbar_view;
  AdwOverlaySplitView *split;
  GtkToggleButton *side_button;
  GtkButton *detach_button;
  GtkButton *fullscreen_button;
  AdwWindowTitle *window_title;
  AdwToastOverlay *toasts;
  AdwBanner *banner;
  AdwStatusPage *wait;
  AdwBin *check_bin;
  AdwBin *frame;
  GtkStack *stack;
  RoundsCallBar *bar;
  RoundsCallElapsed *elapsed;
  RoundsCallLobby *lobby;
  RoundsCallNotice *notice;
  RoundsCallPeople *people;
  RoundsCallSignal *quality;

  char *display_name;
  gboolean audio_only;
  gboolean checks_devices;
  char *wanted[ROUNDS_CALL_N_DEVICES]; /* label of the one of the last time; NULL: any */
  gboolean is_checked; /* Join Now was pressed */
  RoundsCallChoice choices[ROUNDS_CALL_N_DEVICES]; /* then */
  RoundsCallPermissions *leave; /* that was given then; or NULL */

  RoundsCallState state;
  DexFuture *link_future;
  guint generation; /* of link_future */
  DexFuture *opening; /* what is under way: a link and a probe, or the browser's launch */
  guint n_openings;
  RoundsJitsiLink *link; /* Security: a credential, in memory for as long as the page */
  RoundsCallCheck *check; /* borrowed from check_bin, while it is there */
  RoundsCallSession *session; /* from loading until left */
  AdwToast *toast; /* the last one; borrowed while it shows */
};

/* rounds-call-page-layout.c */
void rounds_call_page_bind_layout (GtkWidgetClass *widget_class);
void rounds_call_page_toggle_fullscreen (RoundsCallPage *self);
void rounds_call_page_toggle_side (RoundsCallPage *self);

/* rounds-call-page.c */
void rounds_call_page_try_again (RoundsCallPage *self);
void rounds_call_page_toggle_detached (RoundsCallPage *self);
void rounds_call_page_close (RoundsCallPage *self);
void rounds_call_page_drop_session (RoundsCallPage *self);
void rounds_call_page_connect_session (RoundsCallPage *self);
void rounds_call_page_show_failure (RoundsCallPage *self, const GError *error);
void rounds_call_page_take_browser (RoundsCallPage *self);

/* rounds-call-page-entry.c */
void rounds_call_page_install_devices (GObjectClass *object_class);
void rounds_call_page_drop_check (RoundsCallPage *self);
void rounds_call_page_join_now (RoundsCallPage *self);
void rounds_call_page_load_meeting (RoundsCallPage *self);
void rounds_call_page_use_choices (RoundsCallPage *self);

/* rounds-call-page-opening.c */
void rounds_call_page_give_up_opening (RoundsCallPage *self);
void rounds_call_page_open (RoundsCallPage *self);
void rounds_call_page_open_in_browser (RoundsCallPage *self);

/* rounds-call-page-look.c */
void rounds_call_page_bind_template (GtkWidgetClass *widget_class);
void rounds_call_page_set_state (RoundsCallPage *self, RoundsCallState state);
void rounds_call_page_show_switches (RoundsCallPage *self);
void rounds_call_page_show_problem (RoundsCallPage *self, const char *sentence);
void rounds_call_page_tell (RoundsCallPage *self, const char *text);

/* rounds-call-page-actions.c */
void rounds_call_page_enable_live_actions (RoundsCallPage *self, gboolean live);
void rounds_call_page_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
