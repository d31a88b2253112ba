/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of the page's messages: envelopes as the genuine transport writes them, and hostile ones.
 * The transport itself is met in the call's own tests.
 */

#include "config.h"

#include "rounds-init.h"
#include "rounds-jitsi-message.h"

#include <string.h>

#define ENVELOPE(method, params)                                                                   \
  "{\"postis\":true,\"scope\":\"jitsi_meet_external_api_0\",\"method\":\"" method                  \
  "\",\"params\":" params "}"
#define JOINED                                                                                     \
  ENVELOPE ("message", "{\"type\":\"event\",\"data\":{\"name\":\"video-conference-joined\","       \
                       "\"roomName\":\"r\",\"id\":\"a1\",\"displayName\":\"Zoë\"}}")

static void
test_ready (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsJitsiMessage) message
      = rounds_jitsi_message_parse (ENVELOPE ("__ready__", "\"1705312800000.123\""), &error);
  g_autofree char *echo = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (message->type, ==, ROUNDS_JITSI_MESSAGE_READY);
  echo = rounds_jitsi_message_ready (message->ready_id);
  g_assert_cmpstr (echo, ==, ENVELOPE ("__ready__", "\"1705312800000.123\""));
}

static void
test_event (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsJitsiMessage) message = rounds_jitsi_message_parse (JOINED, &error);

  g_assert_no_error (error);
  g_assert_cmpint (message->type, ==, ROUNDS_JITSI_MESSAGE_EVENT);
  g_assert_cmpstr (message->name, ==, "video-conference-joined");
  g_assert_cmpstr (json_object_get_string_member (message->data, "displayName"), ==, "Zoë");
}

static void
test_response (void)
{
  static const struct
  {
    const char *text;
    gint64 id;
    const char *result;
  } cases[] = {
    { ENVELOPE ("message", "{\"type\":\"response\",\"id\":7,\"result\":{\"rtt\":12}}"), 7,
      "{\"rtt\":12}" },
    { ENVELOPE ("message", "{\"type\":\"response\",\"id\":0,\"result\":null}"), 0, "null" },
    { ENVELOPE ("message", "{\"type\":\"response\",\"id\":1,\"error\":{\"name\":\"x\"}}"), 1,
      NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsJitsiMessage) message = rounds_jitsi_message_parse (cases[i].text, &error);
      g_autofree char *result = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (message->type, ==, ROUNDS_JITSI_MESSAGE_RESPONSE);
      g_assert_cmpint (message->id, ==, cases[i].id);
      result = message->result != NULL ? json_to_string (message->result, FALSE) : NULL;
      g_assert_cmpstr (result, ==, cases[i].result);
    }
}

static void
test_other (void)
{
  static const char *const texts[] = {
    "{}",
    "{\"type\":\"something\"}",
    "{\"postis\":false}",
    "{\"postis\":null,\"method\":7}",
    "{\"postis\":true,\"scope\":\"another\",\"method\":\"message\",\"params\":7}",
    ENVELOPE ("something-else", "7"),
    ENVELOPE ("message", "{\"type\":\"request\",\"id\":1,\"data\":{}}"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsJitsiMessage) message = rounds_jitsi_message_parse (texts[i], &error);

      g_assert_no_error (error);
      g_assert_cmpint (message->type, ==, ROUNDS_JITSI_MESSAGE_OTHER);
    }
}

static void
assert_refused (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rounds_jitsi_message_parse (text, &error));
  g_assert_error (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_MESSAGE);
  if (expected != NULL && strstr (error->message, expected) == NULL)
    g_error ("expected “%s” in “%s”", expected, error->message);
}

static void
test_hostile (void)
{
  static const struct
  {
    const char *text, *expected;
  } cases[] = {
    { "", NULL },
    { "null", NULL },
    { "[]", NULL },
    { "\"text\"", NULL },
    { "{", NULL },
    { "\xff", NULL },
    { "{\"postis\":7}", "wrong postis" },
    { "{\"postis\":true}", "wrong scope" },
    { "{\"postis\":true,\"scope\":[]}", "wrong scope" },
    { "{\"postis\":true,\"scope\":\"jitsi_meet_external_api_0\"}", "wrong method" },
    { ENVELOPE ("__ready__", "7"), "wrong params" },
    { ENVELOPE ("__ready__", "null"), "wrong params" },
    { ENVELOPE ("__ready__", "\"\""), "wrong params" },
    { ENVELOPE ("message", "[]"), "wrong params" },
    { ENVELOPE ("message", "{}"), "wrong params.type" },
    { ENVELOPE ("message", "{\"type\":7}"), "wrong params.type" },
    { ENVELOPE ("message", "{\"type\":\"event\"}"), "wrong params.data" },
    { ENVELOPE ("message", "{\"type\":\"event\",\"data\":\"x\"}"), "wrong params.data" },
    { ENVELOPE ("message", "{\"type\":\"event\",\"data\":{}}"), "wrong params.data.name" },
    { ENVELOPE ("message", "{\"type\":\"event\",\"data\":{\"name\":[]}}"),
      "wrong params.data.name" },
    { ENVELOPE ("message", "{\"type\":\"event\",\"data\":{\"name\":\"\"}}"),
      "wrong params.data.name" },
    { ENVELOPE ("message", "{\"type\":\"response\"}"), "wrong params.id" },
    { ENVELOPE ("message", "{\"type\":\"response\",\"id\":-1}"), "wrong params.id" },
    { ENVELOPE ("message", "{\"type\":\"response\",\"id\":1.5}"), "wrong params.id" },
    { ENVELOPE ("message", "{\"type\":\"response\",\"id\":\"1\"}"), "wrong params.id" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].text, cases[i].expected);
}

static void
test_huge_and_deep (void)
{
  g_autofree char *filler = g_strnfill (1024 * 1024, 'x');
  g_autofree char *huge = g_strconcat ("{\"a\":\"", filler, "\"}", NULL);
  g_autofree char *brackets = g_strnfill (500000, '[');
  g_autofree char *deep = g_strconcat ("{\"a\":", brackets, NULL);
  g_autofree char *long_name = g_strnfill (101, 'n');
  g_autofree char *named = g_strdup_printf (
      ENVELOPE ("message", "{\"type\":\"event\",\"data\":{\"name\":\"%s\"}}"), long_name);

  assert_refused (huge, "larger than");
  assert_refused (deep, NULL);
  assert_refused (named, "wrong params.data.name");
}

static void
test_command (void)
{
  JsonArray *arguments = json_array_new ();
  g_autofree char *hangup = rounds_jitsi_message_command ("video-hangup", NULL);
  g_autofree char *answer = NULL;

  json_array_add_string_element (arguments, "id \"1\"");
  json_array_add_boolean_element (arguments, TRUE);
  answer = rounds_jitsi_message_command ("answer-knocking-participant", arguments);
  g_assert_cmpstr (hangup, ==,
                   ENVELOPE ("message", "{\"type\":\"event\",\"data\":{\"name\":\"video-hangup\","
                                        "\"data\":[]}}"));
  g_assert_cmpstr (answer, ==,
                   ENVELOPE ("message", "{\"type\":\"event\",\"data\":{\"name\":\"answer-knocking-"
                                        "participant\",\"data\":[\"id \\\"1\\\"\",true]}}"));
}

static void
test_request (void)
{
  JsonObject *request = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_string_member (request, "name", "get-connection-stats");
  text = rounds_jitsi_message_request (request, 7);
  g_assert_cmpstr (text, ==,
                   ENVELOPE ("message", "{\"type\":\"request\",\"id\":7,\"data\":{\"name\":\"get-"
                                        "connection-stats\"}}"));
}

/* Bytes of a good message changed, doubled and cut at random: an error or a message, no crash. */
static void
test_mutations (void)
{
  static const char alphabet[] = "{}[]\",:\\0u9tfn-.e/* \x01\xc3\xff";
  g_autoptr (GRand) random = g_rand_new_with_seed (20260102);

  for (int round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (JOINED);
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsJitsiMessage) message = NULL;

      for (int i = g_rand_int_range (random, 1, 5); i > 0; i--)
        {
          gsize position = g_rand_int_range (random, 0, (gint32)text->len);
          char byte = alphabet[g_rand_int_range (random, 0, sizeof alphabet - 1)];

          switch (g_rand_int_range (random, 0, 3))
            {
            case 0:
              text->str[position] = byte;
              break;
            case 1:
              g_string_insert_c (text, (gssize)position, byte);
              break;
            default:
              g_string_erase (text, (gssize)position, 1);
              break;
            }
        }
      message = rounds_jitsi_message_parse (text->str, &error);
      g_assert_true ((message != NULL) == (error == NULL));
      if (message != NULL && message->type == ROUNDS_JITSI_MESSAGE_EVENT)
        g_assert_nonnull (message->name);
    }
}

int
main (int argc, char **argv)
{
  rounds_init ("test-jitsi-message");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/Rounds/Jitsi/Message/ready", test_ready);
  g_test_add_func ("/Rounds/Jitsi/Message/event", test_event);
  g_test_add_func ("/Rounds/Jitsi/Message/response", test_response);
  g_test_add_func ("/Rounds/Jitsi/Message/other", test_other);
  g_test_add_func ("/Rounds/Jitsi/Message/hostile", test_hostile);
  g_test_add_func ("/Rounds/Jitsi/Message/huge-and-deep", test_huge_and_deep);
  g_test_add_func ("/Rounds/Jitsi/Message/command", test_command);
  g_test_add_func ("/Rounds/Jitsi/Message/request", test_request);
  g_test_add_func ("/Rounds/Jitsi/Message/mutations", test_mutations);
  return g_test_run ();
}
