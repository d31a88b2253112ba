/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What our layer over a library costs beside the library alone: JSON, tokens, wall time.
 * No disk and no network; both sides of a pair are measured by turns.
 */

#include "config.h"

#include <json-glib/json-glib.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#include "bench-output.h"
#include "bench-records.h"

#include "rounds-init.h"
#include "rounds-jitsi-token.h"
#include "rounds-json.h"
#include "rounds-wall-time.h"
#include "rounds-wire.h"

#define TURN 0.1 /* seconds that one side is measured at a time */
#define ZONE "Europe/Berlin"
#define NOW G_GINT64_CONSTANT (1705305600000000)

typedef struct
{
  RoundsAppointment *appointment;
  JsonNode *document;
  char *text;
  gsize length;
  RoundsJitsiConfig *jitsi;
  RoundsJitsiPerson person;
  char *signed_part; /* of a token: all but its signature */
  GTimeZone *zone;
} Fixture;

/* Does one thing once. */
typedef void (*Work) (Fixture *fixture);

static void
read_ours (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (JsonObject) object
      = rounds_json_parse_object (fixture->text, (gssize)fixture->length, &error);
  g_autoptr (RoundsAppointment) appointment = rounds_wire_appointment_from_json (object, problems);

  g_assert (appointment != NULL);
}

static void
read_theirs (Fixture *fixture)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gboolean parsed
      = json_parser_load_from_data (parser, fixture->text, (gssize)fixture->length, NULL);

  g_assert (parsed);
}

static void
write_ours (Fixture *fixture)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, rounds_wire_appointment_to_json (fixture->appointment, NULL));
  text = rounds_json_to_text (node);
  g_assert (text != NULL);
}

static void
write_theirs (Fixture *fixture)
{
  g_autofree char *text = json_to_string (fixture->document, FALSE);

  g_assert (text != NULL);
}

static void
mint_ours (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = rounds_jitsi_token_mint (fixture->jitsi, &fixture->person,
                                                    "meeting-room", NOW, ROUNDS_TIME_NONE, &error);

  g_assert_no_error (error);
}

static void
mint_theirs (Fixture *fixture)
{
  const char *secret = fixture->jitsi->secret;
  guint8 digest[EVP_MAX_MD_SIZE];
  guint length = 0;

  HMAC (EVP_sha256 (), secret, (int)strlen (secret), (const guint8 *)fixture->signed_part,
        strlen (fixture->signed_part), digest, &length);
  g_assert (length == 32);
}

static void
resolve_ours (Fixture *fixture)
{
  gint64 moment = 0;
  gboolean resolved = rounds_wall_time_to_moment (ZONE, "2024-07-15", "10:00 AM", &moment, NULL);

  g_assert (resolved);
}

static void
resolve_theirs (Fixture *fixture)
{
  g_autoptr (GDateTime) time = g_date_time_new (fixture->zone, 2024, 7, 15, 10, 0, 0);

  g_assert (g_date_time_to_unix (time) > 0);
}

static const struct
{
  const char *what;
  Work ours;
  Work theirs;
} pairs[] = {
  { "appointment from JSON, beside json-glib's parser", read_ours, read_theirs },
  { "appointment to JSON, beside json-glib's generator", write_ours, write_theirs },
  { "token for a call, beside a bare HMAC-SHA256", mint_ours, mint_theirs },
  { "wall time to moment, beside g_date_time_new()", resolve_ours, resolve_theirs },
};

/* Times a second, over TURN seconds. The clock is read once in a hundred times. */
static double
measure (Work work, Fixture *fixture)
{
  double began = bench_now ();
  double passed = 0;
  guint64 count = 0;

  do
    {
      for (int i = 0; i < 100; i++)
        work (fixture);
      count += 100;
      passed = bench_now () - began;
    }
  while (passed < TURN);
  return (double)count / passed;
}

static void
compare (const char *what, Work ours, Work theirs, Fixture *fixture, int rounds)
{
  g_autoptr (BenchSamples) our_samples = bench_samples_new ();
  g_autoptr (BenchSamples) their_samples = bench_samples_new ();

  for (int i = 0; i < rounds; i++)
    {
      bench_samples_add (our_samples, measure (ours, fixture));
      bench_samples_add (their_samples, measure (theirs, fixture));
    }
  bench_tell (what, "/s", our_samples, their_samples);
}

static void
init_fixture (Fixture *fixture)
{
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;

  fixture->appointment = bench_make_appointment (1);
  fixture->document = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (fixture->document,
                         rounds_wire_appointment_to_json (fixture->appointment, NULL));
  fixture->text = json_to_string (fixture->document, FALSE);
  fixture->length = strlen (fixture->text);
  fixture->jitsi = rounds_jitsi_config_new ();
  fixture->jitsi->app_id = g_strdup ("rounds-bench");
  fixture->jitsi->secret = g_strdup ("a secret of the bench, with enough bytes");
  fixture->jitsi->domain = g_strdup ("meet.example.org");
  fixture->person = (RoundsJitsiPerson){
    .id = fixture->appointment->id,
    .name = "Dr. Leyla Aydın",
    .email = "doctor@example.org",
    .moderator = TRUE,
  };
  token = rounds_jitsi_token_mint (fixture->jitsi, &fixture->person, "meeting-room", NOW,
                                   ROUNDS_TIME_NONE, &error);
  g_assert_no_error (error);
  fixture->signed_part = g_strndup (token, (gsize)(strrchr (token, '.') - token));
  fixture->zone = g_time_zone_new_identifier (ZONE);
  g_assert (fixture->zone != NULL);
}

static void
clear_fixture (Fixture *fixture)
{
  rounds_appointment_unref (fixture->appointment);
  json_node_unref (fixture->document);
  g_free (fixture->text);
  rounds_jitsi_config_free (fixture->jitsi);
  g_free (fixture->signed_part);
  g_time_zone_unref (fixture->zone);
}

int
main (int argc, char **argv)
{
  Fixture fixture = { 0 };
  int rounds = argc > 1 ? atoi (argv[1]) : 5;

  rounds_init ("rounds-bench");
  init_fixture (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    compare (pairs[i].what, pairs[i].ours, pairs[i].theirs, &fixture, MAX (rounds, 1));
  clear_fixture (&fixture);
  return 0;
}
