/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The call page's way to a meeting: link, then engine, then here or in the browser.
 * What happens in the meeting is in rounds-call-page.c.
 */

#include "config.h"

#include "rounds-call-page-private.h"

#include "rounds-future.h"

#include <glib/gi18n.h>

#include "rounds-call-browser.h"
#include "rounds-engine-probe.h"
#include "rounds-wipe.h"

/* What the opening fiber holds: the page only weakly, so that a page that is popped while it waits
 * goes away. */
typedef struct
{
  GWeakRef page;
  guint number;
  DexFuture *link;
} Opening;

static void
free_opening (gpointer data)
{
  Opening *opening = data;

  g_weak_ref_clear (&opening->page);
  dex_clear (&opening->link);
  g_free (opening);
}

/* The page, if it is still there and has not begun anew. */
static RoundsCallPage *
ref_page (Opening *opening)
{
  g_autoptr (RoundsCallPage) self = g_weak_ref_get (&opening->page);

  return self != NULL && self->n_openings == opening->number ? g_steal_pointer (&self) : NULL;
}

static gboolean
take_link (Opening *opening, const char *text, GError **error)
{
  g_autoptr (RoundsCallPage) self = ref_page (opening);
  RoundsJitsiLink *link;

  if (self == NULL)
    return TRUE;

  link = rounds_jitsi_link_parse (text, error);
  if (link == NULL)
    return FALSE;

  g_clear_pointer (&self->link, rounds_jitsi_link_free);
  self->link = link;
  rounds_call_page_set_state (self, ROUNDS_CALL_STATE_PROBE);

  return TRUE;
}

static DexFuture *
open_fiber (gpointer user_data)
{
  Opening *opening = user_data;
  g_autoptr (RoundsSecretText) text = NULL;
  g_autoptr (GError) error = NULL;
  gboolean capable;

  text = dex_await_boxed (dex_ref (opening->link), &error);
  if (error != NULL || !take_link (opening, text, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  capable = dex_await_boolean (rounds_engine_probe (), &error);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!capable)
    return dex_future_new_reject (ROUNDS_CALL_ERROR, ROUNDS_CALL_ERROR_NO_WEBRTC, "%s",
                                  "The engine has no RTCPeerConnection");

  return dex_future_new_for_boolean (TRUE);
}

static DexFuture *
opening_finished_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (RoundsCallPage) self = g_weak_ref_get (user_data);
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return dex_future_new_for_boolean (FALSE);

  if (dex_await_boolean (dex_ref (future), &error))
    rounds_call_page_load_meeting (self);
  else if (!rounds_error_is_cancelled (error))
    rounds_call_page_show_failure (self, error);

  return dex_future_new_for_boolean (TRUE);
}

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* What is under way does nothing to the page any more. */
void
rounds_call_page_give_up_opening (RoundsCallPage *self)
{
  self->n_openings++;
  dex_clear (&self->opening);
}

void
rounds_call_page_open (RoundsCallPage *self)
{
  Opening *opening = g_new0 (Opening, 1);
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  rounds_call_page_give_up_opening (self);
  g_weak_ref_init (&opening->page, self);
  opening->number = self->n_openings;
  opening->link = dex_ref (self->link_future);
  g_weak_ref_init (weak, self);

  rounds_call_page_drop_session (self);
  rounds_call_page_set_state (self, ROUNDS_CALL_STATE_LINK);
  self->opening = dex_future_finally (rounds_spawn (open_fiber, opening, free_opening),
                                      opening_finished_cb, weak, free_weak_ref);
}

static DexFuture *
browser_finished_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (RoundsCallPage) self = g_weak_ref_get (user_data);
  g_autoptr (GError) error = NULL;

  if (self == NULL || self->link == NULL)
    return dex_future_new_for_boolean (FALSE);

  if (!dex_await_boolean (dex_ref (future), &error))
    {
      /* Closing the portal's chooser is an answer, not a failure. */
      if (!rounds_error_is_cancelled (error)
          && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        rounds_call_page_tell (self, _ ("No browser could be opened"));
      return dex_future_new_for_boolean (FALSE);
    }

  rounds_call_page_take_browser (self);

  return dex_future_new_for_boolean (TRUE);
}

void
rounds_call_page_open_in_browser (RoundsCallPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GWeakRef *weak;

  if (self->link == NULL)
    return;

  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  rounds_call_page_give_up_opening (self);
  self->opening = dex_future_finally (
      rounds_call_browser_open (self->link, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL),
      browser_finished_cb, weak, free_weak_ref);
}
