/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Settings by name from three layers: the environment, before `.env`, before the INI file.
 * What they mean and whether they make sense is rounds-server-config.c's.
 */

#include "config.h"

#include "rounds-setting-layers.h"

#include "rounds-dotenv.h"

#include <gio/gio.h>
#include <string.h>

struct _RoundsSettingLayers
{
  GHashTable *values; /* char * → char *, the highest layer's */
};

static const RoundsSettingName *
find_ini_name (const RoundsSettingSources *sources, const char *group, const char *key)
{
  for (gsize i = 0; i < sources->n_names; i++)
    {
      if (g_str_equal (sources->names[i].group, group) && g_str_equal (sources->names[i].key, key))
        return &sources->names[i];
    }
  return NULL;
}

/* A key that nobody reads is a typing mistake, and the setting that was meant would silently not
 * count: it is refused. */
static gboolean
take_ini_group (RoundsSettingLayers *self, const RoundsSettingSources *sources, GKeyFile *file,
                const char *group, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, error);
  for (gsize i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      const RoundsSettingName *name = find_ini_name (sources, group, keys[i]);
      if (name == NULL)
        {
          g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG,
                       "%s: there is no setting “%s” in a group “%s”", sources->ini_path, keys[i],
                       group);
          return FALSE;
        }
      char *value = g_key_file_get_string (file, group, keys[i], error);
      if (value == NULL)
        return FALSE;
      g_hash_table_replace (self->values, g_strdup (name->name), value);
    }
  return keys != NULL;
}

static gboolean
take_ini (RoundsSettingLayers *self, const RoundsSettingSources *sources, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) reason = NULL;

  if (!g_key_file_load_from_file (file, sources->ini_path, G_KEY_FILE_NONE, &reason))
    {
      if (!sources->ini_required && g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
      g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG, "%s: %s",
                   sources->ini_path,
                   /* Security: the parser quotes the line that it stumbles over. */
                   reason->domain == G_KEY_FILE_ERROR ? "not a valid INI file" : reason->message);
      return FALSE;
    }
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  for (gsize i = 0; groups[i] != NULL; i++)
    {
      if (!take_ini_group (self, sources, file, groups[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_dotenv (RoundsSettingLayers *self, const RoundsSettingSources *sources, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) reason = NULL;

  if (!g_file_get_contents (sources->dotenv_path, &text, NULL, &reason))
    {
      if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
      g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG, "%s cannot be read: %s",
                   sources->dotenv_path, reason->message);
      return FALSE;
    }
  g_autoptr (GHashTable) values = rounds_dotenv_parse (text, error);
  if (values == NULL)
    {
      g_prefix_error (error, "%s: ", sources->dotenv_path);
      return FALSE;
    }
  for (gsize i = 0; i < sources->n_names; i++)
    {
      const char *name = sources->names[i].name;
      const char *value = g_hash_table_lookup (values, name);
      if (value != NULL)
        g_hash_table_replace (self->values, g_strdup (name), g_strdup (value));
    }
  return TRUE;
}

static void
take_environment (RoundsSettingLayers *self, const RoundsSettingSources *sources)
{
  for (gsize i = 0; i < sources->n_names; i++)
    {
      const char *name = sources->names[i].name;
      const char *value = g_environ_getenv ((char **)sources->environment, name);
      if (value != NULL)
        g_hash_table_replace (self->values, g_strdup (name), g_strdup (value));
    }
}

RoundsSettingLayers *
rounds_setting_layers_load (const RoundsSettingSources *sources, GError **error)
{
  g_return_val_if_fail (sources != NULL, NULL);

  g_autoptr (RoundsSettingLayers) self = g_new0 (RoundsSettingLayers, 1);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (sources->ini_path != NULL && !take_ini (self, sources, error))
    return NULL;
  if (sources->dotenv_path != NULL && !take_dotenv (self, sources, error))
    return NULL;
  if (sources->environment != NULL)
    take_environment (self, sources);
  return g_steal_pointer (&self);
}

void
rounds_setting_layers_free (RoundsSettingLayers *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->values);
  g_free (self);
}

const char *
rounds_setting_layers_get (RoundsSettingLayers *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  return g_hash_table_lookup (self->values, name);
}
