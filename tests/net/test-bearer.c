/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Whom a token says it is for, as services of several makers write it; and what is none.
 */

#include "config.h"

#include <gio/gio.h>

#include "rounds-bearer.h"
#include "rounds-test.h"

#define ID "64b000000000000000000001"

/* (transfer full): a token with these claims, as services write it */
static char *
make_token (const char *claims)
{
  g_autofree char *payload = g_base64_encode ((const guchar *)claims, strlen (claims));
  char *end = strchr (payload, '=');

  if (end != NULL)
    *end = '\0';
  g_strdelimit (g_strdelimit (payload, "+", '-'), "/", '_');
  return g_strconcat ("eyJhbGciOiJIUzI1NiJ9.", payload, ".c2lnbmF0dXJl", NULL);
}

static void
test_claims (void)
{
  static const struct
  {
    const char *claims;
    RoundsRole role;
    const char *name;
    const char *email;
  } cases[] = {
    { "{\"id\":\"" ID "\",\"role\":\"doctor\"}", ROUNDS_ROLE_DOCTOR, ID, NULL },
    { "{\"_id\":\"" ID "\",\"role\":\"hospital\",\"email\":\"desk@example.org\"}",
      ROUNDS_ROLE_HOSPITAL, "desk@example.org", "desk@example.org" },
    { "{\"userId\":\"" ID "\",\"role\":\"admin\",\"name\":\"Ünal \xf0\x9f\xa9\xba?>\",\"iat\":1}",
      ROUNDS_ROLE_ADMIN, "Ünal \xf0\x9f\xa9\xba?>", NULL },
    { "{\"sub\":\"" ID "\",\"userRole\":\"patient\",\"name\":\"\",\"email\":\"p@example.org\"}",
      ROUNDS_ROLE_PATIENT, "p@example.org", "p@example.org" },
    { "{\"iss\":\"x\",\"user\":{\"id\":\"" ID "\",\"role\":\"doctor\",\"name\":\"N\"}}",
      ROUNDS_ROLE_DOCTOR, "N", NULL },
    /* A number is no id; the next name is looked at. */
    { "{\"id\":7,\"sub\":\"" ID "\",\"role\":\"doctor\"}", ROUNDS_ROLE_DOCTOR, ID, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *token = make_token (cases[i].claims);
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsUser) user = rounds_bearer_read_user (token, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (user->id, ==, ID);
      g_assert_cmpint (user->role, ==, cases[i].role);
      g_assert_cmpstr (user->name, ==, cases[i].name);
      g_assert_cmpstr (user->email, ==, cases[i].email);
    }
}

static void
expect_none (const char *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsUser) user = rounds_bearer_read_user (token, &error);

  g_assert_null (user);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  /* Security: whatever shows or logs it says nothing of the token. */
  g_assert_null (strstr (error->message, "eyJ"));
}

static void
test_none (void)
{
  static const char *const claims[] = {
    "{}",
    "{\"id\":\"" ID "\"}",
    "{\"role\":\"doctor\"}",
    "{\"id\":\"me\",\"role\":\"doctor\"}",
    "{\"id\":\"" ID "\",\"role\":\"surgeon\"}",
    "{\"user\":\"" ID "\",\"role\":\"doctor\"}",
    "{\"id\":\"" ID "\",\"role\":\"doctor\"",
    "[]",
    "",
  };
  static const char *const tokens[]
      = { "", ".", "..", "a.b", "a.b.c", "a.b.c.d", "opaque", "..,." };
  g_autofree char *huge = g_strnfill (20000, 'e');
  g_autofree char *long_token = g_strconcat ("a.", huge, ".b", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (claims); i++)
    {
      g_autofree char *token = make_token (claims[i]);

      expect_none (token);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    expect_none (tokens[i]);
  expect_none (long_token);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Net/Bearer/claims", test_claims);
  g_test_add_func ("/Rounds/Net/Bearer/none", test_none);
  return g_test_run ();
}
