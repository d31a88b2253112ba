/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A window that holds the page of a call and nothing else.
 * When the page goes there and back is the account's window's.
 */

#include "config.h"

#include "rounds-call-window.h"

/* Logical pixels: a picture beside other work. */
#define WIDTH 720
#define HEIGHT 540

struct _RoundsCallWindow
{
  AdwWindow parent_instance;

  AdwNavigationView *navigation; /* borrowed: the content */
};

G_DEFINE_FINAL_TYPE (RoundsCallWindow, rounds_call_window, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_GIVEN_BACK,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* Closing a window is no hanging up: the call goes on where it came from. */
static gboolean
rounds_call_window_close_request (GtkWindow *window)
{
  g_signal_emit (window, signals[SIGNAL_GIVEN_BACK], 0);
  return GDK_EVENT_STOP;
}

static void
rounds_call_window_class_init (RoundsCallWindowClass *klass)
{
  GTK_WINDOW_CLASS (klass)->close_request = rounds_call_window_close_request;

  signals[SIGNAL_GIVEN_BACK]
      = g_signal_new ("given-back", ROUNDS_TYPE_CALL_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 0);
}

static void
rounds_call_window_init (RoundsCallWindow *self)
{
  self->navigation = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->navigation));
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 294);
}

/**
 * rounds_call_window_new:
 * @application: (transfer none): whose shortcuts hold here, too
 * @page: (transfer none): of a call, in no other window now
 *
 * Returns: (transfer none): a window of that title, not yet presented; GTK owns it.
 */
RoundsCallWindow *
rounds_call_window_new (GtkApplication *application, AdwNavigationPage *page)
{
  RoundsCallWindow *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (ADW_IS_NAVIGATION_PAGE (page), NULL);

  self = g_object_new (ROUNDS_TYPE_CALL_WINDOW, "application", application, "title",
                       adw_navigation_page_get_title (page), NULL);
  adw_navigation_view_push (self->navigation, page);
  return self;
}

/**
 * rounds_call_window_release:
 *
 * The page is in no window afterwards; whoever wants to keep it holds a reference.
 */
void
rounds_call_window_release (RoundsCallWindow *self)
{
  g_return_if_fail (ROUNDS_IS_CALL_WINDOW (self));

  adw_navigation_view_replace (self->navigation, NULL, 0);
}
