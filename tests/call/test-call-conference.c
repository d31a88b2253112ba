/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What RoundsCallConference makes of events, well-formed and not.
 * No page sends them here; test-call-page.c has one that does.
 */

#include "config.h"

#include <string.h>

#include "rounds-call-conference.h"
#include "rounds-call-failure.h"
#include "rounds-call-participant.h"
#include "rounds-init.h"

typedef struct
{
  RoundsCallConference *conference;
  GString *log; /* what it said, "joined left …" */
} Fixture;

static void
log_plain (Fixture *fixture, const char *word)
{
  g_string_append_printf (fixture->log, "%s%s", fixture->log->len > 0 ? " " : "", word);
}

static void
joined_cb (Fixture *fixture)
{
  log_plain (fixture, "joined");
}

static void
left_cb (Fixture *fixture)
{
  log_plain (fixture, "left");
}

static void
ended_cb (Fixture *fixture)
{
  log_plain (fixture, "ended");
}

static void
muted_cb (Fixture *fixture)
{
  log_plain (fixture, "muted");
}

static void
device_cb (Fixture *fixture, const char *sentence)
{
  g_assert_cmpuint (strlen (sentence), >, 10);
  log_plain (fixture, "device");
}

static void
failed_cb (Fixture *fixture, GError *error)
{
  g_autofree char *word = g_strdup_printf ("failed:%d", error->code);

  g_assert_true (error->domain == ROUNDS_CALL_ERROR);
  log_plain (fixture, word);
}

static void
person_joined_cb (Fixture *fixture, RoundsCallParticipant *person)
{
  g_autofree char *word = g_strdup_printf ("+%s", rounds_call_participant_get_name (person));

  log_plain (fixture, word);
}

static void
person_left_cb (Fixture *fixture, RoundsCallParticipant *person)
{
  g_autofree char *word = g_strdup_printf ("-%s", rounds_call_participant_get_name (person));

  log_plain (fixture, word);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *signal;
    GCallback callback;
  } connections[] = {
    { "joined", G_CALLBACK (joined_cb) },
    { "left", G_CALLBACK (left_cb) },
    { "ended", G_CALLBACK (ended_cb) },
    { "switches-changed", G_CALLBACK (muted_cb) },
    { "device-error", G_CALLBACK (device_cb) },
    { "failed", G_CALLBACK (failed_cb) },
    { "participant-joined", G_CALLBACK (person_joined_cb) },
    { "participant-left", G_CALLBACK (person_left_cb) },
  };

  fixture->conference = rounds_call_conference_new (FALSE, FALSE);
  fixture->log = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_swapped (fixture->conference, connections[i].signal, connections[i].callback,
                              fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->conference);
  g_string_free (fixture->log, TRUE);
}

static void
take (Fixture *fixture, const char *name, const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  g_assert_nonnull (node);
  rounds_call_conference_take_event (fixture->conference, name, json_node_get_object (node));
}

typedef struct
{
  const char *name;
  const char *json;
} Event;

typedef struct
{
  const char *what;
  Event events[6];
  const char *log;
} Case;

static const Case cases[] = {
  { "one joins and leaves",
    { { "video-conference-joined", "{\"id\":\"me\"}" },
      { "participant-joined", "{\"id\":\"a\",\"displayName\":\"Ada\"}" },
      { "participant-left", "{\"id\":\"a\"}" },
      { "video-conference-left", "{}" },
      { "video-ready-to-close", "{}" } },
    "joined +Ada -Ada left ended" },
  { "oneself is no other",
    { { "video-conference-joined", "{\"id\":\"me\"}" },
      { "participant-joined", "{\"id\":\"me\",\"displayName\":\"Me\"}" } },
    "joined" },
  { "joined twice",
    { { "video-conference-joined", "{\"id\":\"me\"}" },
      { "video-conference-joined", "{\"id\":\"me2\"}" } },
    "joined" },
  { "left without having joined", { { "video-conference-left", "{}" } }, "" },
  { "people of a room go with it",
    { { "video-conference-joined", "{\"id\":\"me\"}" },
      { "participant-joined", "{\"id\":\"a\"}" },
      { "video-conference-left", "{}" },
      { "participant-left", "{\"id\":\"a\"}" } },
    "joined +Guest left" },
  { "ids of the wrong type",
    { { "participant-joined", "{\"id\":7}" },
      { "participant-joined", "{\"id\":null}" },
      { "participant-joined", "{\"id\":{}}" },
      { "participant-joined", "{}" },
      { "participant-left", "{\"id\":[]}" },
      { "display-name-change", "{\"id\":true}" } },
    "" },
  { "names of the wrong type",
    { { "participant-joined", "{\"id\":\"a\",\"displayName\":{\"x\":1}}" },
      { "participant-joined", "{\"id\":\"b\",\"displayName\":\"  \"}" },
      { "participant-joined", "{\"id\":\"c\",\"displayName\":\"a\\nb\"}" } },
    "+Guest +Guest +a b" },
  { "muted", { { "audio-mute-status-changed", "{\"muted\":true}" } }, "muted" },
  { "devices",
    { { "camera-error", "{\"type\":\"gum.permission_denied\"}" },
      { "mic-error", "{\"type\":\"gum.not_found\"}" },
      { "mic-error", "{\"type\":17}" } },
    "muted device muted device muted device" },
  { "errors",
    { { "error-occurred", "{\"error\":{\"name\":\"connection.droppedError\",\"isFatal\":false}}" },
      { "error-occurred", "{\"error\":\"text\"}" },
      { "error-occurred", "{\"isFatal\":\"true\"}" },
      { "error-occurred", "{\"name\":\"conference.max_users\",\"isFatal\":true}" } },
    "failed:10" },
  { "ended by a moderator",
    { { "error-occurred", "{\"error\":{\"name\":\"conference.destroyed\",\"isFatal\":true}}" } },
    "ended" },
  { "of no interest", { { "no-such-event", "{}" }, { "", "{}" }, { "__proto__", "{}" } }, "" },
};

static void
test_events (Fixture *fixture, gconstpointer data)
{
  const Case *c = data;

  for (gsize i = 0; i < G_N_ELEMENTS (c->events) && c->events[i].name != NULL; i++)
    take (fixture, c->events[i].name, c->events[i].json);

  g_assert_cmpstr (fixture->log->str, ==, c->log);
}

static void
test_state (Fixture *fixture, gconstpointer data)
{
  g_assert_false (rounds_call_conference_is_joined (fixture->conference));
  take (fixture, "video-conference-joined", "{\"id\":\"me\"}");
  g_assert_true (rounds_call_conference_is_joined (fixture->conference));

  take (fixture, "audio-mute-status-changed", "{\"muted\":true}");
  g_assert_true (rounds_call_conference_is_audio_muted (fixture->conference));
  g_assert_false (rounds_call_conference_is_video_muted (fixture->conference));
  take (fixture, "video-mute-status-changed", "{\"muted\":true}");
  g_assert_true (rounds_call_conference_is_video_muted (fixture->conference));

  take (fixture, "video-conference-left", "{}");
  g_assert_false (rounds_call_conference_is_joined (fixture->conference));
}

static void
test_rename (Fixture *fixture, gconstpointer data)
{
  GListModel *people = rounds_call_conference_get_participants (fixture->conference);
  g_autoptr (RoundsCallParticipant) person = NULL;

  take (fixture, "participant-joined", "{\"id\":\"a\"}");
  take (fixture, "display-name-change", "{\"id\":\"a\",\"displayname\":\"Zoë\"}");
  g_assert_cmpuint (g_list_model_get_n_items (people), ==, 1);
  person = g_list_model_get_item (people, 0);
  g_assert_cmpstr (rounds_call_participant_get_name (person), ==, "Zoë");
}

/* A page gone wild fills neither memory nor list. */
static void
test_crowd (Fixture *fixture, gconstpointer data)
{
  GListModel *people = rounds_call_conference_get_participants (fixture->conference);
  g_autofree char *long_name = g_strnfill (100000, 'x');
  g_autoptr (RoundsCallParticipant) person = NULL;

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *json
          = g_strdup_printf ("{\"id\":\"%u\",\"displayName\":\"%s\"}", i, i == 0 ? long_name : "x");

      take (fixture, "participant-joined", json);
    }
  g_assert_cmpuint (g_list_model_get_n_items (people), ==, 500);
  person = g_list_model_get_item (people, 0);
  g_assert_cmpuint (strlen (rounds_call_participant_get_name (person)), ==, 120);
}

int
main (int argc, char *argv[])
{
  rounds_init ("test-call-conference");
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup (cases[i].what);
      g_autofree char *path = NULL;

      g_strdelimit (name, " ", '-');
      path = g_strconcat ("/Rounds/Call/Conference/events/", name, NULL);
      g_test_add (path, Fixture, &cases[i], set_up, test_events, tear_down);
    }
  g_test_add ("/Rounds/Call/Conference/state", Fixture, NULL, set_up, test_state, tear_down);
  g_test_add ("/Rounds/Call/Conference/rename", Fixture, NULL, set_up, test_rename, tear_down);
  g_test_add ("/Rounds/Call/Conference/crowd", Fixture, NULL, set_up, test_crowd, tear_down);

  return g_test_run ();
}
