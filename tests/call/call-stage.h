/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A call page in a window of its own, with what it said counted: one per test.
 * The conference behind it is in call-fixture.h.
 */

#pragma once

#include <webkit/webkit.h>

#include "call-fixture.h"
#include "rounds-call-page.h"

G_BEGIN_DECLS

typedef struct
{
  CallServer *server;
  GtkWidget *window; /* AdwWindow, shown */
  RoundsCallPage *page;
  char *link;
  guint n_joined;
  guint n_left;
  guint n_closed;
  guint n_people_joined;
  guint n_people_left;
  guint n_link_needed;
  guint n_in_browser;
  gint64 seconds; /* of the last "left" */
  char *last_id;
  char *last_name;
} CallStage;

/* NULL where the conference server cannot be had; the test is skipped then. */
CallStage *call_stage_new (const char *room);
CallStage *call_stage_new_audio (const char *room);
/* With the device check before it. */
CallStage *call_stage_new_checked (const char *room);
/* With a link future of one's own (transfer full), and no conference server. */
CallStage *call_stage_new_for_link (DexFuture *link_future);
/* What resolves to @link, as the engine answers. (transfer full) */
DexFuture *call_stage_link (const char *link);
void call_stage_free (CallStage *self);

/* Allows the devices and waits until we are in. */
void call_stage_join (CallStage *self);
void call_stage_wait_count (guint *counter, guint at_least);
/* Waits for the button with @tooltip and looks at its accessible name. */
void call_stage_assert_label (CallStage *self, const char *tooltip, const char *label);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CallStage, call_stage_free)

G_END_DECLS
