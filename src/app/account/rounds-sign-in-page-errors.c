/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What was wrong with a sign-in, in words, and at the row that it is about.
 * What is missing before one is tried is in rounds-sign-in-page.c.
 */

#include "config.h"

#include "rounds-sign-in-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rounds-api.h"
#include "rounds-error-words.h"

void
rounds_sign_in_page_hide_error (RoundsSignInPage *self)
{
  gtk_revealer_set_reveal_child (self->error_revealer, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->unkept_box), FALSE);
  gtk_widget_remove_css_class (GTK_WIDGET (self->server_row), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->password_row), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->token_row), "error");
}

static void
say (RoundsSignInPage *self, const char *title, const char *body)
{
  g_autofree char *said = g_strdup_printf (C_ ("error", "%s: %s"), title, body);

  gtk_label_set_label (self->error_title, title);
  gtk_label_set_label (self->error_body, body);
  gtk_revealer_set_reveal_child (self->error_revealer, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), said, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/* What was wrong is what the person typed in. Returns whether it was. */
static gboolean
show_refusal (RoundsSignInPage *self, const GError *error)
{
  AdwPasswordEntryRow *row = self->has_token ? self->token_row : self->password_row;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    say (self, _ ("This token does not say whose it is"),
         _ ("Ask for one that names your account and your role."));
  else if (!g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED))
    return FALSE;
  else if (self->has_token)
    say (self, _ ("The server does not take this token"),
         _ ("It may have ended. Ask for another one."));
  else
    say (self, _ ("Wrong email address or password"), _ ("Check both and try again."));
  gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return TRUE;
}

void
rounds_sign_in_page_show_error (RoundsSignInPage *self, const GError *error)
{
  g_autofree char *server = rounds_sign_in_page_dup_text (self->server_row);
  g_autofree char *address
      = strstr (server, "://") != NULL ? g_strdup (server) : g_strconcat ("https://", server, NULL);
  g_autoptr (RoundsErrorWords) words = rounds_error_words_new (error, address);

  if (show_refusal (self, error))
    return;

  say (self, words->title, words->body);
  gtk_widget_set_visible (GTK_WIDGET (self->unkept_box), error->domain == ROUNDS_SECRET_ERROR);
  if (error->domain == ROUNDS_SECRET_ERROR)
    gtk_widget_grab_focus (GTK_WIDGET (self->sign_in_button));
  if (error->domain == ROUNDS_NET_ERROR)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->server_row), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->server_row));
    }
}
