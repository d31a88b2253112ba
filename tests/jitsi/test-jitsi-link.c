/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of room names and links: made, taken apart, turned into the page's URI.
 * The page's own reading of the fragment is done again here, with its odd replacements.
 */

#include "config.h"

#include "rounds-init.h"
#include "rounds-jitsi-link.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define ID "65a4f0c2b7e8d9f001234567"
#define ROOM "appointment-" ID "-a1b2c3d4e5f60718"
#define TOKEN "eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoiciJ9.c2ln-_"

static void
test_room_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *meeting = rounds_jitsi_room_name_new ("meeting", ID);

  g_assert_true (g_regex_match_simple ("^meeting-" ID "-[0-9a-f]{16}$", meeting, 0, 0));
  for (int i = 0; i < 1000; i++)
    {
      char *room = rounds_jitsi_room_name_new ("appointment", ID);

      g_assert_true (rounds_jitsi_room_name_is_valid (room));
      g_assert_true (g_hash_table_add (seen, room));
    }
}

static void
test_room_validity (void)
{
  g_autofree char *longest = g_strnfill (200, 'a');
  g_autofree char *too_long = g_strnfill (201, 'a');
  static const char *const bad[]
      = { "", "A", "*", "a b", "a/b", "a.b", "a_b", "a%20b", "ä", "a\n", "a?b", "a#b" };

  g_assert_true (rounds_jitsi_room_name_is_valid ("a"));
  g_assert_true (rounds_jitsi_room_name_is_valid (ROOM));
  g_assert_true (rounds_jitsi_room_name_is_valid (longest));
  g_assert_false (rounds_jitsi_room_name_is_valid (too_long));
  g_assert_false (rounds_jitsi_room_name_is_valid (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (rounds_jitsi_room_name_is_valid (bad[i]));
}

static void
test_build (void)
{
  static const struct
  {
    const char *domain, *tenant, *kid, *token;
    const char *expected;
  } cases[] = {
    { "meet.example.org", NULL, NULL, TOKEN, "https://meet.example.org/" ROOM "?jwt=" TOKEN },
    { "meet.example.org:443", NULL, NULL, TOKEN, "https://meet.example.org/" ROOM "?jwt=" TOKEN },
    { "MEET.example.org:8443", "Clinic", NULL, NULL, "https://meet.example.org:8443/clinic/" ROOM },
    { "8x8.vc", NULL, "app/1", TOKEN, "https://8x8.vc/app/" ROOM "?jwt=" TOKEN },
    /* A server that takes no tokens gets none. */
    { "meet.jit.si", NULL, NULL, TOKEN, "https://meet.jit.si/" ROOM },
    { "localhost:8000", NULL, NULL, NULL, "http://localhost:8000/" ROOM },
    { "127.0.0.1:8000", NULL, NULL, NULL, "http://127.0.0.1:8000/" ROOM },
    { "127.8.9.10", NULL, NULL, NULL, "http://127.8.9.10/" ROOM },
    { "[::1]:8000", NULL, NULL, NULL, "http://[::1]:8000/" ROOM },
    { "128.0.0.1", NULL, NULL, NULL, "https://128.0.0.1/" ROOM },
    { "127.0.0.1.example.org", NULL, NULL, NULL, "https://127.0.0.1.example.org/" ROOM },
    { "localhost.example.org", NULL, NULL, NULL, "https://localhost.example.org/" ROOM },
    { "127.1", NULL, NULL, NULL, "https://127.1/" ROOM },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsJitsiConfig) config = rounds_jitsi_config_new ();
      g_autofree char *link = NULL;

      config->app_id = g_strdup ("app");
      config->domain = g_strdup (cases[i].domain);
      config->tenant = g_strdup (cases[i].tenant);
      config->kid = g_strdup (cases[i].kid);
      link = rounds_jitsi_link_build (config, ROOM, cases[i].token);
      g_assert_cmpstr (link, ==, cases[i].expected);
    }
}

/* Whatever goes before the room in a link, Prosody puts into brackets. */
static void
test_prosody_room (void)
{
  g_autoptr (RoundsJitsiConfig) config = rounds_jitsi_config_new ();
  g_autofree char *alone = rounds_jitsi_link_dup_prosody_room (config, "meeting-1-2");

  g_assert_cmpstr (alone, ==, "meeting-1-2");
  config->tenant = g_strdup ("Clinic");
  g_autofree char *below = rounds_jitsi_link_dup_prosody_room (config, "meeting-1-2");
  g_assert_cmpstr (below, ==, "[clinic]meeting-1-2");
}

static void
test_parse (void)
{
  static const struct
  {
    const char *link;
    const char *origin, *path, *room, *token;
  } cases[] = {
    { "https://meet.example.org/" ROOM "?jwt=" TOKEN, "https://meet.example.org", "/" ROOM, ROOM,
      TOKEN },
    { "https://meet.jit.si/" ROOM, "https://meet.jit.si", "/" ROOM, ROOM, NULL },
    { "https://meet.jit.si/" ROOM "?jwt=", "https://meet.jit.si", "/" ROOM, ROOM, NULL },
    { "HTTPS://MEET.Example.org:443/a/b/", "https://meet.example.org", "/a/b", "b", NULL },
    { "https://meet.example.org:8443/t/r?x=1&jwt=" TOKEN "&y", "https://meet.example.org:8443",
      "/t/r", "r", TOKEN },
    { "https://meet.example.org/r#jwt=%22" TOKEN "%22&config.x=true", "https://meet.example.org",
      "/r", "r", TOKEN },
    { "https://meet.example.org/r#jwt=\"" TOKEN "\"", "https://meet.example.org", "/r", "r",
      TOKEN },
    /* The fragment comes first, as it does for the page. */
    { "https://meet.example.org/r?jwt=a.b.c#jwt=" TOKEN, "https://meet.example.org", "/r", "r",
      TOKEN },
    { "https://meet.example.org/Room%20One", "https://meet.example.org", "/Room%20One", "Room One",
      NULL },
    /* As a browser would go there. */
    { "https://meet.example.org/a/../r", "https://meet.example.org", "/r", "r", NULL },
    { "http://127.0.0.1:8000/r", "http://127.0.0.1:8000", "/r", "r", NULL },
    { "http://localhost:80/r", "http://localhost", "/r", "r", NULL },
    { "http://[::1]:8000/r", "http://[::1]:8000", "/r", "r", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsJitsiLink) link = rounds_jitsi_link_parse (cases[i].link, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (link->origin, ==, cases[i].origin);
      g_assert_cmpstr (link->path, ==, cases[i].path);
      g_assert_cmpstr (link->room, ==, cases[i].room);
      g_assert_cmpstr (link->token, ==, cases[i].token);
    }
}

static void
test_parse_refuses (void)
{
  g_autofree char *filler = g_strnfill (20000, 'a');
  g_autofree char *huge = g_strconcat ("https://meet.example.org/", filler, NULL);
  const char *const links[] = {
    "",
    "meet.example.org/r",
    "/r",
    "https:///r",
    "https://meet.example.org",
    "https://meet.example.org/",
    "https://meet.example.org//",
    "https://meet.example.org/a//b",
    "https://meet.example.org/a%2Fb",
    "https://meet.example.org/%ff",
    "https://meet.example.org/%zz",
    "https://meet.example.org/a<b",
    "https://meet.example.org@evil.example/r",
    "https://user:secret@meet.example.org/r",
    "https://meet.example.org\\@evil.example/r",
    "https://meet.example.org/r ",
    " https://meet.example.org/r",
    "https://meet.exa\nmple.org/r",
    "https://meet.müller.example/r",
    "https://meet.example.org:0/r",
    "https://meet.example.org:99999/r",
    "https://meet.example.org:x/r",
    "https://meet..example.org/r",
    "http://meet.example.org/r",
    "http://127.1/r",
    "http://localhost.example.org/r",
    "http://128.0.0.1/r",
    "http://[::2]/r",
    "ftp://meet.example.org/r",
    "javascript:alert(1)//r",
    "file:///etc/passwd",
    "data:text/html,x",
    "https://meet.example.org/r?jwt=a%22b",
    "https://meet.example.org/r?jwt=%ff",
    "https://meet.example.org/r#jwt=a%0Ab",
    huge,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsJitsiLink) link = rounds_jitsi_link_parse (links[i], &error);

      if (link != NULL)
        g_error ("“%s” was taken", links[i]);
      g_assert_error (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_LINK);
    }
}

/* A parse error must not carry the token into a log. */
static void
test_errors_carry_no_token (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rounds_jitsi_link_parse ("https://meet.example.org:x/r?jwt=" TOKEN, &error));
  g_assert_null (strstr (error->message, "eyJ"));
}

/* What jitsi-meet's page makes of the fragment: key → JSON value. Its replacements of quotes and of
 * a backslash before "&" come between decoding and parsing. */
static GHashTable *
read_fragment (const char *uri)
{
  GHashTable *values
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_node_unref);
  const char *fragment = strchr (uri, '#');
  g_auto (GStrv) pairs = g_strsplit (fragment + 1, "&", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], "=", -1);
      g_autofree char *decoded = g_uri_unescape_string (pair[1], NULL);
      g_autoptr (GString) text = g_string_new (decoded);
      JsonNode *value = NULL;

      g_assert_cmpuint (g_strv_length (pair), ==, 2);
      g_assert_nonnull (decoded);
      g_string_replace (text, "\\&", "&", 1);
      g_string_replace (text, "‘", "'", 0);
      g_string_replace (text, "’", "'", 0);
      g_string_replace (text, "“", "\"", 0);
      g_string_replace (text, "”", "\"", 0);
      value = json_from_string (text->str, NULL);
      if (value == NULL)
        g_error ("the page cannot read %s", text->str);
      g_assert_true (g_hash_table_insert (values, g_strdup (pair[0]), value));
    }
  return values;
}

static void
assert_value (GHashTable *values, const char *key, const char *expected)
{
  JsonNode *node = g_hash_table_lookup (values, key);
  g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_page_uri (void)
{
  g_autoptr (RoundsJitsiLink) link
      = rounds_jitsi_link_parse ("https://meet.example.org/t/" ROOM "?jwt=" TOKEN, NULL);
  const RoundsJitsiPageOptions options = {
    .display_name = "Zoë & Co",
    .subject = "Weekly review",
    .language = "pt-BR",
    .start_muted = TRUE,
    .start_without_video = TRUE,
  };
  g_autofree char *uri = rounds_jitsi_link_to_page_uri (link, &options);
  g_autoptr (GHashTable) values = read_fragment (uri);
  g_autofree char *start = g_strndup (uri, strlen ("https://meet.example.org/t/" ROOM "?lang=pt-BR"
                                                   "#jwt=%22" TOKEN "%22&"));

  /* The token only behind the #, and first. */
  g_assert_cmpstr (start, ==,
                   "https://meet.example.org/t/" ROOM "?lang=pt-BR#jwt=%22" TOKEN "%22&");
  assert_value (values, "jwt", "\"" TOKEN "\"");
  assert_value (values, "jitsi_meet_external_api_id", "0");
  assert_value (values, "config.disableDeepLinking", "true");
  assert_value (values, "config.prejoinConfig.enabled", "false");
  assert_value (values, "config.doNotStoreRoom", "true");
  assert_value (values, "config.disableThirdPartyRequests", "true");
  assert_value (values, "config.subject", "\"Weekly review\"");
  assert_value (values, "config.startWithAudioMuted", "true");
  assert_value (values, "config.startWithVideoMuted", "true");
  assert_value (values, "userInfo.displayName", "\"Zoë & Co\"");
  g_assert_cmpuint (g_hash_table_size (values), ==, 10);
}

static void
test_page_language (void)
{
  static const struct
  {
    const char *locale;
    const char *language;
  } cases[] = {
    { "de_DE.UTF-8", "de" },    { "ar", "ar" },       { "sr_RS@latin", "sr" },
    { "zh_CN.UTF-8", "zh-CN" }, { "zh_SG", "zh-CN" }, { "zh", "zh-CN" },
    { "zh_TW.UTF-8", "zh-TW" }, { "zh_HK", "zh-TW" }, { "zha_CN", "zha" },
    { "pt_BR.UTF-8", "pt-BR" }, { "pt_PT", "pt" },    { "fr_CA", "fr-CA" },
    { "fr_FR", "fr" },          { "C", NULL },        { "C.UTF-8", NULL },
    { "POSIX", NULL },          { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *language = rounds_jitsi_page_language (cases[i].locale);

      g_assert_cmpstr (language, ==, cases[i].language);
    }
}

static void
test_page_uri_plain (void)
{
  static const char *const languages[] = { NULL, "", "d", "de_DE.UTF-8", "de&x=1", "de#" };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (RoundsJitsiLink) link
          = rounds_jitsi_link_parse ("http://127.0.0.1:8000/" ROOM, NULL);
      const RoundsJitsiPageOptions options = { .language = languages[i], .subject = " " };
      g_autofree char *uri = rounds_jitsi_link_to_page_uri (link, &options);

      g_assert_cmpstr (uri, ==,
                       "http://127.0.0.1:8000/" ROOM "#jitsi_meet_external_api_id=0"
                       "&config.disableDeepLinking=true&config.prejoinConfig.enabled=false"
                       "&config.doNotStoreRoom=true&config.disableThirdPartyRequests=true");
    }
}

static void
test_page_uri_texts (void)
{
  static const char *const texts[] = {
    "plain",
    "“Weekly” review",
    "Ana’s ‘visit’",
    "a\\&b \\& c",
    "a=b&c#d?e",
    "\"quoted\"",
    "back\\slash",
    "100 % sure",
    "漢字 👩‍⚕️ ümlaut",
    "&&\\\\&&",
    "</script><b>",
    "نص عربي",
    "\\u201c",
    "a+b",
    "undefined",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (RoundsJitsiLink) link = rounds_jitsi_link_parse ("https://m.example.org/r", NULL);
      const RoundsJitsiPageOptions options = { .subject = texts[i], .display_name = texts[i] };
      g_autofree char *uri = rounds_jitsi_link_to_page_uri (link, &options);
      g_autoptr (GHashTable) values = read_fragment (uri);
      JsonNode *subject = g_hash_table_lookup (values, "config.subject");
      JsonNode *name = g_hash_table_lookup (values, "userInfo.displayName");

      g_assert_true (g_str_is_ascii (uri));
      g_assert_cmpstr (json_node_get_string (subject), ==, texts[i]);
      g_assert_cmpstr (json_node_get_string (name), ==, texts[i]);
    }
}

int
main (int argc, char **argv)
{
  rounds_init ("test-jitsi-link");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/Rounds/Jitsi/Link/room-names", test_room_names);
  g_test_add_func ("/Rounds/Jitsi/Link/room-validity", test_room_validity);
  g_test_add_func ("/Rounds/Jitsi/Link/build", test_build);
  g_test_add_func ("/Rounds/Jitsi/Link/prosody-room", test_prosody_room);
  g_test_add_func ("/Rounds/Jitsi/Link/parse", test_parse);
  g_test_add_func ("/Rounds/Jitsi/Link/parse-refuses", test_parse_refuses);
  g_test_add_func ("/Rounds/Jitsi/Link/errors-carry-no-token", test_errors_carry_no_token);
  g_test_add_func ("/Rounds/Jitsi/Link/page-uri", test_page_uri);
  g_test_add_func ("/Rounds/Jitsi/Link/page-language", test_page_language);
  g_test_add_func ("/Rounds/Jitsi/Link/page-uri-plain", test_page_uri_plain);
  g_test_add_func ("/Rounds/Jitsi/Link/page-uri-texts", test_page_uri_texts);
  return g_test_run ();
}
