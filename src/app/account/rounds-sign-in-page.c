/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Where a person signs in: server, email and password or a token, and what was wrong with them.
 * It keeps nothing: the account puts the token into the keyring, the window remembers the address.
 */

#include "config.h"

#include "rounds-sign-in-page-private.h"

#include <glib/gi18n.h>

#include "rounds-appointment-draft.h"
#include "rounds-future.h"
#include "rounds-id.h"
#include "rounds-wipe.h"

G_DEFINE_FINAL_TYPE (RoundsSignInPage, rounds_sign_in_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_SIGNED_IN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* What a sign-in works on. */
typedef struct
{
  RoundsSignInPage *page;
  DexFuture *account;
} Attempt;

static void
free_attempt (gpointer data)
{
  Attempt *attempt = data;

  g_object_unref (attempt->page);
  dex_clear (&attempt->account);
  g_free (attempt);
}

char *
rounds_sign_in_page_dup_text (gpointer row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static const char *
find_missing (RoundsSignInPage *self)
{
  g_autofree char *server = rounds_sign_in_page_dup_text (self->server_row);
  g_autofree char *email = rounds_sign_in_page_dup_text (self->email_row);
  g_autoptr (RoundsSecretText) token = rounds_sign_in_page_dup_text (self->token_row);

  if (*server == '\0')
    return _ ("The server’s address is missing");
  if (self->has_token)
    return *token == '\0' ? _ ("The access token is missing") : NULL;
  if (!rounds_email_looks_valid (email))
    return _ ("Your email address is missing or not complete");
  return *gtk_editable_get_text (GTK_EDITABLE (self->password_row)) == '\0'
             ? _ ("The password is missing")
             : NULL;
}

/* The button waits until all is there; what it is worth, the server says. */
static void
update_button (RoundsSignInPage *self)
{
  const char *missing = find_missing (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in_button), missing == NULL && !self->is_busy);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sign_in_button), missing);
}

static void
set_busy (RoundsSignInPage *self, gboolean is_busy)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->is_busy = is_busy;
  /* A row that becomes insensitive with the focus in it would never hear that it lost it. */
  if (is_busy && root != NULL)
    gtk_root_set_focus (root, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->way_button), !is_busy);
  gtk_stack_set_visible_child_name (self->button_stack, is_busy ? "busy" : "ready");
  update_button (self);
}

static void
set_has_token (RoundsSignInPage *self, gboolean has_token)
{
  self->has_token = has_token;
  gtk_widget_set_visible (GTK_WIDGET (self->email_row), !has_token);
  gtk_widget_set_visible (GTK_WIDGET (self->password_row), !has_token);
  gtk_widget_set_visible (GTK_WIDGET (self->token_row), has_token);
  gtk_button_set_label (self->way_button,
                        has_token ? _ ("Use a _Password") : _ ("Use an Access _Token"));
  rounds_sign_in_page_hide_error (self);
  update_button (self);
}

static DexFuture *
sign_in_fiber (gpointer data)
{
  Attempt *attempt = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsAccount) account
      = dex_await_object (g_steal_pointer (&attempt->account), &error);

  /* The window was closed meanwhile. */
  if (attempt->page->secrets == NULL)
    return account != NULL ? rounds_account_close (account) : dex_future_new_false ();

  set_busy (attempt->page, FALSE);
  if (account == NULL)
    {
      rounds_sign_in_page_show_error (attempt->page, error);
      return dex_future_new_false ();
    }

  /* Security: neither is kept, not even in its row. */
  gtk_editable_set_text (GTK_EDITABLE (attempt->page->password_row), "");
  gtk_editable_set_text (GTK_EDITABLE (attempt->page->token_row), "");
  g_signal_emit (attempt->page, signals[SIGNAL_SIGNED_IN], 0, account);
  return dex_future_new_true ();
}

/* @password: NULL: with the token. */
static DexFuture *
sign_in (RoundsSignInPage *self, const char *password, gboolean is_kept)
{
  g_autofree char *server = rounds_sign_in_page_dup_text (self->server_row);
  g_autofree char *email = rounds_sign_in_page_dup_text (self->email_row);
  g_autoptr (RoundsSecretText) token = rounds_sign_in_page_dup_text (self->token_row);

  if (password == NULL)
    return rounds_account_sign_in_with_token (is_kept ? self->secrets : NULL, self->clock, server,
                                              token);
  return is_kept ? rounds_account_sign_in (self->secrets, self->clock, server, email, password)
                 : rounds_account_sign_in_unkept (self->clock, server, email, password);
}

static void
submit (RoundsSignInPage *self, const char *password, gboolean is_kept)
{
  Attempt *attempt = g_new0 (Attempt, 1);

  rounds_sign_in_page_hide_error (self);
  set_busy (self, TRUE);

  attempt->page = g_object_ref (self);
  attempt->account = sign_in (self, password, is_kept);
  /* The fiber shows its own failures. */
  dex_future_disown (rounds_spawn (sign_in_fiber, attempt, free_attempt));
}

static const char *
get_password (RoundsSignInPage *self)
{
  return self->has_token ? NULL : gtk_editable_get_text (GTK_EDITABLE (self->password_row));
}

static void
on_unkept_cb (RoundsSignInPage *self)
{
  submit (self, get_password (self), FALSE);
}

static void
on_way_cb (RoundsSignInPage *self)
{
  set_has_token (self, !self->has_token);
  gtk_widget_grab_focus (self->has_token ? GTK_WIDGET (self->token_row)
                                         : GTK_WIDGET (self->email_row));
}

static void
on_changed_cb (RoundsSignInPage *self)
{
  rounds_sign_in_page_hide_error (self);
  update_button (self);
}

static void
on_sign_in_cb (RoundsSignInPage *self)
{
  /* Enter in the password row comes here too. */
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->sign_in_button)))
    submit (self, get_password (self), TRUE);
}

static void
rounds_sign_in_page_dispose (GObject *object)
{
  RoundsSignInPage *self = ROUNDS_SIGN_IN_PAGE (object);

  g_clear_object (&self->secrets);
  g_clear_object (&self->clock);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_SIGN_IN_PAGE);

  G_OBJECT_CLASS (rounds_sign_in_page_parent_class)->dispose (object);
}

static void
rounds_sign_in_page_class_init (RoundsSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_sign_in_page_dispose;

  signals[SIGNAL_SIGNED_IN]
      = g_signal_new ("signed-in", ROUNDS_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, ROUNDS_TYPE_ACCOUNT);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/account/rounds-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInPage, email_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInPage, token_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInPage, way_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInPage, button_stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInPage, form);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInPage, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInPage, error_title);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInPage, error_body);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInPage, unkept_box);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInPage, accounts_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInPage, unkept_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_unkept_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_way_cb);
}

static void
rounds_sign_in_page_init (RoundsSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_has_token (self, FALSE);
}

/**
 * rounds_sign_in_page_set_services:
 * @secrets: (transfer none): where the token will be kept
 * @clock: (transfer none): the account's clock
 *
 * To be called once.
 */
void
rounds_sign_in_page_set_services (RoundsSignInPage *self, RoundsSecrets *secrets,
                                  RoundsClock *clock)
{
  g_return_if_fail (ROUNDS_IS_SIGN_IN_PAGE (self));

  g_set_object (&self->secrets, secrets);
  g_set_object (&self->clock, clock);
}

/**
 * rounds_sign_in_page_prefill:
 * @server: (nullable): address
 * @email: (nullable): e-mail address, or what rounds_account_get_email() has instead
 *
 * Fills in what is remembered and puts the focus where the person goes on.
 */
void
rounds_sign_in_page_prefill (RoundsSignInPage *self, const char *server, const char *email)
{
  gboolean is_id;

  g_return_if_fail (ROUNDS_IS_SIGN_IN_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->server_row), server != NULL ? server : "");
  /* Who came with a token has no address, and comes with one again. */
  is_id = email != NULL && rounds_id_is_valid (email);
  gtk_editable_set_text (GTK_EDITABLE (self->email_row), email != NULL && !is_id ? email : "");
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
  gtk_editable_set_text (GTK_EDITABLE (self->token_row), "");
  set_has_token (self, is_id);

  if (server == NULL || *server == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->server_row));
  else if (is_id)
    gtk_widget_grab_focus (GTK_WIDGET (self->token_row));
  else if (email == NULL || *email == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->email_row));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

/**
 * rounds_sign_in_page_offer_accounts:
 * @has_accounts: whether there are any
 */
void
rounds_sign_in_page_offer_accounts (RoundsSignInPage *self, gboolean has_accounts)
{
  g_return_if_fail (ROUNDS_IS_SIGN_IN_PAGE (self));

  gtk_widget_set_visible (GTK_WIDGET (self->accounts_button), has_accounts);
}

/**
 * rounds_sign_in_page_submit:
 * @password: the password; copied only for as long as the attempt lasts
 *
 * Signs in with the server and email address that are filled in.
 */
void
rounds_sign_in_page_submit (RoundsSignInPage *self, const char *password)
{
  g_return_if_fail (ROUNDS_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (self->secrets != NULL);

  submit (self, password, TRUE);
}
