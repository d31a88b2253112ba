/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Judges Jitsi's settings before any link is made, in words that name the environment variable.
 * JaaS's key is judged by rounds-jitsi-key.c; whether libjwt can use it, rounds-jitsi-token.c
 * tries.
 */

#include "config.h"

#include "rounds-jitsi-config.h"

#include "rounds-jitsi-private.h"
#include "rounds-wipe.h"

#include <string.h>

#define DEFAULT_TTL (24 * 60 * 60)
#define MIN_TTL 60
#define LONG_TTL (7 * 24 * 60 * 60)
#define MAX_TTL (366 * 24 * 60 * 60)
#define HS256_MIN_SECRET 32

#define PUBLIC_HOST "meet.jit.si"
#define JAAS_HOST "8x8.vc"
#define JAAS_APP_ID "vpaas-magic-cookie-"
#define PLACEHOLDER_APP_ID "your-jitsi-app-id"
#define PLACEHOLDER_SECRET "your-jitsi-secret-key"
#define PLACEHOLDER_DOMAIN "your-jitsi-domain.com"

G_DEFINE_QUARK (rounds_jitsi_error, rounds_jitsi_error)

static gboolean
is_empty (const char *text)
{
  return text == NULL || text[0] == '\0';
}

static gboolean
is_placeholder (const char *text, const char *placeholder)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  return g_ascii_strcasecmp (stripped, placeholder) == 0;
}

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (
      error, g_error_new_valist (ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_CONFIG, format, args));
  va_end (args);
  return FALSE;
}

static void
warn (GStrvBuilder *warnings, const char *text)
{
  if (warnings != NULL)
    g_strv_builder_add (warnings, text);
}

/* What ends up as a claim: not too long, valid UTF-8, no control characters. */
static gboolean
check_text (const char *variable, const char *text, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (strlen (text) > ROUNDS_JITSI_MAX_SETTING)
    return refuse (error, "%s is longer than %d bytes", variable, ROUNDS_JITSI_MAX_SETTING);
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, "%s is not valid UTF-8", variable);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        return refuse (error, "%s has a line break or another control character in it", variable);
    }
  return TRUE;
}

static gboolean
check_domain_shape (const char *domain, GError **error)
{
  if (strstr (domain, "://") != NULL)
    return refuse (error, "JITSI_DOMAIN has to be a host name alone, such as meet.example.org: "
                          "leave out “https://”");
  if (strpbrk (domain, "/\\?#@") != NULL)
    return refuse (error, "JITSI_DOMAIN has to be a host name alone, such as meet.example.org: "
                          "nothing before or behind it (JITSI_TENANT is for a path part)");
  for (const char *p = domain; *p != '\0'; p++)
    {
      if (g_ascii_isspace (*p) || g_ascii_iscntrl (*p))
        return refuse (error, "JITSI_DOMAIN has a space or line break in it");
      if ((guchar)*p >= 0x80)
        return refuse (error, "JITSI_DOMAIN has other than ASCII letters in it: write the name in "
                              "its “xn--” form");
    }
  return TRUE;
}

static gboolean
check_domain (const RoundsJitsiConfig *self, GStrvBuilder *warnings, GError **error)
{
  g_autofree char *host = NULL;
  int port = 0;

  if (is_empty (self->domain))
    return refuse (error, "JITSI_DOMAIN is empty: set it to the Jitsi server's host name, such as "
                          "meet.example.org");
  /* Security: that domain belongs to a stranger, who would be sent our people's tokens. */
  if (is_placeholder (self->domain, PLACEHOLDER_DOMAIN))
    return refuse (error, "JITSI_DOMAIN is still the guide's placeholder “" PLACEHOLDER_DOMAIN
                          "”: set it to the Jitsi server's host name");
  if (!check_domain_shape (self->domain, error))
    return FALSE;
  if (!rounds_jitsi_host_split (self->domain, &host, &port))
    return refuse (error,
                   "JITSI_DOMAIN is neither a host name nor a host name with a port, such as "
                   "meet.example.org or meet.example.org:8443");
  if (rounds_jitsi_host_is_loopback (host))
    warn (warnings, "JITSI_DOMAIN is this machine itself: links are plain http and work only here");
  return TRUE;
}

static gboolean
check_secret (const RoundsJitsiConfig *self, GStrvBuilder *warnings, GError **error)
{
  const char *secret = self->secret;

  if (is_empty (secret))
    return refuse (error,
                   "JITSI_SECRET is empty: set it to the secret that the Jitsi server checks "
                   "tokens with (app_secret in Prosody)");
  if (is_placeholder (secret, PLACEHOLDER_SECRET))
    return refuse (error, "JITSI_SECRET is still the guide's placeholder “" PLACEHOLDER_SECRET
                          "”: everybody knows it, set it to a secret of your own");
  /* Security: a key pair's text as an HS256 secret would let its public half sign tokens. */
  if (g_str_has_prefix (secret, "-----BEGIN"))
    return refuse (error, "JITSI_SECRET holds a PEM key: for JaaS name its file in "
                          "JITSI_PRIVATE_KEY_FILE, and set JITSI_KID");
  if (g_str_has_suffix (secret, "\n") || g_str_has_suffix (secret, "\r"))
    warn (warnings, "JITSI_SECRET ends with a line break, which counts as part of the secret");
  if (strlen (secret) < HS256_MIN_SECRET)
    {
      g_autofree char *text = g_strdup_printf (
          "JITSI_SECRET is %zu bytes long; RFC 7518 asks for %d at least. Tokens "
          "are made all the same, but a short secret can be guessed",
          strlen (secret), HS256_MIN_SECRET);

      warn (warnings, text);
    }
  return TRUE;
}

static gboolean
check_jaas (const RoundsJitsiConfig *self, GStrvBuilder *warnings, GError **error)
{
  g_autofree char *prefix = g_strconcat (self->app_id, "/", NULL);

  if (is_empty (self->kid))
    return refuse (error,
                   "JITSI_PRIVATE_KEY_FILE is set but JITSI_KID is not: JaaS needs the key's "
                   "id, <JITSI_APP_ID>/<key id>");
  if (is_empty (self->private_key))
    return refuse (error, "JITSI_KID is set but JITSI_PRIVATE_KEY_FILE is not: JaaS tokens are "
                          "signed with the private key in that file");
  if (!check_text ("JITSI_KID", self->kid, error))
    return FALSE;
  if (!g_str_has_prefix (self->kid, prefix) || strlen (self->kid) == strlen (prefix))
    return refuse (error, "JITSI_KID has to be JITSI_APP_ID, a slash and the key's id");
  if (!is_empty (self->sub) || !is_empty (self->aud))
    warn (warnings, "JITSI_SUB and JITSI_AUD are not used with JaaS, which fixes both");
  return rounds_jitsi_key_check (self->private_key, error);
}

static gboolean
check_app_id (const RoundsJitsiConfig *self, GError **error)
{
  if (is_empty (self->app_id))
    return refuse (error, "JITSI_APP_ID is empty: set it to the app id that the Jitsi server "
                          "expects as the tokens' issuer");
  if (is_placeholder (self->app_id, PLACEHOLDER_APP_ID))
    return refuse (error, "JITSI_APP_ID is still the guide's placeholder “" PLACEHOLDER_APP_ID
                          "”: set it to the app id that the Jitsi server expects");
  return check_text ("JITSI_APP_ID", self->app_id, error);
}

static gboolean
check_tenant (const RoundsJitsiConfig *self, GError **error)
{
  g_autofree char *tenant = rounds_jitsi_config_dup_tenant (self);

  if (tenant == NULL)
    return TRUE;
  if (strlen (tenant) > ROUNDS_JITSI_MAX_SETTING)
    return refuse (error, "JITSI_TENANT is longer than %d bytes", ROUNDS_JITSI_MAX_SETTING);
  for (const char *p = tenant; *p != '\0'; p++)
    {
      if (!g_ascii_islower (*p) && !g_ascii_isdigit (*p) && *p != '-')
        return refuse (error,
                       "%s may have only letters a to z, digits and hyphens: it becomes part "
                       "of the links",
                       is_empty (self->tenant) ? "JITSI_APP_ID" : "JITSI_TENANT");
    }
  return TRUE;
}

static gboolean
is_public_host (const char *host)
{
  return g_str_equal (host, PUBLIC_HOST) || g_str_has_suffix (host, "." PUBLIC_HOST);
}

static gboolean
is_jaas_host (const char *host)
{
  return g_str_equal (host, JAAS_HOST) || g_str_has_suffix (host, "." JAAS_HOST);
}

/* JaaS's domain and JaaS's tokens belong together; with one of them alone, every call would be
 * refused, and Jitsi would not say why. */
static gboolean
check_jaas_fits (const RoundsJitsiConfig *self, GStrvBuilder *warnings, GError **error)
{
  g_autofree char *host = NULL;
  int port = 0;

  if (!rounds_jitsi_host_split (self->domain, &host, &port))
    return TRUE;
  if (!rounds_jitsi_config_is_jaas (self))
    return !is_jaas_host (host)
           || refuse (error, "JITSI_DOMAIN is JaaS (" JAAS_HOST "), which takes only tokens signed "
                             "with a private key: set JITSI_KID and JITSI_PRIVATE_KEY_FILE");
  if (!is_empty (self->tenant) && g_ascii_strcasecmp (self->tenant, self->app_id) != 0)
    return refuse (error, "JITSI_TENANT is not JITSI_APP_ID: JaaS's rooms are below the AppID, so "
                          "leave JITSI_TENANT out");
  if (!is_jaas_host (host))
    warn (warnings,
          "JITSI_KID is set, so tokens are made for JaaS, but JITSI_DOMAIN is not " JAAS_HOST);
  else if (!g_str_has_prefix (self->app_id, JAAS_APP_ID))
    warn (warnings, "JITSI_APP_ID does not begin with “" JAAS_APP_ID "”, as JaaS's AppIDs do");
  return TRUE;
}

static gboolean
check_ttl (const RoundsJitsiConfig *self, GStrvBuilder *warnings, GError **error)
{
  if (self->token_ttl < MIN_TTL || self->token_ttl > MAX_TTL)
    return refuse (error, "JITSI_TOKEN_TTL has to be a number of seconds from %d to %d", MIN_TTL,
                   MAX_TTL);
  if (self->token_ttl > LONG_TTL)
    warn (warnings, "JITSI_TOKEN_TTL is more than a week: a link that leaks works for that long");
  return TRUE;
}

RoundsJitsiConfig *
rounds_jitsi_config_new (void)
{
  RoundsJitsiConfig *self = g_new0 (RoundsJitsiConfig, 1);

  self->token_ttl = DEFAULT_TTL;
  return self;
}

void
rounds_jitsi_config_free (RoundsJitsiConfig *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->app_id);
  rounds_wipe_free (self->secret);
  g_free (self->domain);
  g_free (self->sub);
  g_free (self->aud);
  g_free (self->tenant);
  g_free (self->kid);
  rounds_wipe_free (self->private_key);
  g_free (self);
}

gboolean
rounds_jitsi_config_is_jaas (const RoundsJitsiConfig *self)
{
  return !is_empty (self->kid) || !is_empty (self->private_key);
}

char *
rounds_jitsi_config_dup_tenant (const RoundsJitsiConfig *self)
{
  if (!is_empty (self->tenant))
    return g_ascii_strdown (self->tenant, -1);
  if (rounds_jitsi_config_is_jaas (self))
    return g_strdup (self->app_id);
  return NULL;
}

/* There is nothing to sign, and so no secret to have: the guide's way to try things out. */
static gboolean
is_public (const RoundsJitsiConfig *self)
{
  g_autofree char *host = NULL;
  int port = 0;

  return !is_empty (self->domain) && rounds_jitsi_host_split (self->domain, &host, &port)
         && is_public_host (host);
}

gboolean
rounds_jitsi_config_check_settings (const RoundsJitsiConfig *self, GStrvBuilder *warnings,
                                    GError **error)
{
  gboolean jaas = rounds_jitsi_config_is_jaas (self);

  if (!is_public (self)
      && (!check_app_id (self, error)
          || (jaas ? !check_jaas (self, warnings, error) : !check_secret (self, warnings, error))))
    return FALSE;
  if (!check_domain (self, warnings, error) || !check_tenant (self, error)
      || !check_jaas_fits (self, warnings, error))
    return FALSE;
  if (!check_text ("JITSI_SUB", self->sub, error) || !check_text ("JITSI_AUD", self->aud, error))
    return FALSE;
  if (!check_ttl (self, warnings, error))
    return FALSE;
  if (!rounds_jitsi_config_takes_tokens (self))
    warn (warnings,
          "JITSI_DOMAIN is " PUBLIC_HOST ", which has taken no tokens of others since "
          "August 2023: links to it carry none, whoever opens a room first has to sign in "
          "there, and everybody who knows a link can enter");
  return TRUE;
}

gboolean
rounds_jitsi_config_check (const RoundsJitsiConfig *self, char ***warnings, GError **error)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, FALSE);

  if (warnings != NULL)
    *warnings = NULL;
  if (!rounds_jitsi_config_check_settings (self, found, error)
      || (!is_public (self) && !rounds_jitsi_token_try_key (self, error)))
    return FALSE;
  if (warnings != NULL)
    *warnings = g_strv_builder_end (found);
  return TRUE;
}

gboolean
rounds_jitsi_config_takes_tokens (const RoundsJitsiConfig *self)
{
  g_autofree char *host = NULL;
  int port = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  if (is_empty (self->domain) || !rounds_jitsi_host_split (self->domain, &host, &port))
    return FALSE;
  return !is_public_host (host);
}
