/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What stands in the window when it cannot open: what happened, and the one way forward.
 * The window decides when to show it and what the button does.
 */

#include "config.h"

#include "rounds-trouble-page.h"

#include <glib/gi18n.h>

#include "rounds-error-words.h"

struct _RoundsTroublePage
{
  AdwBin parent_instance;

  AdwStatusPage *status_page;
  GtkButton *again_button;
  GtkWidget *copy_box;
  GtkLabel *copy_label;
  GtkButton *copy_button;
  GtkExpander *details;
  GtkLabel *details_label;
};

G_DEFINE_FINAL_TYPE (RoundsTroublePage, rounds_trouble_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_TRY_AGAIN,
  SIGNAL_SIGN_IN,
  SIGNAL_SAVE_COPY,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
on_again_cb (RoundsTroublePage *self)
{
  g_signal_emit (self, signals[SIGNAL_TRY_AGAIN], 0);
}

static void
on_sign_in_cb (RoundsTroublePage *self)
{
  g_signal_emit (self, signals[SIGNAL_SIGN_IN], 0);
}

static void
on_copy_cb (RoundsTroublePage *self)
{
  g_signal_emit (self, signals[SIGNAL_SAVE_COPY], 0);
}

static void
rounds_trouble_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_TROUBLE_PAGE);

  G_OBJECT_CLASS (rounds_trouble_page_parent_class)->dispose (object);
}

static void
rounds_trouble_page_class_init (RoundsTroublePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_trouble_page_dispose;

  signals[SIGNAL_TRY_AGAIN] = g_signal_new ("try-again", ROUNDS_TYPE_TROUBLE_PAGE,
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SIGN_IN] = g_signal_new ("sign-in", ROUNDS_TYPE_TROUBLE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAVE_COPY] = g_signal_new ("save-copy", ROUNDS_TYPE_TROUBLE_PAGE,
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/account/rounds-trouble-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsTroublePage, status_page);
  gtk_widget_class_bind_template_child (widget_class, RoundsTroublePage, again_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsTroublePage, copy_box);
  gtk_widget_class_bind_template_child (widget_class, RoundsTroublePage, copy_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsTroublePage, copy_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsTroublePage, details);
  gtk_widget_class_bind_template_child (widget_class, RoundsTroublePage, details_label);
  gtk_widget_class_bind_template_callback (widget_class, on_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_cb);
}

static void
rounds_trouble_page_init (RoundsTroublePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_trouble_page_show:
 * @error: what happened
 * @server: (nullable): base URL of the account's server
 *
 * Says what happened in plain words.
 */
void
rounds_trouble_page_show (RoundsTroublePage *self, const GError *error, const char *server)
{
  g_autoptr (RoundsErrorWords) words = NULL;

  g_return_if_fail (ROUNDS_IS_TROUBLE_PAGE (self));
  g_return_if_fail (error != NULL);

  words = rounds_error_words_new (error, server);
  adw_status_page_set_title (self->status_page, words->title);
  adw_status_page_set_description (self->status_page, words->body);
  gtk_widget_set_visible (GTK_WIDGET (self->again_button), words->way != ROUNDS_WAY_NONE);
  gtk_widget_set_visible (GTK_WIDGET (self->details), words->details != NULL);
  gtk_widget_set_visible (self->copy_box, FALSE);
  gtk_expander_set_expanded (self->details, FALSE);
  gtk_label_set_label (self->details_label, words->details != NULL ? words->details : "");
  gtk_widget_grab_focus (GTK_WIDGET (self->again_button));
}

/**
 * rounds_trouble_page_offer_copy:
 * @n_changes: how many edits and drafts the file that does not open holds; more than none
 *
 * Offers to carry elsewhere what the server has not got. Until the next rounds_trouble_page_show().
 */
void
rounds_trouble_page_offer_copy (RoundsTroublePage *self, guint n_changes)
{
  g_autofree char *words = NULL;

  g_return_if_fail (ROUNDS_IS_TROUBLE_PAGE (self));
  g_return_if_fail (n_changes > 0);

  words = g_strdup_printf (
      ngettext ("%u change that was not sent yet is on this computer. It stays there and is sent "
                "later; you can also save it as a text to read.",
                "%u changes that were not sent yet are on this computer. They stay there and are "
                "sent later; you can also save them as a text to read.",
                n_changes),
      n_changes);
  gtk_label_set_label (self->copy_label, words);
  gtk_widget_set_visible (self->copy_box, TRUE);
}

/**
 * rounds_trouble_page_tell_copy:
 * @words: what became of saving a copy
 */
void
rounds_trouble_page_tell_copy (RoundsTroublePage *self, const char *words)
{
  g_return_if_fail (ROUNDS_IS_TROUBLE_PAGE (self));
  g_return_if_fail (words != NULL);

  gtk_label_set_label (self->copy_label, words);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), words,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}
