/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Messages of the Jitsi page's API: postis envelopes opened and written.
 * What an event means for a call is decided in call.
 */

#include "config.h"

#include "rounds-jitsi-message.h"

#include "rounds-json.h"

#include <string.h>

#define SCOPE "jitsi_meet_external_api_0"
#define METHOD_READY "__ready__"
#define METHOD_MESSAGE "message"
/* Security: whatever the page is, it cannot make us parse more than this at once. */
#define MAX_MESSAGE (1024 * 1024)
#define MAX_NAME 100
#define MAX_READY_ID 200

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (
      error, g_error_new_valist (ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_MESSAGE, format, args));
  va_end (args);
  return FALSE;
}

/* Turns the first problem found into an error; FALSE when there was one. */
static gboolean
check_problems (const RoundsProblems *problems, GError **error)
{
  const RoundsProblem *first = NULL;

  if (rounds_problems_get_length (problems) == 0)
    return TRUE;
  first = rounds_problems_get (problems, 0);
  return refuse (error, "The page's message has a wrong %s: %s", first->field, first->message);
}

static void
check_length (const char *text, gsize maximum, const char *field, RoundsProblems *problems)
{
  if (text != NULL && (text[0] == '\0' || strlen (text) > maximum))
    rounds_problems_add (problems, field, "has to be 1 to %zu bytes long", maximum);
}

static void
read_event (RoundsJitsiMessage *self, JsonObject *params, RoundsProblems *problems)
{
  RoundsJsonReader reader = { params, "params.", problems };
  JsonObject *data = NULL;
  const char *name = NULL;

  if (!rounds_json_read_object (&reader, "data", TRUE, &data))
    return;
  reader = (RoundsJsonReader){ data, "params.data.", problems };
  rounds_json_read_string (&reader, "name", TRUE, &name);
  check_length (name, MAX_NAME, "params.data.name", problems);
  self->type = ROUNDS_JITSI_MESSAGE_EVENT;
  self->name = g_strdup (name);
  self->data = json_object_ref (data);
}

static void
read_response (RoundsJitsiMessage *self, JsonObject *params, RoundsProblems *problems)
{
  RoundsJsonReader reader = { params, "params.", problems };
  JsonNode *result = json_object_get_member (params, "result");

  rounds_json_read_int (&reader, "id", TRUE, 0, G_MAXINT64, &self->id);
  self->type = ROUNDS_JITSI_MESSAGE_RESPONSE;
  if (result != NULL)
    self->result = json_node_copy (result);
}

static void
read_message (RoundsJitsiMessage *self, JsonObject *envelope, RoundsProblems *problems)
{
  RoundsJsonReader reader = { envelope, "", problems };
  JsonObject *params = NULL;
  const char *type = NULL;

  if (!rounds_json_read_object (&reader, "params", TRUE, &params))
    return;
  reader = (RoundsJsonReader){ params, "params.", problems };
  if (!rounds_json_read_string (&reader, "type", TRUE, &type))
    return;
  if (g_str_equal (type, "event"))
    read_event (self, params, problems);
  else if (g_str_equal (type, "response"))
    read_response (self, params, problems);
}

static void
read_envelope (RoundsJitsiMessage *self, JsonObject *envelope, RoundsProblems *problems)
{
  RoundsJsonReader reader = { envelope, "", problems };
  gboolean postis = FALSE;
  const char *scope = NULL;
  const char *method = NULL;
  const char *ready_id = NULL;

  /* Pages post other things to each other as well; those are none of ours, and no mistake. */
  if (!rounds_json_read_boolean (&reader, "postis", FALSE, &postis) || !postis)
    return;
  if (!rounds_json_read_string (&reader, "scope", TRUE, &scope)
      || !rounds_json_read_string (&reader, "method", TRUE, &method) || !g_str_equal (scope, SCOPE))
    return;
  if (g_str_equal (method, METHOD_MESSAGE))
    read_message (self, envelope, problems);
  else if (g_str_equal (method, METHOD_READY)
           && rounds_json_read_string (&reader, "params", TRUE, &ready_id))
    {
      check_length (ready_id, MAX_READY_ID, "params", problems);
      self->type = ROUNDS_JITSI_MESSAGE_READY;
      self->ready_id = g_strdup (ready_id);
    }
}

RoundsJitsiMessage *
rounds_jitsi_message_parse (const char *text, GError **error)
{
  g_autoptr (RoundsJitsiMessage) self = NULL;
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (JsonObject) envelope = NULL;
  g_autoptr (GError) local = NULL;
  gsize length = 0;

  g_return_val_if_fail (text != NULL, NULL);

  length = strnlen (text, MAX_MESSAGE + 1);
  if (length > MAX_MESSAGE)
    {
      refuse (error, "The page's message is larger than %d bytes", MAX_MESSAGE);
      return NULL;
    }
  envelope = rounds_json_parse_object (text, (gssize)length, &local);
  if (envelope == NULL)
    {
      refuse (error, "The page's message is no JSON object: %s", local->message);
      return NULL;
    }
  self = g_new0 (RoundsJitsiMessage, 1);
  self->type = ROUNDS_JITSI_MESSAGE_OTHER;
  read_envelope (self, envelope, problems);
  if (!check_problems (problems, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
rounds_jitsi_message_free (RoundsJitsiMessage *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->ready_id);
  g_free (self->name);
  g_clear_pointer (&self->data, json_object_unref);
  g_clear_pointer (&self->result, json_node_unref);
  g_free (self);
}

/* The text of an envelope; @params is taken. */
static char *
write_envelope (const char *method, JsonNode *params)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *envelope = json_object_new ();

  json_object_set_boolean_member (envelope, "postis", TRUE);
  json_object_set_string_member (envelope, "scope", SCOPE);
  json_object_set_string_member (envelope, "method", method);
  json_object_set_member (envelope, "params", params);
  json_node_take_object (node, envelope);
  return rounds_json_to_text (node);
}

static char *
write_message (JsonObject *message)
{
  JsonNode *params = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (params, message);
  return write_envelope (METHOD_MESSAGE, params);
}

char *
rounds_jitsi_message_ready (const char *ready_id)
{
  g_return_val_if_fail (ready_id != NULL, NULL);

  return write_envelope (METHOD_READY, json_node_init_string (json_node_alloc (), ready_id));
}

char *
rounds_jitsi_message_command (const char *name, JsonArray *arguments)
{
  JsonObject *message = NULL;
  JsonObject *data = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  message = json_object_new ();
  data = json_object_new ();
  json_object_set_string_member (data, "name", name);
  /* The page spreads it into the command's arguments: it has to be an array. */
  json_object_set_array_member (data, "data", arguments != NULL ? arguments : json_array_new ());
  json_object_set_string_member (message, "type", "event");
  json_object_set_object_member (message, "data", data);
  return write_message (message);
}

char *
rounds_jitsi_message_request (JsonObject *data, gint64 id)
{
  JsonObject *message = NULL;

  g_return_val_if_fail (data != NULL && id >= 0, NULL);

  message = json_object_new ();
  json_object_set_string_member (message, "type", "request");
  json_object_set_int_member (message, "id", id);
  json_object_set_object_member (message, "data", data);
  return write_message (message);
}
