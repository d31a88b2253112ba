/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Settings by name from three layers: the environment, before `.env`, before the INI file.
 * What they mean and whether they make sense is rounds-server-config.h's.
 */

#pragma once

#include <glib.h>

#include "rounds-server-error.h"

G_BEGIN_DECLS

/* One owner. Security: holds the Jitsi secret; it is never printed. */
typedef struct _RoundsSettingLayers RoundsSettingLayers;

typedef struct
{
  const char *name; /* of the environment and of .env: "JITSI_APP_ID" */
  const char *group; /* in the INI file: "jitsi" */
  const char *key; /* "app-id" */
} RoundsSettingName;

typedef struct
{
  const RoundsSettingName *names; /* static */
  gsize n_names;
  const char *const *environment; /* "NAME=value", NULL-terminated */
  const char *dotenv_path; /* read when it is there; NULL for none */
  const char *ini_path; /* or NULL */
  gboolean ini_required; /* somebody named it: it has to be there */
} RoundsSettingSources;

/* ROUNDS_SERVER_ERROR_CONFIG for a file that cannot be read; the message names file and line, never
 * a value. */
RoundsSettingLayers *
rounds_setting_layers_load (const RoundsSettingSources *sources, GError **error);
void rounds_setting_layers_free (RoundsSettingLayers *self);

/* The value of @name, or NULL where no layer has it. An empty value is a value. */
const char *rounds_setting_layers_get (RoundsSettingLayers *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSettingLayers, rounds_setting_layers_free)

G_END_DECLS
