/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The URI that the call page loads: a link plus all that the page is told in the fragment.
 * It knows nothing of web views; links are taken apart in rounds-jitsi-link.c.
 */

#include "config.h"

#include "rounds-jitsi-link.h"

#include "rounds-jitsi-private.h"
#include "rounds-json.h"

#include <string.h>

#define MAX_SUBJECT_BYTES 400
#define MAX_LANGUAGE 35

/* Appends "&key=value" ("key=value" as the first one). @json is percent-encoded here. */
static void
append_parameter (GString *fragment, const char *key, const char *json)
{
  if (fragment->len > 0)
    g_string_append_c (fragment, '&');
  g_string_append_printf (fragment, "%s=", key);
  g_string_append_uri_escaped (fragment, json, NULL, FALSE);
}

/* Jitsi's page turns curly quotes into straight ones and drops a backslash before "&" after
 * percent-decoding and before JSON.parse(): a title with either would break its own parameter.
 * As \u escapes they come through. */
static void
append_string (GString *fragment, const char *key, const char *text)
{
  static const struct
  {
    const char *character;
    const char *escape;
  } escapes[] = {
    { "\u2018", "\\u2018" }, { "\u2019", "\\u2019" }, { "\u201c", "\\u201c" },
    { "\u201d", "\\u201d" }, { "&", "\\u0026" },
  };
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autofree char *json = NULL;
  g_autoptr (GString) escaped = NULL;

  json_node_init_string (node, text);
  json = rounds_json_to_text (node);
  escaped = g_string_new (json);
  for (gsize i = 0; i < G_N_ELEMENTS (escapes); i++)
    g_string_replace (escaped, escapes[i].character, escapes[i].escape, 0);
  append_parameter (fragment, key, escaped->str);
}

static void
append_text (GString *fragment, const char *key, const char *text, gsize max_bytes)
{
  g_autofree char *clean = rounds_jitsi_clean_text (text, max_bytes);

  if (clean != NULL)
    append_string (fragment, key, clean);
}

static gboolean
is_language_tag (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]) && text[i] != '-')
        return FALSE;
    }
  return length >= 2 && length <= MAX_LANGUAGE;
}

static GString *
build_fragment (const RoundsJitsiLink *self, const RoundsJitsiPageOptions *options)
{
  GString *fragment = g_string_new (NULL);

  /* Security: the fragment never reaches the web server, so the token stays out of its logs. */
  if (self->token != NULL)
    append_string (fragment, "jwt", self->token);
  append_parameter (fragment, "jitsi_meet_external_api_id", "0");
  append_parameter (fragment, "config.disableDeepLinking", "true");
  append_parameter (fragment, "config.prejoinConfig.enabled", "false");
  append_parameter (fragment, "config.doNotStoreRoom", "true");
  append_parameter (fragment, "config.disableThirdPartyRequests", "true");
  append_text (fragment, "config.subject", options->subject, MAX_SUBJECT_BYTES);
  if (options->start_muted)
    append_parameter (fragment, "config.startWithAudioMuted", "true");
  if (options->start_without_video)
    append_parameter (fragment, "config.startWithVideoMuted", "true");
  append_text (fragment, "userInfo.displayName", options->display_name,
               ROUNDS_JITSI_MAX_NAME_BYTES);
  return fragment;
}

/* jitsi-meet has its texts by language, and a few by country: "main-zh-TW.json", "main-fr-CA.json".
 * One that is as old as to write "zhTW" does not know the tag, and asks the engine instead. */
static const struct
{
  const char *locale; /* its beginning; the first that fits counts */
  const char *tag;
} page_languages[] = {
  { "zh_TW", "zh-TW" }, { "zh_HK", "zh-TW" }, { "zh_MO", "zh-TW" },
  { "zh", "zh-CN" },    { "pt_BR", "pt-BR" }, { "fr_CA", "fr-CA" },
};

char *
rounds_jitsi_page_language (const char *locale)
{
  gsize length;

  g_return_val_if_fail (locale != NULL, NULL);

  length = strcspn (locale, "_.@");
  if (length == 0 || (length == 1 && *locale == 'C') || g_str_has_prefix (locale, "POSIX"))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (page_languages); i++)
    {
      gsize end = strlen (page_languages[i].locale);

      /* "zh" is no beginning of "zha". */
      if (g_str_has_prefix (locale, page_languages[i].locale) && !g_ascii_isalnum (locale[end]))
        return g_strdup (page_languages[i].tag);
    }
  return g_strndup (locale, length);
}

char *
rounds_jitsi_link_to_page_uri (const RoundsJitsiLink *self, const RoundsJitsiPageOptions *options)
{
  g_autoptr (GString) fragment = NULL;
  g_autofree char *query = NULL;

  g_return_val_if_fail (self != NULL && options != NULL, NULL);

  fragment = build_fragment (self, options);
  if (is_language_tag (options->language))
    query = g_strconcat ("?lang=", options->language, NULL);
  return g_strconcat (self->origin, self->path, query != NULL ? query : "", "#", fragment->str,
                      NULL);
}
