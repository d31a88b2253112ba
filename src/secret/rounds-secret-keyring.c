/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The session's keyring by libsecret: the only file that calls it.
 * It keeps nothing of its own and never asks for a secret that nobody wanted.
 */

#include "config.h"

#include "rounds-secrets-private.h"

#include <string.h>

#include <libsecret/secret.h>

#include "rounds-future.h"
#include "rounds-wipe.h"

#define ROUNDS_TYPE_SECRET_KEYRING (rounds_secret_keyring_get_type ())
G_DECLARE_FINAL_TYPE (RoundsSecretKeyring, rounds_secret_keyring, ROUNDS, SECRET_KEYRING, GObject)

struct _RoundsSecretKeyring
{
  GObject parent_instance;
};

static void rounds_secret_keyring_iface_init (RoundsSecretsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsSecretKeyring, rounds_secret_keyring, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROUNDS_TYPE_SECRETS,
                                                      rounds_secret_keyring_iface_init))

/* Kept in people's keyrings: neither names nor values may change. */
static const SecretSchema SCHEMA = {
  ROUNDS_APP_ID ".Credential",
  SECRET_SCHEMA_NONE,
  {
      { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

/* @kind: NULL for all kinds of the account. */
static GHashTable *
make_attributes (const char *server, const char *account, const char *kind)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (attributes, (gpointer) "server", g_strdup (server));
  g_hash_table_insert (attributes, (gpointer) "account", g_strdup (account));
  if (kind != NULL)
    g_hash_table_insert (attributes, (gpointer) "kind", g_strdup (kind));
  return attributes;
}

/* What a person sees in the list of the keyring. */
static char *
make_label (const char *server, const char *account)
{
  const char *host = strstr (server, "://");

  return g_strdup_printf ("Rounds – %s@%s", account, host != NULL ? host + 3 : server);
}

/* Errors */

static GError *
new_locked_error (void)
{
  return g_error_new_literal (ROUNDS_SECRET_ERROR, ROUNDS_SECRET_ERROR_LOCKED,
                              "The keyring is locked");
}

/* By the same marks as libsecret, which then asks the Secret portal for the key of a file of its
 * own. */
static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_getenv ("SNAP_NAME") != NULL;
}

/* libsecret's file in a sandbox: a full disk is not a keyring that is missing. */
static gboolean
says_not_written (const GError *error)
{
  static const int codes[] = { G_IO_ERROR_NO_SPACE, G_IO_ERROR_READ_ONLY,
                               G_IO_ERROR_PERMISSION_DENIED, G_IO_ERROR_NOT_DIRECTORY };

  for (gsize i = 0; is_sandboxed () && i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, G_IO_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

static gboolean
says_nobody_answers (const GError *error)
{
  static const int codes[] = {
    G_DBUS_ERROR_SERVICE_UNKNOWN,
    G_DBUS_ERROR_NAME_HAS_NO_OWNER,
    G_DBUS_ERROR_NO_REPLY,
    G_DBUS_ERROR_NO_SERVER,
    G_DBUS_ERROR_DISCONNECTED,
    G_DBUS_ERROR_TIMEOUT,
    G_DBUS_ERROR_TIMED_OUT,
    G_DBUS_ERROR_SPAWN_EXEC_FAILED,
    G_DBUS_ERROR_SPAWN_FORK_FAILED,
    G_DBUS_ERROR_SPAWN_CHILD_EXITED,
    G_DBUS_ERROR_SPAWN_CHILD_SIGNALED,
    G_DBUS_ERROR_SPAWN_FAILED,
    G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND,
    G_DBUS_ERROR_UNKNOWN_INTERFACE,
    G_DBUS_ERROR_UNKNOWN_OBJECT,
    G_DBUS_ERROR_UNKNOWN_METHOD,
  };

  /* From GIO itself come only failures to reach the bus, or to keep it; one of its codes stands for
   * a service's error that nobody registered. In a sandbox, what fails may be the file. */
  if (error->domain == G_IO_ERROR)
    return error->code != G_IO_ERROR_DBUS_ERROR && !says_not_written (error);
  for (gsize i = 0; error->domain == G_DBUS_ERROR && i < G_N_ELEMENTS (codes); i++)
    if (error->code == codes[i])
      return TRUE;
  return FALSE;
}

/* Behind the portal is the person's keyring, and all that libsecret knows is how the question for
 * its password ended: closed by the person, or in any other way without an answer. */
static gboolean
says_not_unlocked (const GError *error)
{
  return is_sandboxed ()
         && (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
             || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FAILED));
}

/* Security: the service's own text is passed on, never the secret. Takes @error; a cancellation
 * stays what it is, except in a sandbox, where it is the person's: whoever drops one of our futures
 * does not hear how it ends. */
static GError *
translate_error (GError *error)
{
  g_autoptr (GError) owned = error;

  if (says_not_unlocked (owned))
    return new_locked_error ();
  if (rounds_error_is_cancelled (owned))
    return g_steal_pointer (&owned);
  if (g_error_matches (owned, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return new_locked_error ();
  g_dbus_error_strip_remote_error (owned);
  return g_error_new (ROUNDS_SECRET_ERROR,
                      says_nobody_answers (owned) ? ROUNDS_SECRET_ERROR_UNAVAILABLE
                                                  : ROUNDS_SECRET_ERROR_REFUSED,
                      "The keyring does not work: %s", owned->message);
}

/* libsecret's calls as futures: each takes the attributes that it works on. */

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  GList *found = secret_password_search_finish (result, &error);

  for (GList *link = found; link != NULL; link = link->next)
    g_ptr_array_add (items, link->data);
  g_list_free (found);
  if (error != NULL)
    dex_promise_reject (promise, translate_error (g_steal_pointer (&error)));
  else
    dex_promise_resolve_boxed (promise, G_TYPE_PTR_ARRAY, g_steal_pointer (&items));
}

/* Resolves to the items that match, the keyring unlocked for them if the person lets us. */
static DexFuture *
search (GHashTable *attributes)
{
  DexPromise *promise = dex_promise_new_cancellable ();

  secret_password_searchv (&SCHEMA, attributes, SECRET_SEARCH_ALL | SECRET_SEARCH_UNLOCK,
                           dex_promise_get_cancellable (promise), searched_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static void
retrieved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  SecretValue *value
      = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);
  const char *text = value != NULL ? secret_value_get_text (value) : NULL;

  if (error != NULL)
    dex_promise_reject (promise, translate_error (g_steal_pointer (&error)));
  else if (text != NULL)
    /* Security: libsecret keeps its own in memory that is never swapped out; ours is wiped. */
    dex_promise_resolve_boxed (promise, ROUNDS_TYPE_SECRET_TEXT, g_strdup (text));
  else
    dex_promise_reject (promise,
                        g_error_new_literal (ROUNDS_SECRET_ERROR, ROUNDS_SECRET_ERROR_REFUSED,
                                             "The keyring's entry holds no text"));
  g_clear_pointer (&value, secret_value_unref);
}

static DexFuture *
retrieve (SecretRetrievable *item)
{
  DexPromise *promise = dex_promise_new_cancellable ();

  secret_retrievable_retrieve_secret (item, dex_promise_get_cancellable (promise), retrieved_cb,
                                      dex_ref (promise));
  return DEX_FUTURE (promise);
}

static void
finish_write (DexPromise *promise, gboolean done, GError *error)
{
  if (error != NULL)
    dex_promise_reject (promise, translate_error (error));
  else if (done)
    dex_promise_resolve_boolean (promise, TRUE);
  else
    /* Without an error: the person closed the question for the password. */
    dex_promise_reject (promise, new_locked_error ());
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  GError *error = NULL;
  gboolean done = secret_password_store_finish (result, &error);

  finish_write (promise, done, error);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  GError *error = NULL;

  /* FALSE without an error: there was nothing to clear. */
  secret_password_clear_finish (result, &error);
  finish_write (promise, TRUE, error);
}

static DexFuture *
clear (GHashTable *attributes)
{
  DexPromise *promise = dex_promise_new ();

  secret_password_clearv (&SCHEMA, attributes, NULL, cleared_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

/* Fibers */

/* Only items of the Secret Service can stay locked; the portal's file opens as a whole. */
static gboolean
is_locked (gpointer item)
{
  return SECRET_IS_ITEM (item) && secret_item_get_locked (item);
}

static gboolean
has_locked (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (is_locked (items->pdata[i]))
      return TRUE;
  return FALSE;
}

/* Not secret_password_lookup(): that answers NULL for a keyring that stays locked, and a cache
 * whose key seems not to exist would be thrown away. */
static DexFuture *
lookup_fiber (gpointer attributes)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  items = dex_await_boxed (search (attributes), &error);
  if (items == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  for (guint i = 0; i < items->len; i++)
    if (!is_locked (items->pdata[i]))
      return retrieve (items->pdata[i]);
  if (items->len > 0)
    return dex_future_new_for_error (new_locked_error ());
  return dex_future_new_take_boxed (ROUNDS_TYPE_SECRET_TEXT, NULL);
}

/* Security: in a sandbox libsecret leaves its file as it was before the last change beside it. */
static gboolean
forget_copy_fiber (GError **error)
{
  g_autoptr (GFile) copy
      = g_file_new_build_filename (g_get_user_data_dir (), "keyrings", "default.keyring~", NULL);
  g_autoptr (GError) problem = NULL;

  if (dex_await (dex_file_delete (copy, G_PRIORITY_DEFAULT), &problem)
      || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, translate_error (g_steal_pointer (&problem)));
  return FALSE;
}

/* libsecret clears only what is unlocked; what stays must not look as if it were gone. */
static DexFuture *
clear_fiber (gpointer attributes)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  items = dex_await_boxed (search (attributes), &error);
  if (items == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (has_locked (items))
    return dex_future_new_for_error (new_locked_error ());
  if (!dex_await (clear (attributes), &error) || (is_sandboxed () && !forget_copy_fiber (&error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

/* Interface */

static DexFuture *
rounds_secret_keyring_lookup (RoundsSecrets *secrets, RoundsSecretKind kind, const char *server,
                              const char *account)
{
  return rounds_spawn (lookup_fiber,
                       make_attributes (server, account, rounds_secret_kind_to_string (kind)),
                       (GDestroyNotify)g_hash_table_unref);
}

static DexFuture *
rounds_secret_keyring_store (RoundsSecrets *secrets, RoundsSecretKind kind, const char *server,
                             const char *account, const char *secret)
{
  g_autoptr (GHashTable) attributes
      = make_attributes (server, account, rounds_secret_kind_to_string (kind));
  g_autofree char *label = make_label (server, account);
  DexPromise *promise = dex_promise_new ();

  secret_password_storev (&SCHEMA, attributes, SECRET_COLLECTION_DEFAULT, label, secret, NULL,
                          stored_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static DexFuture *
rounds_secret_keyring_clear (RoundsSecrets *secrets, const char *server, const char *account)
{
  return rounds_spawn (clear_fiber, make_attributes (server, account, NULL),
                       (GDestroyNotify)g_hash_table_unref);
}

static void
rounds_secret_keyring_iface_init (RoundsSecretsInterface *iface)
{
  iface->lookup = rounds_secret_keyring_lookup;
  iface->store = rounds_secret_keyring_store;
  iface->clear = rounds_secret_keyring_clear;
}

static void
rounds_secret_keyring_class_init (RoundsSecretKeyringClass *klass)
{
}

static void
rounds_secret_keyring_init (RoundsSecretKeyring *self)
{
}

/**
 * rounds_secret_keyring_new:
 *
 * The Secret Service of the session, or in a sandbox the Secret portal. Nothing is asked of it
 * before the first call. Returns: (transfer full)
 */
RoundsSecrets *
rounds_secret_keyring_new (void)
{
  return g_object_new (ROUNDS_TYPE_SECRET_KEYRING, NULL);
}
