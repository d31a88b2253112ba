/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Which accounts are kept on this computer: names and addresses, in the settings.
 * No secret is among them; those are in the keyring.
 */

#include "config.h"

#include "rounds-known-accounts.h"

#include "rounds-settings.h"

#define ACCOUNTS_TYPE "a(sss)"

void
rounds_known_account_free (RoundsKnownAccount *self)
{
  g_free (self->server);
  g_free (self->email);
  g_free (self->name);
  g_free (self);
}

/**
 * rounds_known_accounts_list:
 *
 * Returns: (transfer full) (element-type RoundsKnownAccount): the accounts, the last used first
 */
GPtrArray *
rounds_known_accounts_list (GSettings *settings)
{
  g_autoptr (GVariant) value = NULL;
  GPtrArray *accounts = NULL;
  GVariantIter iter;
  const char *server, *email, *name;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  accounts = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_known_account_free);
  value = g_settings_get_value (settings, ROUNDS_SETTING_ACCOUNTS);
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &server, &email, &name))
    {
      RoundsKnownAccount *account = g_new0 (RoundsKnownAccount, 1);

      account->server = g_strdup (server);
      account->email = g_strdup (email);
      account->name = g_strdup (name);
      g_ptr_array_add (accounts, account);
    }
  return accounts;
}

/* Nothing is written that stands there already: the disk may be full. */
static void
set_value (GSettings *settings, const char *key, GVariant *value)
{
  g_autoptr (GVariant) wanted = g_variant_ref_sink (value);
  g_autoptr (GVariant) present = g_settings_get_value (settings, key);

  if (!g_variant_equal (present, wanted))
    g_settings_set_value (settings, key, wanted);
}

/* Writes the list without @server's @email, and with @name of it first unless that is NULL. */
static void
write_accounts (GSettings *settings, const char *server, const char *email, const char *name)
{
  g_autoptr (GPtrArray) accounts = rounds_known_accounts_list (settings);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (ACCOUNTS_TYPE));
  if (name != NULL)
    g_variant_builder_add (&builder, "(sss)", server, email, name);
  for (guint i = 0; i < accounts->len; i++)
    {
      const RoundsKnownAccount *account = g_ptr_array_index (accounts, i);

      if (!g_str_equal (account->server, server) || !g_str_equal (account->email, email))
        g_variant_builder_add (&builder, "(sss)", account->server, account->email, account->name);
    }
  set_value (settings, ROUNDS_SETTING_ACCOUNTS, g_variant_builder_end (&builder));
}

/**
 * rounds_known_accounts_note:
 * @server: base URL
 * @email: the account's email address
 * @name: the person's name
 *
 * Remembers that the account is kept here, and that it was used last.
 */
void
rounds_known_accounts_note (GSettings *settings, const char *server, const char *email,
                            const char *name)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (server != NULL && email != NULL && name != NULL);

  write_accounts (settings, server, email, name);
}

/**
 * rounds_known_accounts_forget:
 * @server: base URL
 * @email: the account's email address
 *
 * Nothing of the account is here any more.
 */
void
rounds_known_accounts_forget (GSettings *settings, const char *server, const char *email)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (server != NULL && email != NULL);

  write_accounts (settings, server, email, NULL);
}

/**
 * rounds_known_accounts_choose:
 * @server: base URL
 * @email: the account's email address
 *
 * The next start opens this account.
 */
void
rounds_known_accounts_choose (GSettings *settings, const char *server, const char *email)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (server != NULL && email != NULL);

  set_value (settings, ROUNDS_SETTING_SERVER, g_variant_new_string (server));
  set_value (settings, ROUNDS_SETTING_EMAIL, g_variant_new_string (email));
}
