/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The page in place of a call: why there is none, that it is over, or that it is in the browser.
 * Its buttons activate the call page's actions; it does nothing itself.
 */

#include "config.h"

#include "rounds-call-notice.h"

#include <glib/gi18n.h>

#include "rounds-call-resources.h"

#define OPEN_IN_BROWSER N_ ("Open in _Browser"), "call.open-in-browser"
#define TRY_AGAIN N_ ("_Try Again"), "call.try-again"
#define CLOSE N_ ("_Close"), "call.close"

struct _RoundsCallNotice
{
  AdwBin parent_instance;

  GtkButton *first;
  GtkButton *second;
  GtkExpander *details;
  GtkLabel *details_label;
};

G_DEFINE_FINAL_TYPE (RoundsCallNotice, rounds_call_notice, ADW_TYPE_BIN)

static void
set_button (GtkButton *button, const char *label, const char *action)
{
  gtk_button_set_label (button, _ (label));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

static void
set_words (RoundsCallNotice *self, const char *icon_name, const char *title,
           const char *description, const char *details)
{
  /* Not bound: gtk_widget_dispose_template() would take it away from under AdwBin. */
  AdwStatusPage *page = ADW_STATUS_PAGE (adw_bin_get_child (ADW_BIN (self)));
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  adw_status_page_set_icon_name (page, icon_name);
  adw_status_page_set_title (page, title);
  adw_status_page_set_description (page, escaped);
  gtk_label_set_label (self->details_label, details != NULL ? details : "");
  gtk_expander_set_expanded (self->details, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->details), details != NULL);

  /* A screen reader's user was elsewhere when this came up. */
  gtk_accessible_announce (GTK_ACCESSIBLE (self), title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
focus_next_step (RoundsCallNotice *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->first));
}

static void
rounds_call_notice_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_CALL_NOTICE);

  G_OBJECT_CLASS (rounds_call_notice_parent_class)->dispose (object);
}

static void
rounds_call_notice_class_init (RoundsCallNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_call_notice_dispose;

  /* The reference keeps the resources linked into programs that use the static library. */
  rounds_call_get_resource ();
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/call/rounds-call-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsCallNotice, first);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallNotice, second);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallNotice, details);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallNotice, details_label);
}

static void
rounds_call_notice_init (RoundsCallNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Says @failure, with the one next step as the first button. */
void
rounds_call_notice_show_failure (RoundsCallNotice *self, const RoundsCallFailure *failure)
{
  g_return_if_fail (ROUNDS_IS_CALL_NOTICE (self));
  g_return_if_fail (failure != NULL);

  set_words (self, failure->icon_name, failure->title, failure->description, failure->details);
  if (failure->can_try_again)
    {
      set_button (self->first, TRY_AGAIN);
      set_button (self->second, OPEN_IN_BROWSER);
    }
  else
    set_button (self->first, OPEN_IN_BROWSER);
  /* The way back is in the header, as on every page. */
  gtk_widget_set_visible (GTK_WIDGET (self->second),
                          failure->can_try_again && failure->can_open_in_browser);
  focus_next_step (self);
}

/* @duration: what rounds_call_elapsed_describe() says */
void
rounds_call_notice_show_left (RoundsCallNotice *self, gboolean by_ourselves, const char *duration)
{
  g_autofree char *description = NULL;

  g_return_if_fail (ROUNDS_IS_CALL_NOTICE (self));
  g_return_if_fail (duration != NULL);

  /* Translators: %s is a time, such as "3 minutes" or "less than a minute" */
  description = g_strdup_printf (_ ("You were in it for %s."), duration);
  set_words (self, "call-stop-symbolic",
             by_ourselves ? _ ("You Left the Call") : _ ("The Call Has Ended"), description, NULL);
  set_button (self->first, CLOSE);
  set_button (self->second, N_ ("_Rejoin"), "call.try-again");
  gtk_widget_set_visible (GTK_WIDGET (self->second), TRUE);
  focus_next_step (self);
}

/* Says what happens now that another program has the call. */
void
rounds_call_notice_show_in_browser (RoundsCallNotice *self, const char *host)
{
  g_autofree char *description = NULL;

  g_return_if_fail (ROUNDS_IS_CALL_NOTICE (self));
  g_return_if_fail (host != NULL);

  /* Translators: %s is the name of the meeting's server */
  description = g_strdup_printf (_ ("Join it there, on %s. Rounds can’t see when that call ends: "
                                    "come back here when you are done."),
                                 host);
  set_words (self, "web-browser-symbolic", _ ("Your Call Is in the Browser"), description, NULL);
  set_button (self->first, N_ ("_Done"), "call.close");
  set_button (self->second, N_ ("Open _Again"), "call.open-in-browser");
  gtk_widget_set_visible (GTK_WIDGET (self->second), TRUE);
  focus_next_step (self);
}
