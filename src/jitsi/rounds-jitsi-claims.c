/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The claims of a token: put together for one person and one room, and read again.
 * It signs and checks nothing; rounds-jitsi-token.c does, with libjwt.
 */

#include "config.h"

#include "rounds-jitsi-private.h"

#include "rounds-json-writer.h"
#include "rounds-json.h"

#include <string.h>

/* Seconds that nbf lies back: Prosody allows no leeway, and clocks differ. */
#define NBF_BACK 10
#define MAX_EMAIL_BYTES 254
#define MAX_READ_TOKEN (16 * 1024)
#define LAST_SECOND G_GINT64_CONSTANT (253402300799) /* end of the year 9999 */

/* What a person may do in a JaaS call. Once the claim is there, the server denies all that it does
 * not list, so each one is listed. */
static const struct
{
  const char *name;
  gboolean moderators_only;
} features[] = {
  { "file-upload", FALSE },
  { "flip", FALSE },
  { "screen-sharing", FALSE },
  { "send-groupchat", FALSE },
  { "create-polls", TRUE },
  { "inbound-call", TRUE },
  { "list-visitors", TRUE },
  { "livestreaming", TRUE },
  { "lobby", TRUE },
  { "moderation", TRUE },
  { "outbound-call", TRUE },
  { "recording", TRUE },
  { "sip-inbound-call", TRUE },
  { "sip-outbound-call", TRUE },
  { "transcription", TRUE },
};

/* Text that needs no cleaning, as nearly all names and addresses are. */
static gboolean
is_clean (const char *text, gsize max_bytes)
{
  const guchar *bytes = (const guchar *)text;
  gboolean ascii = TRUE;
  gsize length = 0;

  for (; bytes[length] >= ' ' && bytes[length] != 0x7f; length++)
    {
      /* U+0080 to U+009F are control characters too. */
      if (bytes[length] == 0xc2 && bytes[length + 1] < 0xa0)
        return FALSE;
      ascii = ascii && bytes[length] < 0x80;
    }
  return text[length] == '\0' && length > 0 && length <= max_bytes && text[0] != ' '
         && text[length - 1] != ' ' && (ascii || g_utf8_validate_len (text, length, NULL));
}

char *
rounds_jitsi_clean_text (const char *text, gsize max_bytes)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) clean = NULL;

  if (text == NULL)
    return NULL;
  if (is_clean (text, max_bytes))
    return g_strdup (text);
  clean = g_string_sized_new (strlen (text));
  valid = g_utf8_make_valid (text, -1);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gsize size = g_utf8_next_char (p) - p;

      if (clean->len + size > max_bytes)
        break;
      g_string_append_unichar (clean, g_unichar_iscntrl (c) ? ' ' : c);
    }
  g_strstrip (clean->str);
  return clean->str[0] != '\0' ? g_strdup (clean->str) : NULL;
}

/* JaaS's rules and samples have “true” and “false” as text; Prosody's modules take both forms. */
static void
write_flag (RoundsJsonWriter *writer, const char *member, gboolean flag, gboolean jaas)
{
  if (jaas)
    rounds_json_write_text (writer, member, flag ? "true" : "false");
  else
    rounds_json_write_boolean (writer, member, flag);
}

static void
write_user (RoundsJsonWriter *writer, const RoundsJitsiPerson *person, gboolean jaas)
{
  g_autofree char *name = rounds_jitsi_clean_text (person->name, ROUNDS_JITSI_MAX_NAME_BYTES);
  g_autofree char *email = NULL;

  rounds_json_begin_object (writer, "user");
  rounds_json_write_text (writer, "id", person->id);
  /* A null claim hangs the client: what is not known is left out. Half an address is none. */
  rounds_json_write_text (writer, "name", name);
  if (person->email != NULL && strlen (person->email) <= MAX_EMAIL_BYTES)
    email = rounds_jitsi_clean_text (person->email, MAX_EMAIL_BYTES);
  rounds_json_write_text (writer, "email", email);
  write_flag (writer, "moderator", person->moderator, jaas);
  rounds_json_end_object (writer);
}

static void
write_features (RoundsJsonWriter *writer, gboolean moderator)
{
  rounds_json_begin_object (writer, "features");
  for (gsize i = 0; i < G_N_ELEMENTS (features); i++)
    write_flag (writer, features[i].name, moderator || !features[i].moderators_only, TRUE);
  rounds_json_end_object (writer);
}

static char *
create_subject (const RoundsJitsiConfig *config)
{
  g_autofree char *host = NULL;
  g_autofree char *tenant = rounds_jitsi_config_dup_tenant (config);
  int port = 0;

  if (config->sub != NULL && config->sub[0] != '\0')
    return g_utf8_strdown (config->sub, -1);
  /* A room below a tenant is joined only with the tenant as subject, where the server compares. */
  if (tenant != NULL)
    return g_steal_pointer (&tenant);
  if (!rounds_jitsi_host_split (config->domain, &host, &port))
    g_return_val_if_reached (NULL);
  return g_steal_pointer (&host);
}

char *
rounds_jitsi_claims_write_parties (const RoundsJitsiConfig *config)
{
  g_autofree char *subject = NULL;
  gboolean jaas = rounds_jitsi_config_is_jaas (config);
  gboolean has_audience = config->aud != NULL && config->aud[0] != '\0';
  GString *text = g_string_new (NULL);
  RoundsJsonWriter writer = { text };

  if (!jaas)
    subject = create_subject (config);
  rounds_json_write_text (&writer, "aud", jaas || !has_audience ? "jitsi" : config->aud);
  rounds_json_write_text (&writer, "iss", jaas ? "chat" : config->app_id);
  rounds_json_write_text (&writer, "sub", jaas ? config->app_id : subject);
  return g_string_free_and_steal (text);
}

static gint64
work_out_expiry (const RoundsJitsiConfig *config, gint64 now, gint64 not_before_end)
{
  gint64 expiry = now / ROUNDS_SECOND + config->token_ttl;

  if (not_before_end != ROUNDS_TIME_NONE)
    expiry = MAX (expiry,
                  not_before_end / ROUNDS_SECOND + (not_before_end % ROUNDS_SECOND > 0 ? 1 : 0));
  return expiry;
}

void
rounds_jitsi_claims_write (GString *text, const RoundsJitsiClaims *claims)
{
  const RoundsJitsiConfig *config = claims->config;
  gboolean jaas = rounds_jitsi_config_is_jaas (config);
  RoundsJsonWriter writer = { text };

  g_string_append_c (text, '{');
  g_string_append (text, claims->parties);
  writer.needs_comma = TRUE;
  rounds_json_write_int (&writer, "exp",
                         work_out_expiry (config, claims->now, claims->not_before_end));
  rounds_json_write_int (&writer, "nbf", claims->now / ROUNDS_SECOND - NBF_BACK);
  rounds_json_begin_object (&writer, "context");
  write_user (&writer, claims->person, jaas);
  if (jaas)
    write_features (&writer, claims->person->moderator);
  rounds_json_end_object (&writer);
  rounds_json_end_object (&writer);
}

/* One part of a token: base64url without padding, of a JSON object. */
static JsonObject *
decode_part (const char *part, GError **error)
{
  g_autoptr (GString) base64 = g_string_new (part);
  g_autofree guchar *bytes = NULL;
  gsize length = 0;

  if (part[0] == '\0' || base64->len % 4 == 1)
    {
      g_set_error_literal (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_TOKEN,
                           "A part of the token is cut off");
      return NULL;
    }
  g_string_replace (base64, "-", "+", 0);
  g_string_replace (base64, "_", "/", 0);
  while (base64->len % 4 != 0)
    g_string_append_c (base64, '=');
  bytes = g_base64_decode (base64->str, &length);
  return rounds_json_parse_object ((const char *)bytes, (gssize)length, error);
}

static gboolean
check_token_shape (const char *token, GError **error)
{
  guint dots = 0;
  gsize length = strlen (token);

  for (gsize i = 0; i < length; i++)
    {
      if (token[i] == '.')
        dots++;
      else if (!g_ascii_isalnum (token[i]) && token[i] != '-' && token[i] != '_')
        dots = G_MAXUINT / 2;
    }
  if (dots == 2 && length <= MAX_READ_TOKEN)
    return TRUE;
  g_set_error_literal (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_TOKEN,
                       "This is not a token: it has to be three base64url parts with dots between");
  return FALSE;
}

static gint64
read_seconds (RoundsJsonReader *reader, const char *member)
{
  gint64 seconds = 0;

  /* A number of milliseconds is out of range: a token that never expires is a mistake. */
  if (!rounds_json_read_int (reader, member, FALSE, 0, LAST_SECOND, &seconds))
    return ROUNDS_TIME_NONE;
  return seconds * ROUNDS_SECOND;
}

static char *
dup_string (RoundsJsonReader *reader, const char *member)
{
  const char *text = NULL;

  if (!rounds_json_read_string (reader, member, FALSE, &text))
    return NULL;
  return g_strdup (text);
}

/* JaaS's own examples write the boolean as a string. */
static gboolean
read_moderator (RoundsJsonReader *reader)
{
  JsonNode *node = json_object_get_member (reader->object, "moderator");
  gboolean moderator = FALSE;

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strcmp0 (json_node_get_string (node), "true") == 0;
  rounds_json_read_boolean (reader, "moderator", FALSE, &moderator);
  return moderator;
}

static void
read_user (RoundsJitsiToken *self, JsonObject *claims, RoundsProblems *problems)
{
  RoundsJsonReader reader = { claims, "", problems };
  RoundsJsonReader user_reader = { NULL, "context.user.", problems };
  JsonObject *context = NULL;

  if (!rounds_json_read_object (&reader, "context", FALSE, &context))
    return;
  reader = (RoundsJsonReader){ context, "context.", problems };
  if (!rounds_json_read_object (&reader, "user", FALSE, &user_reader.object))
    return;
  self->user_id = dup_string (&user_reader, "id");
  self->user_name = dup_string (&user_reader, "name");
  self->user_email = dup_string (&user_reader, "email");
  self->moderator = read_moderator (&user_reader);
}

static RoundsJitsiToken *
read_token (JsonObject *header, JsonObject *claims, RoundsProblems *problems)
{
  RoundsJitsiToken *self = g_new0 (RoundsJitsiToken, 1);
  RoundsJsonReader head = { header, "", problems };
  RoundsJsonReader body = { claims, "", problems };
  const char *algorithm = NULL;

  rounds_json_read_string (&head, "alg", TRUE, &algorithm);
  self->algorithm = g_strdup (algorithm);
  self->key_id = dup_string (&head, "kid");
  self->issuer = dup_string (&body, "iss");
  self->audience = dup_string (&body, "aud");
  self->subject = dup_string (&body, "sub");
  self->room = dup_string (&body, "room");
  self->expires_at = read_seconds (&body, "exp");
  self->not_before = read_seconds (&body, "nbf");
  read_user (self, claims, problems);
  return self;
}

RoundsJitsiToken *
rounds_jitsi_token_inspect (const char *token, GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (JsonObject) header = NULL;
  g_autoptr (JsonObject) claims = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (RoundsJitsiToken) self = NULL;

  g_return_val_if_fail (token != NULL, NULL);

  if (!check_token_shape (token, error))
    return NULL;
  parts = g_strsplit (token, ".", 3);
  header = decode_part (parts[0], &local);
  if (header != NULL)
    claims = decode_part (parts[1], &local);
  if (claims == NULL)
    {
      g_set_error (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_TOKEN,
                   "The token cannot be read: %s", local->message);
      return NULL;
    }
  self = read_token (header, claims, problems);
  if (rounds_problems_get_length (problems) > 0)
    {
      const RoundsProblem *first = rounds_problems_get (problems, 0);

      g_set_error (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_TOKEN, "The token's claim %s: %s",
                   first->field, first->message);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
rounds_jitsi_token_free (RoundsJitsiToken *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->algorithm);
  g_free (self->key_id);
  g_free (self->issuer);
  g_free (self->audience);
  g_free (self->subject);
  g_free (self->room);
  g_free (self->user_id);
  g_free (self->user_name);
  g_free (self->user_email);
  g_free (self);
}
